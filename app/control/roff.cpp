#include "app/control/roff.h"

#include <algorithm>

namespace gatehouse::control::roff {

namespace {

std::string upper(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return text;
}

} // namespace

std::string escaped(const std::string& text)
{
    std::string result;
    bool lineStart = true;
    for (const char c : text) {
        if (lineStart && (c == '.' || c == '\''))
            result += "\\&";
        if (c == '\\')
            result += "\\e";
        else if (c == '-')
            result += "\\-";
        else
            result += c;
        lineStart = c == '\n';
    }
    return result;
}

std::string bold(const std::string& text)
{
    return "\\fB" + escaped(text) + "\\fR";
}

std::string italic(const std::string& text)
{
    return "\\fI" + escaped(text) + "\\fR";
}

std::string head(const Page& page)
{
    return ".TH " + upper(escaped(page.name)) + " 1 \"" + page.date + "\" \"gatehouse " + page.version +
           "\" \"User Commands\"\n.SH NAME\n" + escaped(page.name) + " \\- " + escaped(page.summary) + '\n';
}

std::string section(const std::string& title)
{
    return ".SH " + title + '\n';
}

std::string tagged(const std::string& tag, const std::string& text)
{
    return ".TP\n" + tag + '\n' + escaped(text) + '\n';
}

} // namespace gatehouse::control::roff

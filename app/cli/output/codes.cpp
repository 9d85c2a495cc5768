#include "app/cli/output/codes.h"

#include "app/cli/output/table.h"

#include <algorithm>

namespace gatehouse::cli {
namespace {

using control::CodeInfo;
using control::ExampleKind;
using model::Severity;

Tint tintOf(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return Tint::Red;
    case Severity::Warning:
        return Tint::Yellow;
    case Severity::Info:
        return Tint::Dim;
    }
    return Tint::None;
}

const char* kindText(ExampleKind kind)
{
    switch (kind) {
    case ExampleKind::Manifests:
        return "manifests";
    case ExampleKind::Settings:
        return "settings";
    case ExampleKind::Words:
        return "words";
    }
    return "words";
}

/// Each line two spaces in, as a block of its own.
std::string indented(const std::string& text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        out += "  " + text.substr(at, end - at) + '\n';
        at = end + 1;
    }
    return out;
}

/// Sentences in lines of at most 100 characters.
std::string wrapped(const std::string& text)
{
    constexpr std::size_t width = 100;
    std::string out;
    std::size_t column = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::size_t length = end - at;
        if (column > 0)
            out += column + 1 + length > width ? '\n' : ' ';
        column = column > 0 && column + 1 + length <= width ? column + 1 + length : length;
        out += text.substr(at, length);
        at = end + 1;
    }
    return out + '\n';
}

} // namespace

void printCodes(std::ostream& out, const Style& style)
{
    Table table({"CODE", "SEVERITY", "WHAT"});
    for (const CodeInfo& info : control::allCodes())
        table.add({info.code, {std::string(toString(info.severity)), tintOf(info.severity)}, info.title});
    table.print(out, style.colour);
}

std::string explainCode(const CodeInfo& info, const Style& style)
{
    const std::string head = info.code + ' ' + std::string(toString(info.severity)) + ": " + info.title;
    std::string text = style.bold(head) + "\n\n" + wrapped(info.meaning);
    const std::string of = info.kind == ExampleKind::Settings ? " (gatehouse.yaml)" : "";
    text += '\n' + style.bold("Wrong" + of) + "\n" + indented(info.wrong);
    text += '\n' + style.bold("Right" + of) + "\n" + indented(info.right);
    return text + '\n' + style.bold("To silence it") + '\n' + wrapped(control::suppressionHelp(info));
}

model::Value codeToValue(const CodeInfo& info)
{
    model::Value row = model::Value::object();
    row.set("code", info.code);
    row.set("severity", toString(info.severity));
    row.set("title", info.title);
    row.set("meaning", info.meaning);
    row.set("suppressible", !control::isFixed(info));
    row.set("example", kindText(info.kind));
    row.set("wrong", info.wrong);
    row.set("right", info.right);
    return row;
}

} // namespace gatehouse::cli

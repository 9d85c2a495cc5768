#include "importers/kube_api/api_message.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace gatehouse::importers {
namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Percent escapes resolved (RFC 3986 section 2.1); in a query "+" is a space, as forms write it.
bool decode(std::string_view text, bool query, std::string& decoded)
{
    decoded.clear();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += query && text[i] == '+' ? ' ' : text[i];
            continue;
        }
        const int high = i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hexDigit(text[i + 2]) : -1;
        if (high < 0 || low < 0)
            return false;
        decoded += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return true;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

std::string lowered(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

/// Calls visit(part) for each part of a list with separators, quoted strings respected.
template <class Visit>
void eachPart(std::string_view text, char separator, Visit visit)
{
    std::size_t begin = 0;
    bool inQuotes = false;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && text[i] == '"')
            inQuotes = !inQuotes;
        if (i < text.size() && (text[i] != separator || inQuotes))
            continue;
        if (const std::string_view part = trimmed(text.substr(begin, i - begin)); !part.empty())
            visit(part);
        begin = i + 1;
    }
}

std::string_view unquoted(std::string_view text)
{
    return text.size() >= 2 && text.front() == '"' && text.back() == '"' ? text.substr(1, text.size() - 2) : text;
}

bool splitQuery(std::string_view query, ApiRequest& request)
{
    std::string name, value;
    bool good = true;
    eachPart(query, '&', [&](std::string_view pair) {
        const std::size_t equals = pair.find('=');
        good = good && decode(pair.substr(0, equals), true, name) &&
               decode(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1), true, value);
        if (good)
            request.query.emplace_back(name, value);
    });
    return good;
}

} // namespace

const std::string& ApiRequest::parameter(std::string_view name) const noexcept
{
    static const std::string none;
    for (const auto& [key, value] : query)
        if (key == name)
            return value;
    return none;
}

bool ApiRequest::hasParameter(std::string_view name) const noexcept
{
    return std::any_of(query.begin(), query.end(), [&](const auto& pair) { return pair.first == name; });
}

bool splitTarget(std::string_view target, ApiRequest& request)
{
    request.path.clear();
    request.query.clear();
    const std::size_t mark = target.find('?');
    std::string_view path = target.substr(0, mark);
    if (!path.starts_with('/'))
        return false;
    std::string segment;
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::size_t slash = path.find('/');
        const std::string_view raw = path.substr(0, slash);
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash);
        if (!decode(raw, false, segment) || segment == "." || segment == ".." ||
            segment.find_first_of(std::string_view("/\0", 2)) != std::string::npos)
            return false;
        if (!segment.empty())
            request.path.push_back(segment);
    }
    return mark == std::string_view::npos || splitQuery(target.substr(mark + 1), request);
}

std::vector<MediaType> acceptedTypes(std::string_view accept)
{
    struct Weighted {
        MediaType type;
        double quality = 1;
    };
    std::vector<Weighted> all;
    eachPart(accept, ',', [&](std::string_view range) {
        Weighted one;
        eachPart(range, ';', [&](std::string_view part) {
            if (one.type.type.empty()) {
                one.type.type = lowered(part);
                return;
            }
            const std::size_t equals = part.find('=');
            if (equals == std::string_view::npos)
                return;
            const std::string name = lowered(trimmed(part.substr(0, equals)));
            const std::string value(unquoted(trimmed(part.substr(equals + 1))));
            if (name == "q")
                one.quality = std::strtod(value.c_str(), nullptr);
            else
                one.type.parameters[name] = value;
        });
        if (one.quality > 0 && !one.type.type.empty())
            all.push_back(std::move(one));
    });
    std::stable_sort(all.begin(), all.end(),
                     [](const Weighted& a, const Weighted& b) { return a.quality > b.quality; });
    std::vector<MediaType> types;
    for (Weighted& one : all)
        types.push_back(std::move(one.type));
    if (trimmed(accept).empty())
        types.push_back({"application/json", {}});
    return types;
}

} // namespace gatehouse::importers

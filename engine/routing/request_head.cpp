#include "engine/routing/request_head.h"

namespace gatehouse::routing {
namespace {

constexpr char lowered(char c) noexcept
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

} // namespace

bool equalsIgnoreCase(std::string_view a, std::string_view b) noexcept
{
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lowered(a[i]) != lowered(b[i]))
            return false;
    return true;
}

const HeaderField* HeaderFields::find(std::string_view name) const noexcept
{
    for (const HeaderField& field : fields_)
        if (equalsIgnoreCase(field.name, name))
            return &field;
    return nullptr;
}

std::size_t HeaderFields::count(std::string_view name) const noexcept
{
    return static_cast<std::size_t>(std::count_if(
        fields_.begin(), fields_.end(), [&](const HeaderField& field) { return equalsIgnoreCase(field.name, name); }));
}

void HeaderFields::set(std::string_view name, std::string_view value)
{
    const auto named = [&](const HeaderField& field) { return equalsIgnoreCase(field.name, name); };
    const auto first = std::find_if(fields_.begin(), fields_.end(), named);
    if (first == fields_.end()) {
        fields_.push_back({name, value});
        return;
    }
    *first = {name, value};
    fields_.erase(std::remove_if(first + 1, fields_.end(), named), fields_.end());
}

void HeaderFields::remove(std::string_view name) noexcept
{
    std::erase_if(fields_, [&](const HeaderField& field) { return equalsIgnoreCase(field.name, name); });
}

std::string_view hostOf(std::string_view authority) noexcept
{
    // A colon inside brackets belongs to an IPv6 literal (RFC 3986, IP-literal).
    const std::size_t bracket = authority.starts_with('[') ? authority.find(']') : std::string_view::npos;
    const std::size_t from = bracket == std::string_view::npos ? 0 : bracket;
    std::string_view host = authority.substr(0, authority.find(':', from));
    if (host.ends_with('.'))
        host.remove_suffix(1);
    return host;
}

} // namespace gatehouse::routing

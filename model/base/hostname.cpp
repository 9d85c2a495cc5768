#include "model/base/hostname.h"

#include <algorithm>

namespace gatehouse::model {
namespace {

bool isAlnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

} // namespace

Result<Hostname, std::string> Hostname::parse(std::string_view given)
{
    if (given.empty())
        return Unexpected{std::string("a hostname must not be empty")};
    if (given.size() > 253)
        return Unexpected{std::string("a hostname has at most 253 characters")};
    std::string_view rest = given;
    if (rest.starts_with("*.") && rest.size() > 2)
        rest.remove_prefix(2);
    bool numeric = true;
    for (std::size_t begin = 0; begin <= rest.size();) {
        const std::size_t end = std::min(rest.find('.', begin), rest.size());
        const std::string_view label = rest.substr(begin, end - begin);
        if (label.empty())
            return Unexpected{std::string("a hostname has no empty labels")};
        if (label.size() > 63)
            return Unexpected{std::string("a hostname's label has at most 63 characters")};
        for (const char c : label) {
            if (!isAlnum(c) && c != '-')
                return Unexpected{std::string("a hostname has only lower-case letters, digits, '-' and '.'")};
            numeric = numeric && c >= '0' && c <= '9';
        }
        if (!isAlnum(label.front()) || !isAlnum(label.back()))
            return Unexpected{std::string("a hostname's label starts and ends with a letter or a digit")};
        begin = end + 1;
    }
    if (numeric && std::count(rest.begin(), rest.end(), '.') == 3)
        return Unexpected{std::string("a hostname must not be an IP address")};
    return Hostname(std::string(given));
}

bool Hostname::matches(std::string_view host) const noexcept
{
    if (!isWildcard())
        return host == text_;
    return host.size() > suffix().size() && host.ends_with(suffix());
}

} // namespace gatehouse::model

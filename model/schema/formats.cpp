#include "model/schema/schema.h"

#include "model/base/hostname.h"
#include "model/schema/base64.h"
#include "model/schema/duration.h"
#include "model/schema/ip_address.h"
#include "model/schema/timestamp.h"

#include <algorithm>

namespace gatehouse::model {
namespace {

constexpr bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}
constexpr bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}
constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
constexpr bool isLetter(char c)
{
    return isLower(c) || isUpper(c);
}
constexpr bool isAlnum(char c)
{
    return isLetter(c) || isDigit(c);
}
constexpr bool isLowerAlnum(char c)
{
    return isLower(c) || isDigit(c);
}
constexpr bool isHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

template <class Test>
bool all(std::string_view text, Test test)
{
    return std::all_of(text.begin(), text.end(), test);
}

/// RFC 1123 label: lower-case letters, digits and '-', not at either end.
bool isLabel(std::string_view text)
{
    return !text.empty() && isLowerAlnum(text.front()) && isLowerAlnum(text.back()) &&
           all(text, [](char c) { return isLowerAlnum(c) || c == '-'; });
}

bool isSubdomain(std::string_view text)
{
    for (;;) {
        const std::size_t dot = text.find('.');
        if (!isLabel(text.substr(0, dot)))
            return false;
        if (dot == std::string_view::npos)
            return true;
        text.remove_prefix(dot + 1);
    }
}

/// The name part of a label key, and a label's value: letters, digits, '-', '_' and '.', not these at either end.
bool isQualifiedName(std::string_view text)
{
    return !text.empty() && text.size() <= 63 && isAlnum(text.front()) && isAlnum(text.back()) &&
           all(text, [](char c) { return isAlnum(c) || c == '-' || c == '_' || c == '.'; });
}

/// "domain/path" with characters that RFC 3986 allows in a path.
bool isDomainPath(std::string_view text)
{
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos || slash + 1 == text.size() || !isSubdomain(text.substr(0, slash)))
        return false;
    return all(text.substr(slash + 1), [](char c) {
        return isAlnum(c) || std::string_view("/-._~%!$&'()*+,;=:").find(c) != std::string_view::npos;
    });
}

bool isHeaderName(std::string_view text)
{
    return !text.empty() && all(text, [](char c) {
        return isAlnum(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    });
}

/// Visible ASCII words with one space or tab between them.
bool isHeaderValue(std::string_view text)
{
    bool afterWord = false;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\t';
        if ((blank && !afterWord) || (!blank && (c < '!' || c > '~')))
            return false;
        afterWord = !blank;
    }
    return afterWord;
}

bool isPath(std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (i + 2 >= text.size() || !isHex(text[i + 1]) || !isHex(text[i + 2]))
                return false;
            i += 2;
        } else if (!isAlnum(text[i]) &&
                   std::string_view("-/._~!$&'()*+,;=:@").find(text[i]) == std::string_view::npos) {
            return false;
        }
    }
    return !text.empty();
}

bool isIdentifier(std::string_view text)
{
    return !text.empty() && !isDigit(text.front()) && all(text, [](char c) { return isAlnum(c) || c == '_'; });
}

/// A gRPC service: identifiers joined by dots, optionally with a leading dot.
bool isGrpcService(std::string_view text)
{
    if (text.starts_with('.'))
        text.remove_prefix(1);
    for (;;) {
        const std::size_t dot = text.find('.');
        if (!isIdentifier(text.substr(0, dot)))
            return false;
        if (dot == std::string_view::npos)
            return true;
        text.remove_prefix(dot + 1);
    }
}

bool isProtocol(std::string_view text)
{
    const std::size_t slash = text.find('/');
    if (slash != std::string_view::npos)
        return isSubdomain(text.substr(0, slash)) && slash + 1 < text.size() && all(text.substr(slash + 1), isAlnum);
    return !text.empty() && isAlnum(text.front()) && isAlnum(text.back()) &&
           all(text, [](char c) { return isAlnum(c) || c == '-'; });
}

bool isCorsOrigin(std::string_view text)
{
    if (text == "*")
        return true;
    if (text.starts_with("http://"))
        text.remove_prefix(7);
    else if (text.starts_with("https://"))
        text.remove_prefix(8);
    else
        return false;
    if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
        const std::string_view port = text.substr(colon + 1);
        if (port.empty() || port.size() > 5 || !all(port, isDigit))
            return false;
        text = text.substr(0, colon);
    }
    if (text == "*")
        return true;
    if (text.starts_with("*."))
        text.remove_prefix(2);
    // Every label of letters, digits and '-'; none empty.
    return !text.empty() && text.back() != '.' && text.front() != '.' && text.find("..") == std::string_view::npos &&
           all(text, [](char c) { return isAlnum(c) || c == '-' || c == '.'; });
}

/// RFC 3986: scheme ":" ...
bool isAbsoluteUri(std::string_view text)
{
    const std::size_t colon = text.find_first_of(":/?#");
    return colon != std::string_view::npos && colon > 0 && text[colon] == ':' && isLetter(text.front()) &&
           all(text.substr(0, colon), [](char c) { return isAlnum(c) || c == '+' || c == '-' || c == '.'; });
}

bool isLabelKey(std::string_view text)
{
    if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
        if (slash > 253 || !isSubdomain(text.substr(0, slash)))
            return false;
        text.remove_prefix(slash + 1);
    }
    return isQualifiedName(text);
}

bool isPortName(std::string_view text)
{
    return text.size() <= 15 && isLabel(text) && std::any_of(text.begin(), text.end(), isLower);
}

std::string sentence(bool good, const char* otherwise)
{
    return good ? std::string() : std::string(otherwise);
}

std::string checkHostname(std::string_view text, bool wildcard)
{
    const auto parsed = Hostname::parse(text);
    if (!parsed)
        return parsed.error();
    return sentence(wildcard || !parsed.value().isWildcard(), "a precise hostname has no wildcard");
}

} // namespace

std::string checkFormat(Format format, std::string_view text)
{
    switch (format) {
    case Format::None:
        return {};
    case Format::Hostname:
        return checkHostname(text, true);
    case Format::PreciseHostname:
        return checkHostname(text, false);
    case Format::SectionName:
    case Format::DnsSubdomain:
        return sentence(isSubdomain(text) && text.size() <= 253,
                        "a name here has lower-case letters, digits, '-' and '.', and starts and ends with a letter or "
                        "a digit");
    case Format::ObjectName:
        return sentence(!text.empty() && text.size() <= 253, "an object's name has 1 to 253 characters");
    case Format::NamespaceName:
    case Format::DnsLabel:
        return sentence(isLabel(text) && text.size() <= 63,
                        "a name here has at most 63 lower-case letters, digits and '-', and starts and ends with a "
                        "letter or a digit");
    case Format::KindName:
        return sentence(!text.empty() && isLetter(text.front()) && isAlnum(text.back()) &&
                            all(text, [](char c) { return isAlnum(c) || c == '-'; }),
                        "a kind starts with a letter and has only letters, digits and '-'");
    case Format::GroupName:
        return sentence(text.empty() || isSubdomain(text),
                        "an API group is a domain name in lower case without a version, or empty for core");
    case Format::HeaderName:
        return sentence(isHeaderName(text), "a header name has only letters, digits and !#$%&'*+-.^_`|~");
    case Format::HeaderValue:
        return sentence(isHeaderValue(text),
                        "a header value has only visible ASCII characters, with single spaces or tabs inside");
    case Format::Duration:
        return sentence(parseDuration(text).has_value(),
                        "a duration is one to four numbers of at most five digits with a unit h, m, s or ms each");
    case Format::ControllerName:
        return sentence(isDomainPath(text), "a controller name is a domain, '/' and a path");
    case Format::AbsoluteUri:
        return sentence(isAbsoluteUri(text), "an absolute URI starts with a scheme and ':'");
    case Format::CorsOrigin:
        return sentence(
            isCorsOrigin(text),
            "an origin is '*' or http(s)://host[:port] without a path, the host optionally starting with '*.'");
    case Format::LabelKey:
        return sentence(isLabelKey(text), "a key is an optional domain and '/', then at most 63 letters, digits, '-', "
                                          "'_' and '.', with a letter or a digit at both ends");
    case Format::LabelValue:
        return sentence(text.empty() || isQualifiedName(text),
                        "a label value has at most 63 letters, digits, '-', '_' and '.', with a letter or a digit at "
                        "both ends");
    case Format::Base64:
        return sentence(decodeBase64(text).has_value(), "the text is not valid base64");
    case Format::DateTime:
        return sentence(parseTimestamp(text).has_value(), "a time is written as RFC 3339 says");
    case Format::PortOrName:
        return sentence(isPortName(text), "a port name has at most 15 lower-case letters, digits and '-', among them a "
                                          "letter");
    case Format::PathValue:
        return sentence(isPath(text), "a path has only letters, digits, -/._~!$&'()*+,;=:@ and %HH");
    case Format::GrpcService:
        return sentence(isGrpcService(text), "a gRPC service is made of identifiers joined by dots");
    case Format::GrpcMethod:
        return sentence(isIdentifier(text), "a gRPC method has only letters, digits and '_', and starts with no digit");
    case Format::Protocol:
        return sentence(isProtocol(text), "a protocol is HTTP, HTTPS, TLS, TCP, UDP, or a domain, '/' and a name");
    case Format::AddressType:
        return sentence(text == "IPAddress" || text == "Hostname" || text == "NamedAddress" || isDomainPath(text),
                        "an address type is IPAddress, Hostname, or a domain, '/' and a path");
    case Format::IpAddress:
        return sentence(isIpAddress(text), "the text is no IPv4 or IPv6 address");
    case Format::WellKnownCA: {
        const std::size_t slash = text.find('/');
        return sentence(text == "System" || (slash != std::string_view::npos && isSubdomain(text.substr(0, slash)) &&
                                             isQualifiedName(text.substr(slash + 1))),
                        "a well-known set of CA certificates is System, or a domain, '/' and a name");
    }
    }
    return {};
}

} // namespace gatehouse::model

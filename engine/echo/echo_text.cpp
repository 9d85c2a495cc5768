#include "engine/echo/echo_text.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>
#include <utility>

namespace gatehouse::engine {

namespace {

void appendJsonString(std::string& out, std::string_view text)
{
    static constexpr char hex[] = "0123456789abcdef";
    out.push_back('"');
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out.push_back('\\');
            out.push_back(c);
        } else if (byte < 0x20 || byte == 0x7f || c == '<' || c == '>' || c == '&') {
            out.append("\\u00").push_back(hex[byte >> 4]);
            out.push_back(hex[byte & 15]);
        } else if (byte >= 0x80) {
            // Field values are bytes; read as Latin-1 they always make valid JSON.
            out.append("\\u00").push_back(hex[byte >> 4]);
            out.push_back(hex[byte & 15]);
        } else {
            out.push_back(c);
        }
    }
    out.push_back('"');
}

void appendMember(std::string& out, std::string_view name, std::string_view value)
{
    out.append(",\n ");
    appendJsonString(out, name);
    out.append(": ");
    appendJsonString(out, value);
}

bool tokenCharacter(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

std::string decoded(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned value = 0;
        if (text[i] == '%' && i + 2 < text.size() &&
            std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ptr == text.data() + i + 3) {
            out.push_back(static_cast<char>(value));
            i += 2;
        } else {
            out.push_back(text[i] == '+' ? ' ' : text[i]);
        }
    }
    return out;
}

} // namespace

std::string canonicalName(std::string_view name)
{
    std::string out(name);
    bool start = true;
    for (char& c : out) {
        c = static_cast<char>(start ? std::toupper(static_cast<unsigned char>(c))
                                    : std::tolower(static_cast<unsigned char>(c)));
        start = c == '-';
    }
    return out;
}

namespace {

std::string requestTarget(const routing::RequestHead& head)
{
    std::string target(head.path);
    if (head.hasQuery)
        target.append("?").append(head.query);
    return target;
}

} // namespace

std::string echoLogLine(const routing::RequestHead& head, std::string_view client)
{
    return std::string("Echoing back request made to ")
        .append(requestTarget(head))
        .append(" to client (")
        .append(client)
        .append(")");
}

std::string echoJson(const EchoIdentity& identity, const routing::RequestHead& head, std::string_view protocol,
                     const EchoTls* tls)
{
    std::map<std::string, std::vector<std::string_view>> fields;
    for (const routing::HeaderField& field : head.headers) {
        if (!routing::equalsIgnoreCase(field.name, "host"))
            fields[canonicalName(field.name)].push_back(field.value);
    }
    std::string out = "{\n \"path\": ";
    appendJsonString(out, requestTarget(head));
    appendMember(out, "host", head.authority);
    appendMember(out, "method", head.method);
    appendMember(out, "proto", protocol);
    out.append(",\n \"headers\": {");
    const char* separator = "\n";
    for (const auto& [name, values] : fields) {
        out.append(std::exchange(separator, ",\n")).append("  ");
        appendJsonString(out, name);
        out.append(": [");
        const char* comma = "\n   ";
        for (const std::string_view value : values) {
            out.append(std::exchange(comma, ",\n   "));
            appendJsonString(out, value);
        }
        out.append("\n  ]");
    }
    out.append(fields.empty() ? "}" : "\n }");
    appendMember(out, "httpPort", std::to_string(identity.port));
    appendMember(out, "namespace", identity.namespace_);
    appendMember(out, "ingress", identity.ingress);
    appendMember(out, "service", identity.service);
    appendMember(out, "pod", identity.pod);
    if (tls) {
        const std::pair<std::string_view, std::string_view> members[] = {
            {"version", tls->version},
            {"serverName", tls->serverName},
            {"negotiatedProtocol", tls->negotiatedProtocol},
            {"cipherSuite", tls->cipherSuite}};
        out.append(",\n \"tls\": {");
        const char* comma = "\n  ";
        if (!tls->peerCertificates.empty()) {
            out.append(std::exchange(comma, ",\n  ")).append("\"peerCertificates\": [");
            const char* next = "\n   ";
            for (const std::string& pem : tls->peerCertificates) {
                out.append(std::exchange(next, ",\n   "));
                appendJsonString(out, pem);
            }
            out.append("\n  ]");
        }
        for (const auto& [name, value] : members) {
            out.append(std::exchange(comma, ",\n  "));
            appendJsonString(out, name);
            out.append(": ");
            appendJsonString(out, value);
        }
        out.append("\n }");
    }
    out.append("\n}\n");
    return out;
}

std::vector<std::pair<std::string, std::string>> requestedHeaders(const routing::HeaderFields& headers)
{
    std::vector<std::pair<std::string, std::string>> wanted;
    for (const routing::HeaderField& field : headers) {
        if (!routing::equalsIgnoreCase(field.name, "x-echo-set-header"))
            continue;
        std::string_view rest = field.value;
        while (!rest.empty()) {
            const auto comma = std::min(rest.find(','), rest.size());
            const std::string_view pair = rest.substr(0, comma);
            rest.remove_prefix(std::min(comma + 1, rest.size()));
            const auto colon = std::min(pair.find(':'), pair.size());
            const std::string_view name = trimmed(pair.substr(0, colon));
            const std::string_view value = trimmed(pair.substr(std::min(colon + 1, pair.size())));
            if (name.empty() || !std::all_of(name.begin(), name.end(), tokenCharacter))
                continue;
            const auto known = std::find_if(wanted.begin(), wanted.end(), [&, name = name](const auto& each) {
                return routing::equalsIgnoreCase(each.first, name);
            });
            if (known == wanted.end())
                wanted.emplace_back(name, value);
            else
                known->second.append(",").append(value);
        }
    }
    return wanted;
}

std::optional<std::chrono::nanoseconds> parseGoDuration(std::string_view text)
{
    static constexpr std::pair<std::string_view, double> units[] = {{"ns", 1},  {"us", 1e3}, {"ms", 1e6},
                                                                    {"s", 1e9}, {"m", 60e9}, {"h", 3600e9}};
    double total = 0;
    if (text == "0")
        return std::chrono::nanoseconds(0);
    if (text.empty())
        return std::nullopt;
    while (!text.empty()) {
        double number = 0;
        const auto [end, error] =
            std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
        if (error != std::errc{} || number < 0)
            return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        const auto length = std::min(text.find_first_of("0123456789."), text.size());
        const auto unit = std::find_if(std::begin(units), std::end(units),
                                       [&](const auto& each) { return each.first == text.substr(0, length); });
        if (unit == std::end(units))
            return std::nullopt;
        total += number * unit->second;
        text.remove_prefix(length);
    }
    // A day is more than any test waits; beyond it the number would not fit.
    if (total > 86'400e9)
        return std::nullopt;
    return std::chrono::nanoseconds(static_cast<std::int64_t>(total));
}

std::optional<std::string> queryParameter(std::string_view query, std::string_view name)
{
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        const auto equals = std::min(pair.find('='), pair.size());
        if (decoded(pair.substr(0, equals)) == name)
            return decoded(pair.substr(std::min(equals + 1, pair.size())));
    }
    return std::nullopt;
}

} // namespace gatehouse::engine

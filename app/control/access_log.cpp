#include "app/control/access_log.h"

#include "importers/writers.h"
#include "model/base/printable.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <string_view>

namespace gatehouse::control {

namespace {

template <class Number>
void appendNumber(std::string& out, Number number)
{
    std::array<char, 24> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    out.append(buffer.data(), end);
}

void appendPadded(std::string& out, unsigned number, unsigned digits)
{
    std::array<char, 8> buffer;
    for (unsigned i = digits; i-- > 0; number /= 10)
        buffer[i] = static_cast<char>('0' + number % 10);
    out.append(buffer.data(), digits);
}

/// 2026-01-02T03:04:05.678Z; written by hand because this runs once a request.
void appendTime(std::string& out, std::chrono::system_clock::time_point time)
{
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date{day};
    const hh_mm_ss clock{floor<milliseconds>(time - day)};
    appendPadded(out, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    out += '-';
    appendPadded(out, static_cast<unsigned>(date.month()), 2);
    out += '-';
    appendPadded(out, static_cast<unsigned>(date.day()), 2);
    out += 'T';
    appendPadded(out, static_cast<unsigned>(clock.hours().count()), 2);
    out += ':';
    appendPadded(out, static_cast<unsigned>(clock.minutes().count()), 2);
    out += ':';
    appendPadded(out, static_cast<unsigned>(clock.seconds().count()), 2);
    out += '.';
    appendPadded(out, static_cast<unsigned>(clock.subseconds().count()), 3);
    out += 'Z';
}

/// Milliseconds with three digits behind the point: on loopback whole ones are all zero.
void appendMillis(std::string& out, std::uint64_t micros)
{
    appendNumber(out, micros / 1000);
    out += '.';
    appendPadded(out, static_cast<unsigned>(micros % 1000), 3);
}

constexpr char hex[] = "0123456789abcdef";

/// Length of the valid UTF-8 sequence that `text` starts with; 0 when there is none.
std::size_t utf8Length(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80)
        return 1;
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < length)
        return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xc0) != 0x80)
            return 0;
    // Overlong forms, surrogates, and code points above U+10FFFF (RFC 3629).
    const unsigned char second = byte(1);
    const bool bad = (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
                     (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f);
    return bad ? 0 : length;
}

/// Text of a client inside quotes: quotes, backslashes and everything but printable ASCII and UTF-8 become \xNN.
void appendQuoted(std::string& out, std::string_view text)
{
    out += '"';
    if (text.empty())
        out += '-';
    while (!text.empty()) {
        const std::size_t length = utf8Length(text);
        const char first = text.front();
        const bool plain = length > 0 && model::controlLength(text) == 0 && first != '"' && first != '\\';
        const std::size_t taken = plain ? length : 1; // the rest of what is no character is none, either
        if (plain)
            out += text.substr(0, taken);
        else
            model::appendEscaped(out, first);
        text.remove_prefix(taken);
    }
    out += '"';
}

void appendJsonString(std::string& out, std::string_view text)
{
    out += '"';
    while (!text.empty()) {
        const std::size_t length = utf8Length(text);
        if (length == 0) {
            out += "\xef\xbf\xbd";
            text.remove_prefix(1);
            continue;
        }
        const char c = text.front();
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (byte < 0x20 || byte == 0x7f)
            (out += "\\u00").append({hex[byte >> 4], hex[byte & 15]});
        else
            out.append(text.substr(0, length));
        text.remove_prefix(length);
    }
    out += '"';
}

void appendPlain(std::string& out, std::string_view text)
{
    out += text.empty() ? std::string_view("-") : text;
}

void appendMember(std::string& out, std::string_view name, std::string_view value)
{
    ((out += ",\"") += name) += "\":";
    if (value.empty())
        out += "null";
    else
        appendJsonString(out, value);
}

template <class Number>
void appendMemberNumber(std::string& out, std::string_view name, Number value)
{
    ((out += ",\"") += name) += "\":";
    appendNumber(out, value);
}

} // namespace

void appendText(std::string& out, const model::AccessEvent& event)
{
    out += '[';
    appendTime(out, event.start);
    out += "] ";
    if (event.isSession())
        appendQuoted(out, event.protocol);
    else
        appendQuoted(out, event.method + ' ' + event.path + ' ' + event.protocol);
    out += ' ';
    if (event.isSession())
        out += '-';
    else
        appendNumber(out, event.status);
    out += ' ';
    appendPlain(out, event.flags);
    out += ' ';
    appendNumber(out, event.bytesReceived);
    out += ' ';
    appendNumber(out, event.bytesSent);
    out += ' ';
    appendMillis(out, event.durationMicros);
    out += ' ';
    // A session's only name is the one that its TLS asked for.
    appendQuoted(out, event.isSession() ? event.serverName : event.authority);
    out += ' ';
    appendPlain(out, event.gateway);
    out += '/';
    appendPlain(out, event.listener);
    out += ' ';
    appendPlain(out, event.route);
    if (!event.route.empty() && event.rule >= 0) {
        out += '#';
        appendNumber(out, event.rule);
    }
    out += ' ';
    appendPlain(out, event.backend);
    out += ' ';
    appendPlain(out, event.upstreamAddress);
    out += ' ';
    appendQuoted(out, event.traceId);
    if (event.grpcStatus >= 0) {
        out += " grpc-status=";
        appendNumber(out, event.grpcStatus);
    }
    out += '\n';
}

void appendJson(std::string& out, const model::AccessEvent& event)
{
    out += "{\"time\":\"";
    appendTime(out, event.start);
    out += '"';
    appendMember(out, "method", event.method);
    appendMember(out, "authority", event.authority);
    appendMember(out, "path", event.path);
    appendMember(out, "protocol", event.protocol);
    if (event.isSession())
        out += ",\"status\":null";
    else
        appendMemberNumber(out, "status", event.status);
    if (event.grpcStatus < 0)
        out += ",\"grpc_status\":null";
    else
        appendMemberNumber(out, "grpc_status", event.grpcStatus);
    appendMember(out, "flags", event.flags == "-" ? std::string_view() : event.flags);
    appendMemberNumber(out, "bytes_received", event.bytesReceived);
    appendMemberNumber(out, "bytes_sent", event.bytesSent);
    out += ",\"duration_ms\":";
    appendMillis(out, event.durationMicros);
    appendMember(out, "gateway", event.gateway);
    appendMember(out, "listener", event.listener);
    appendMember(out, "route", event.route);
    if (event.route.empty() || event.rule < 0)
        out += ",\"rule\":null";
    else
        appendMemberNumber(out, "rule", event.rule);
    appendMember(out, "backend", event.backend);
    appendMember(out, "upstream_address", event.upstreamAddress);
    appendMember(out, "client_address", event.clientAddress);
    appendMember(out, "tls_version", event.tlsVersion);
    appendMember(out, "server_name", event.serverName);
    appendMember(out, "trace_id", event.traceId);
    if (event.explanation)
        (out += ",\"explanation\":") += importers::toJson(*event.explanation, 0);
    out += "}\n";
}

} // namespace gatehouse::control

#include "engine/echo/line_echo.h"

#include "engine/echo/echo_json.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace gatehouse::engine {

namespace {

using Member = std::pair<std::string_view, std::string_view>;

void appendMembers(std::string& out, std::initializer_list<Member> members)
{
    for (const auto& [name, value] : members) {
        if (out.back() != '{')
            out.push_back(',');
        appendJsonText(out, name);
        out.push_back(':');
        appendJsonText(out, value);
    }
}

std::string testAnswer(const routing::EchoIdentity& identity, const std::optional<LineEchoTls>& tls)
{
    const std::string port = std::to_string(identity.port);
    std::string out = "{";
    appendMembers(out, {{"namespace", identity.namespace_},
                        {"ingress", identity.ingress},
                        {"service", identity.service},
                        {"pod", identity.pod},
                        {"tcpport", tls ? std::string_view() : port}});
    if (tls)
        appendMembers(out, {{"tlsport", port}});
    out.append(",\"isTLS\":").append(tls ? "true" : "false");
    if (tls) {
        out.append(",\"tls\":{");
        appendMembers(out, {{"version", tls->version}, {"serverName", tls->serverName}});
        if (!tls->negotiatedProtocol.empty())
            appendMembers(out, {{"negotiatedProtocol", tls->negotiatedProtocol}});
        if (!tls->curves.empty())
            appendMembers(out, {{"curves", tls->curves}});
        appendMembers(out, {{"cipherSuite", tls->cipherSuite}});
        out.push_back('}');
    }
    return out.append("}\n");
}

} // namespace

LineEcho::LineEcho(const routing::EchoIdentity& identity, std::optional<LineEchoTls> tls)
    : test_(testAnswer(identity, tls)), isTls_(tls.has_value())
{
}

bool LineEcho::receive(std::string_view bytes, std::string& out)
{
    for (;;) {
        const std::size_t end = bytes.find('\n');
        const std::string_view piece = bytes.substr(0, end);
        if (line_.size() + piece.size() > lineBytes)
            return false;
        if (end == std::string_view::npos) {
            line_.append(piece);
            return true;
        }
        if (line_.empty()) {
            answer(piece, out);
        } else {
            line_.append(piece);
            answer(line_, out);
            line_.clear();
        }
        bytes.remove_prefix(end + 1);
    }
}

void LineEcho::end(std::string& out)
{
    answer(line_, out);
    line_.clear();
}

void LineEcho::answer(std::string_view line, std::string& out)
{
    if (!line.empty() && line.back() == '\r')
        line.remove_suffix(1);
    if (line == "TEST")
        out.append(test_);
    else if (line == "IS_TLS")
        out.append(isTls_ ? "true\n" : "false\n");
    else if (line == "PING")
        out.append("PONG\n");
    else
        return;
    if (heard_)
        heard_(line);
}

} // namespace gatehouse::engine

#include "engine/echo/udp_echo.h"

#include "engine/echo/dns_echo.h"
#include "engine/echo/echo_json.h"

#include <algorithm>

namespace gatehouse::engine {

namespace {

void appendMember(std::string& out, std::string_view name, std::string_view value)
{
    out.append(",\"").append(name).append("\":");
    appendJsonText(out, value);
}

} // namespace

UdpEcho::UdpEcho(routing::EchoIdentity identity, std::shared_ptr<PodLog> log) : log_(std::move(log))
{
    appendMember(tail_, "namespace", identity.namespace_);
    appendMember(tail_, "ingress", identity.ingress);
    appendMember(tail_, "service", identity.service);
    appendMember(tail_, "pod", identity.pod);
    tail_.push_back('}');
}

bool UdpEcho::answer(std::string_view datagram, const UdpAddress& from, std::string& reply)
{
    if (log_)
        log_->add("Received UDP " + printable(datagram) + " from " + from.text());
    static constexpr std::string_view head = "{\"request\":";
    const std::size_t room = mostDatagramBytes - head.size() - tail_.size();
    std::string text;
    appendJsonText(text, datagram);
    // Escapes make it longer: six characters for a byte at most.
    for (std::size_t shown = datagram.size(); text.size() > room;) {
        shown -= std::max<std::size_t>((text.size() - room) / 6, 1);
        text.clear();
        appendJsonText(text, datagram.substr(0, shown));
    }
    reply.append(head).append(text).append(tail_);
    return true;
}

bool DnsEcho::answer(std::string_view datagram, const UdpAddress& from, std::string& reply)
{
    std::optional<DnsAnswer> answer = answerDns(identity_, datagram, mostDnsOverUdp);
    if (!answer)
        return false;
    if (log_)
        log_->add(dnsLogLine(*answer, from.text()));
    reply = std::move(answer->message);
    return true;
}

} // namespace gatehouse::engine

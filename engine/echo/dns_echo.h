#pragma once

#include "engine/echo/echo_dialogue.h"
#include "engine/routing/snapshot.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::engine {

/// What the DNS echo made of a message.
struct DnsAnswer {
    std::string message; ///< as it goes out over UDP; over TCP its length stands before it
    std::string name;    ///< the name asked for, with a final dot; "" when the query could not be read
    std::uint16_t type = 0;
};

/// The built-in stand-in for a DNS server (conformance suite: coredns): every name exists. A is answered 127.0.0.1,
/// AAAA
/// ::1, TXT who answered ("pod=...", "namespace=...", "service=..."), ANY all three, other types nothing (NOERROR). One
/// question a query, as everywhere (RFC 9619); what cannot be read gets FORMERR, other operations NOTIMP. nullopt: what
/// has no header, or is an answer itself, is not answered, so that two servers cannot talk to each other for ever.
/// `most`: longer answers are cut and say so (TC).
std::optional<DnsAnswer> answerDns(const routing::EchoIdentity& identity, std::string_view query, std::size_t most);

/// For the Pod's log: `Answering DNS query A "example.com." of 127.0.0.1:4711`.
std::string dnsLogLine(const DnsAnswer& answer, std::string_view client);

/// DNS over a TCP connection: each message behind its length (RFC 1035 section 4.2.2). One object a connection.
class DnsStream final : public EchoDialogue {
public:
    explicit DnsStream(const routing::EchoIdentity& identity) : identity_(identity) {}
    /// Called with every answer.
    void onAnswer(std::function<void(const DnsAnswer&)> answered) { answered_ = std::move(answered); }
    [[nodiscard]] bool receive(std::string_view bytes, std::string& out) override;
    void end(std::string&) override {}

private:
    const routing::EchoIdentity& identity_;
    std::string unread_;
    std::function<void(const DnsAnswer&)> answered_;
};

/// What a query may be answered over UDP (RFC 1035 section 4.2.1) and TCP.
inline constexpr std::size_t mostDnsOverUdp = 512, mostDnsOverTcp = 65'535;

} // namespace gatehouse::engine

#include "engine/echo/dns_echo.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

/// Fuzzes the DNS echo: whatever a datagram holds, an answer is a whole message with the query's id, and no longer than
/// it may be. The same bytes as a TCP stream must do no harm either, however they are cut.
using namespace gatehouse::engine;

namespace {

void require(bool holds, const char* what)
{
    if (holds)
        return;
    std::fprintf(stderr, "%s\n", what);
    std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view query(reinterpret_cast<const char*>(data), size);
    gatehouse::routing::EchoIdentity identity;
    identity.namespace_ = identity.service = identity.pod = "x";
    if (const auto answer = answerDns(identity, query, mostDnsOverUdp)) {
        require(answer->message.size() >= 12 && answer->message.size() <= mostDnsOverUdp, "the length is wrong");
        require(answer->message.substr(0, 2) == query.substr(0, 2), "the id is another one");
        require(!answerDns(identity, answer->message, mostDnsOverUdp), "an answer is answered");
        require(!dnsLogLine(*answer, "c").empty(), "there is no line for the log");
    }
    const std::size_t cut = size == 0 ? 0 : data[0] % size;
    DnsStream whole(identity), pieces(identity);
    std::string one, other;
    const bool wholeGoesOn = whole.receive(query, one);
    const bool piecesGoOn = pieces.receive(query.substr(0, cut), other) && pieces.receive(query.substr(cut), other);
    require(wholeGoesOn == piecesGoOn && one == other, "the cut makes a difference");
    return 0;
}

#pragma once

#include "engine/echo/pod_logs.h"
#include "engine/routing/snapshot.h"
#include "engine/runtime/datagram_service.h"

#include <memory>
#include <utility>

namespace gatehouse::engine {

/// The UDP echo of the conformance suite's image (echo-basic/udpechoserver): a JSON object for every datagram, with
/// what came and who answers. Where the image reads 1,024 bytes, this says as much of a datagram as an answer holds.
class UdpEcho final : public DatagramService {
public:
    /// `log` takes a line for every datagram; may be null.
    UdpEcho(routing::EchoIdentity identity, std::shared_ptr<PodLog> log);
    bool answer(std::string_view datagram, const UdpAddress& from, std::string& reply) override;

private:
    std::string tail_; // of every answer
    std::shared_ptr<PodLog> log_;
};

/// The DNS echo over UDP; see answerDns().
class DnsEcho final : public DatagramService {
public:
    /// `log` takes a line for every query; may be null.
    DnsEcho(routing::EchoIdentity identity, std::shared_ptr<PodLog> log)
        : identity_(std::move(identity)), log_(std::move(log))
    {
    }
    bool answer(std::string_view datagram, const UdpAddress& from, std::string& reply) override;

private:
    routing::EchoIdentity identity_;
    std::shared_ptr<PodLog> log_;
};

} // namespace gatehouse::engine

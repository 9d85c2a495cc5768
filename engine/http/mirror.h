#pragma once

#include "engine/http/backend_sides.h"
#include "engine/http/exchange.h"
#include "engine/runtime/waiter.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::engine {

class Worker;

/// One copy of a request on its way to a backend whose answer nobody waits for (semantics 9.5). It has what it needs of
/// the request for itself, since the request may be over first. A mirror that is too slow, or whose backend fails, is
/// given up and counted; nothing of that reaches the request. Used again with its storage. Thread: its worker.
class Mirror final {
public:
    Mirror(Worker& worker, const EngineLimits& limits);

    /// Sends the head; the body follows by append() and end(), unless `framing` says that there is none.
    void begin(Exchange& exchange, std::shared_ptr<EndpointPool> endpoint);
    /// More of the body. Beyond EngineLimits::mirrorBodyBytes that the backend has not taken yet, the mirror is given
    /// up.
    void append(std::string_view data);
    /// The body is complete; the mirror goes on alone, and nothing of it may be called any more.
    void end();
    /// The body will never be complete.
    void abandon();

private:
    enum class Phase : std::uint8_t { Opening, Exchanging, Finished };

    void run();
    void startRequest();
    void exchangeBytes();
    bool send();
    void receive();
    void finish(bool delivered);
    void detach();
    void copyHead(const routing::RequestHead& head);

    Worker& worker_;
    BackendSides sides_;
    BackendSide* backend_ = nullptr; // the one in use
    Waiter waiter_;
    std::shared_ptr<EndpointPool> endpoint_; // the snapshot that knows it may go meanwhile
    std::string headText_, clientAddress_;
    routing::RequestHead head_; // views of headText_
    BodyFraming framing_;
    std::string unsent_;
    std::size_t offset_ = 0;  // in `unsent_`: what the backend has
    std::size_t offered_ = 0; // bytes behind it that were offered and not taken: they have to be offered again as such
    Phase phase_ = Phase::Finished;
    std::size_t received_ = 0; // of the answer's body
    bool fed_ = false;         // append() and end() may still be called
    bool bodyEnded_ = false;   // unsent_ is the rest
    bool requestDone_ = false; // the backend side knows that
    bool answering_ = false;   // the answer's head came
};

/// The mirrors of one request that its body goes to as well. Storage is used again: without mirrors it costs a look.
class MirrorFeed {
public:
    [[nodiscard]] bool empty() const noexcept { return mirrors_.empty(); }
    void add(Mirror& mirror) { mirrors_.push_back(&mirror); }
    void append(std::string_view data)
    {
        for (Mirror* mirror : mirrors_)
            mirror->append(data);
    }
    void end()
    {
        for (Mirror* mirror : mirrors_)
            mirror->end();
        mirrors_.clear();
    }
    void abandon()
    {
        for (Mirror* mirror : mirrors_)
            mirror->abandon();
        mirrors_.clear();
    }

private:
    std::vector<Mirror*> mirrors_;
};

/// Starts the mirrors among `filters` for a request whose head is as they are to get it; those that wait for its body
/// are added to `feed`.
void startMirrors(const std::vector<routing::CompiledFilter>& filters, Exchange& exchange, MirrorFeed& feed);

} // namespace gatehouse::engine

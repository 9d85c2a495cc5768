#include "engine/http/mirror.h"

#include "engine/engine.h"
#include "engine/runtime/serving.h"
#include "engine/runtime/worker.h"

#include <utility>

namespace gatehouse::engine {

namespace {
/// Storage of bodies that is kept for the next mirror.
constexpr std::size_t keptStorage = 64 * 1024;
/// An answer is read for its connection's sake; a longer one is not worth it, and one without an end would keep the
/// worker busy.
constexpr std::size_t maxAnswer = 1024 * 1024;
} // namespace

Mirror::Mirror(Worker& worker, const EngineLimits& limits) : worker_(worker), sides_(limits, worker.buffers())
{
    worker.deadlines().watch(waiter_);
}

void Mirror::begin(Exchange& exchange, std::shared_ptr<EndpointPool> endpoint)
{
    endpoint_ = std::move(endpoint);
    copyHead(exchange.client.head());
    clientAddress_ = exchange.client.address();
    framing_ = exchange.client.requestFraming();
    unsent_.clear();
    offset_ = offered_ = received_ = 0;
    fed_ = framing_.kind != BodyKind::None;
    bodyEnded_ = !fed_;
    requestDone_ = answering_ = false;
    phase_ = Phase::Opening;
    backend_ = &sides_.of(*endpoint_);
    static_cast<void>(waiter_.takeExpired()); // left by the last one
    // A copy is never sent twice, so it goes out only on a connection that is alive for certain.
    backend_->begin(*endpoint_, waiter_, Reuse::Certain);
    worker_.setDeadline(waiter_, Clock::now() + worker_.limits().connectTimeout);
    run();
}

void Mirror::copyHead(const routing::RequestHead& head)
{
    std::size_t size =
        head.method.size() + head.scheme.size() + head.authority.size() + head.path.size() + head.query.size();
    for (const routing::HeaderField& field : head.headers)
        size += field.name.size() + field.value.size();
    headText_.clear();
    headText_.reserve(size); // so that views of it stay valid
    const auto copy = [this](std::string_view text) {
        const std::size_t at = headText_.size();
        headText_.append(text);
        return std::string_view(headText_).substr(at);
    };
    head_.method = copy(head.method);
    head_.scheme = copy(head.scheme);
    head_.authority = copy(head.authority);
    head_.path = copy(head.path);
    head_.query = copy(head.query);
    head_.hasQuery = head.hasQuery;
    head_.headers.clear();
    for (const routing::HeaderField& field : head.headers) {
        const std::string_view name = copy(field.name);
        head_.headers.add(name, copy(field.value));
    }
}

void Mirror::append(std::string_view data)
{
    if (phase_ == Phase::Finished)
        return;
    if (unsent_.size() - offset_ + data.size() > worker_.limits().mirrorBodyBytes) {
        finish(false);
        return;
    }
    unsent_.append(data);
    waiter_.wake();
}

void Mirror::end()
{
    fed_ = false;
    bodyEnded_ = true;
    if (phase_ == Phase::Finished)
        detach();
    else
        waiter_.wake();
}

void Mirror::abandon()
{
    fed_ = false;
    if (phase_ == Phase::Finished)
        detach();
    else
        finish(false);
}

void Mirror::run()
{
    if (phase_ == Phase::Finished)
        return; // a wake-up that was on its way
    if (waiter_.takeExpired()) {
        finish(false);
        return;
    }
    if (phase_ == Phase::Opening) {
        switch (backend_->open()) {
        case BackendSide::Opening::Blocked:
            break;
        case BackendSide::Opening::Ready:
            startRequest();
            break;
        case BackendSide::Opening::Failed:
            finish(false);
            return;
        }
    }
    if (phase_ == Phase::Exchanging)
        exchangeBytes();
    if (phase_ == Phase::Finished)
        return;
    backend_->watch();
    waiter_.wait([this] { run(); });
}

void Mirror::startRequest()
{
    phase_ = Phase::Exchanging;
    RequestForwarding how;
    how.body = framing_.kind;
    how.contentLength = framing_.contentLength;
    how.clientAddress = clientAddress_;
    how.forwardedProto = head_.scheme;
    backend_->startRequest(head_, how);
}

void Mirror::exchangeBytes()
{
    if (!send()) {
        finish(false);
        return;
    }
    receive();
    if (phase_ == Phase::Exchanging)
        worker_.setDeadline(waiter_, Clock::now() + worker_.limits().bodyTimeout);
}

bool Mirror::send()
{
    while (offset_ < unsent_.size()) {
        if (offered_ == 0)
            offered_ = unsent_.size() - offset_;
        const std::size_t taken = backend_->sendBody(std::string_view(unsent_).substr(offset_, offered_));
        if (taken == 0)
            break;
        offset_ += taken;
        offered_ -= taken;
    }
    if (offset_ == unsent_.size()) {
        unsent_.clear();
        offset_ = 0;
        if (bodyEnded_ && !std::exchange(requestDone_, true))
            backend_->finishRequest(nullptr);
    } else if (offset_ >= keptStorage) {
        unsent_.erase(0, offset_);
        offset_ = 0;
    }
    return !backend_->pending() || backend_->flush() != IoState::Failed;
}

void Mirror::receive()
{
    while (!answering_) {
        switch (backend_->readHead()) {
        case BackendSide::HeadState::Blocked:
            return;
        case BackendSide::HeadState::Done:
            answering_ = backend_->response().status >= 200;
            if (!answering_)
                backend_->nextHead();
            break;
        case BackendSide::HeadState::Closed:
        case BackendSide::HeadState::Failed:
            finish(false);
            return;
        }
    }
    for (;;) {
        const BodyPiece piece = backend_->readBody();
        switch (piece.state) {
        case BodyState::Data:
            received_ += piece.data.size();
            if (received_ <= maxAnswer)
                break;
            finish(requestDone_);
            return;
        case BodyState::Blocked:
            return;
        case BodyState::End:
            backend_->finish();
            finish(true);
            return;
        case BodyState::Failed:
            finish(false);
            return;
        }
    }
}

void Mirror::finish(bool delivered)
{
    phase_ = Phase::Finished;
    waiter_.wake(); // who sleeps finds out, and does nothing
    backend_->drop();
    worker_.setDeadline(waiter_, never);
    worker_.mirrorEnded(delivered);
    endpoint_.reset();
    if (unsent_.capacity() > keptStorage)
        unsent_ = {};
    if (!fed_)
        detach();
}

void Mirror::detach()
{
    worker_.returnMirror(*this);
}

namespace {

void startMirror(const routing::CompiledMirror& mirror, Exchange& exchange, MirrorFeed& feed)
{
    Serving& serving = *exchange.serving;
    // Of a connection that is to switch protocols a copy of the head is worth nothing.
    if (!mirror.cluster.valid() || !exchange.client.upgrade().empty() ||
        !routing::isSampled(mirror, serving.mirrors[mirror.number]))
        return;
    if (!serving.snapshot->clusters[mirror.cluster.value].refusal.empty()) {
        exchange.worker.mirrorEnded(false);
        return;
    }
    std::shared_ptr<EndpointPool> endpoint = serving.clusters[mirror.cluster.value].nextShared();
    Mirror* started = endpoint && endpoint->address().error.empty() ? exchange.worker.takeMirror() : nullptr;
    if (!started) {
        exchange.worker.mirrorEnded(false);
        return;
    }
    started->begin(exchange, std::move(endpoint));
    if (exchange.client.requestFraming().kind != BodyKind::None)
        feed.add(*started);
}

} // namespace

void startMirrors(const std::vector<routing::CompiledFilter>& filters, Exchange& exchange, MirrorFeed& feed)
{
    for (const routing::CompiledFilter& filter : filters)
        if (const auto* mirror = std::get_if<routing::CompiledMirror>(&filter))
            startMirror(*mirror, exchange, feed);
}

} // namespace gatehouse::engine

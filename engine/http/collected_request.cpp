#include "engine/http/collected_request.h"

#include "engine/http/answers.h"
#include "engine/runtime/worker.h"

namespace gatehouse::engine {

Step CollectedRequest::step()
{
    ClientSide& client = exchange_.client;
    const bool late = exchange_.waiter.takeExpired();
    while (!bodyDone_) {
        const BodyPiece piece = client.readBody();
        if (piece.state == BodyState::Failed) {
            client.abort();
            return Step::Done;
        }
        if (piece.state == BodyState::Blocked) {
            if (late) {
                client.abort();
                return Step::Done;
            }
            client.watch();
            exchange_.worker.setDeadline(exchange_.waiter, Clock::now() + exchange_.worker.limits().bodyTimeout);
            return Step::Wait;
        }
        bodyDone_ = piece.state == BodyState::End;
        if (!keepBody_)
            continue;
        if (body_.size() + piece.data.size() > bodyLimit_) {
            answer(exchange_, routing::DirectResponse{413, {}, "the request body is too large", {}});
            return Step::Done;
        }
        body_.append(piece.data);
    }
    const bool delayed = respondAt_ != never && Clock::now() >= respondAt_;
    if (respondAt_ == never || delayed) {
        respondAt_ = respond(delayed);
        if (respondAt_ == never)
            return Step::Done;
    }
    const TimePoint abandonAt = client.abandonAt();
    if (abandonAt <= Clock::now()) {
        client.abort();
        return Step::Done;
    }
    client.watch();
    exchange_.worker.setDeadline(exchange_.waiter, std::min(respondAt_, abandonAt));
    return Step::Wait;
}

} // namespace gatehouse::engine

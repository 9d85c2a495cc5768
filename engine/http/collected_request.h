#pragma once

#include "engine/http/exchange.h"

#include <cstddef>
#include <string>

namespace gatehouse::engine {

/// A Handling for services that answer themselves: reads (or drops) the whole body first, then calls respond() once.
class CollectedRequest : public Handling {
public:
    /// `bodyLimit`: a longer body is answered 413; `keepBody` false only counts it.
    CollectedRequest(Exchange& exchange, std::size_t bodyLimit, bool keepBody)
        : exchange_(exchange), bodyLimit_(bodyLimit), keepBody_(keepBody)
    {
    }
    virtual ~CollectedRequest() = default;
    Step step() override;
    void release() override { delete this; }

protected:
    /// Answers. `delayed`: the time asked for with respondAt() has come. Returns when to be called again, or `never`
    /// when it has answered.
    virtual TimePoint respond(bool delayed) = 0;
    [[nodiscard]] Exchange& exchange() noexcept { return exchange_; }
    [[nodiscard]] const std::string& body() const noexcept { return body_; }

private:
    Exchange& exchange_;
    std::size_t bodyLimit_;
    bool keepBody_;
    bool bodyDone_ = false;
    TimePoint respondAt_ = never;
    std::string body_;
};

} // namespace gatehouse::engine

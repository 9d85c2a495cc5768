#pragma once

#include "engine/http/exchange.h"

#include <cstddef>
#include <optional>
#include <string>

namespace gatehouse::engine {

/// A Handling that reads (or drops) the whole request body before it answers.
class BodyCollector : public Handling {
public:
    /// `bodyLimit`: a longer body is answered 413; `keepBody` false only counts it.
    BodyCollector(Exchange& exchange, std::size_t bodyLimit, bool keepBody)
        : exchange_(exchange), bodyLimit_(bodyLimit), keepBody_(keepBody)
    {
    }
    virtual ~BodyCollector() = default;
    void release() override { delete this; }

protected:
    /// Goes on reading: what step() has to return, or nothing once the body is complete.
    std::optional<Step> collect();
    [[nodiscard]] Exchange& exchange() noexcept { return exchange_; }
    [[nodiscard]] std::string& body() noexcept { return body_; }

private:
    Exchange& exchange_;
    std::size_t bodyLimit_;
    bool keepBody_;
    bool bodyDone_ = false;
    std::string body_;
};

/// A Handling for services that answer by themselves: collects the body, then calls respond() once.
class CollectedRequest : public BodyCollector {
public:
    using BodyCollector::BodyCollector;
    Step step() override;

protected:
    /// Answers. `delayed`: the time asked for with respondAt() has come. Returns when to be called again, or `never`
    /// when it has answered.
    virtual TimePoint respond(bool delayed) = 0;

private:
    TimePoint respondAt_ = never;
};

} // namespace gatehouse::engine

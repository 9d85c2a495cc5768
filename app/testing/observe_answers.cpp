#include "app/testing/observe_answers.h"

#include "app/testing/echo_answer.h"
#include "app/testing/grpc_codes.h"
#include "engine/routing/grpc.h"
#include "engine/routing/request_head.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace gatehouse::testing {

namespace {

using model::AccessEvent;

constexpr const char* elsewhere = "another gateway does not say so";
constexpr const char* noEvent = "no access event came of this request";
constexpr const char* noEcho = "the answer is no echo's";

const std::string* fieldOf(const Headers& headers, std::string_view name)
{
    for (const auto& [own, value] : headers)
        if (routing::equalsIgnoreCase(own, name))
            return &value;
    return nullptr;
}

/// The letters of the access log that stand for answers, or silence, of the gateway's own.
bool isRefusalFlag(const std::string& flags)
{
    static constexpr std::array<std::string_view, 5> all{"NR", "NC", "UH", "UF", "UO"};
    return std::find(all.begin(), all.end(), flags) != all.end();
}

/// An echo does not know its Service's port: the one that the test names is taken, where the Service is the same.
std::string backendOf(const Expectation& expect, const EchoAnswer& echo)
{
    const std::string service = echo.namespace_ + '/' + echo.service;
    const auto isOf = [&](const std::string& backend) { return backend.substr(0, backend.rfind(':')) == service; };
    if (expect.backend && isOf(expect.backend->value))
        return expect.backend->value;
    if (expect.backends)
        for (const ShareExpectation& each : expect.backends->value)
            if (isOf(each.backend))
                return each.backend;
    return service;
}

std::string ruleName(const model::Graph& graph, const AccessEvent& event)
{
    for (const model::RouteNode& node : graph.routes) {
        const model::Route& route = *node.resource;
        if (std::string(toString(route.kind)) + '/' + toString(route.key.name) == event.route && event.rule >= 0 &&
            static_cast<std::size_t>(event.rule) < route.ruleCount())
            return route.ruleName(static_cast<std::size_t>(event.rule));
    }
    return {};
}

class Observer {
public:
    Observer(const TestCase& test, const Exchange& exchange, const AnswerSources& sources)
        : test_(test), exchange_(exchange), events_(sources.events)
    {
    }

    Observation run(AnswerSources sources)
    {
        seen_.error = exchange_.error;
        seen_.foreign = !events_;
        seen_.explanation = std::move(sources.explanation);
        if (!seen_.error.empty())
            return std::move(seen_);
        takePlaces(sources.graph);
        for (std::size_t i = 0; i < exchange_.http.size(); ++i)
            seen_.outcomes.push_back(httpOutcome(exchange_.http[i], eventOf(i)));
        for (std::size_t i = 0; i < exchange_.streams.size(); ++i)
            seen_.outcomes.push_back(streamOutcome(exchange_.streams[i], eventOf(i)));
        shareOut();
        return std::move(seen_);
    }

private:
    /// Events come in the order of requests when none is missing.
    [[nodiscard]] const AccessEvent* eventOf(std::size_t number) const
    {
        const std::size_t answers = exchange_.http.size() + exchange_.streams.size();
        return events_ && events_->size() == answers ? &(*events_)[number] : nullptr;
    }

    void takePlaces(const model::Graph* graph)
    {
        const AccessEvent* event = events_ && !events_->empty() ? &events_->front() : nullptr;
        if (event) {
            seen_.gateway = event->gateway;
            seen_.listener = event->listener;
            seen_.route = event->route;
            seen_.rule = event->rule >= 0 ? Known<std::uint32_t>(static_cast<std::uint32_t>(event->rule))
                                          : Known<std::uint32_t>::because("no rule took it");
            seen_.ruleName = graph ? ruleName(*graph, *event) : std::string();
            return;
        }
        const char* why = events_ ? noEvent : elsewhere;
        seen_.gateway = seen_.listener = seen_.route = seen_.ruleName = Known<std::string>::because(why);
        seen_.rule = Known<std::uint32_t>::because(why);
    }

    void shareOut()
    {
        const double all = static_cast<double>(seen_.outcomes.size());
        for (Outcome& outcome : seen_.outcomes)
            outcome.share = 1 / all;
        seen_.sampled = seen_.outcomes.size() > 1;
        if (!seen_.sampled)
            return;
        // Our own gateway spreads evenly, but each worker for itself. Others draw lots: three standard deviations of
        // the most uncertain share.
        seen_.tolerance = events_ ? 0.05 : 3 * std::sqrt(0.25 / all);
    }

    void fail(const std::string& error)
    {
        if (seen_.error.empty())
            seen_.error = error;
    }

    /// True when there was no connection to ask over, and the outcome says so.
    bool isUnconnected(Reached reached, const std::string& error, const AccessEvent* event, Outcome& outcome)
    {
        if (reached == Reached::Answer)
            return false;
        // Whose handshake failed, only events tell: a backend's own is no refusal. Elsewhere the test has to mean it.
        const bool refused = event ? isRefusalFlag(event->flags) : events_ || test_.expect.refused;
        if (reached != Reached::NoTls || (!event && !refused)) {
            fail(error);
            return true;
        }
        outcome.refused = refused;
        outcome.reason = error;
        outcome.backend = event ? event->backend : std::string();
        outcome.asked = refused ? std::string() : *outcome.backend.value;
        const std::string why = "there is no answer: " + error;
        outcome.status = Known<std::uint16_t>::because(why);
        outcome.grpcStatus = Known<std::string>::because(why);
        outcome.location = std::string();
        outcome.response.headers.complete = false;
        outcome.response.headers.unknown = why;
        outcome.response.body = Known<std::string>::because(why);
        return true;
    }

    Outcome httpOutcome(const HttpAnswer& answer, const AccessEvent* event)
    {
        Outcome outcome;
        if (isUnconnected(answer.reached, answer.error, event, outcome))
            return outcome;
        const bool grpc = std::holds_alternative<GrpcRequest>(test_.request);
        const auto echo = grpc ? readGrpcEcho(answer.body) : readHttpEcho(answer.body);
        outcome.status = answer.status;
        takeGrpcStatus(answer, outcome);
        const std::string* location = fieldOf(answer.headers, "location");
        outcome.location = location && answer.status / 100 == 3 ? *location : std::string();
        outcome.response.headers.fields = answer.headers;
        outcome.response.body = answer.body;
        outcome.request =
            echo && echo->request ? Known<SeenRequest>(*echo->request) : Known<SeenRequest>::because(noEcho);
        takeBackend(echo, event, outcome);
        takeRefusal(answer, echo.has_value(), event, outcome);
        return outcome;
    }

    static void takeGrpcStatus(const HttpAnswer& answer, Outcome& outcome)
    {
        const std::string* status = fieldOf(answer.trailers, "grpc-status");
        status = status ? status : fieldOf(answer.headers, "grpc-status");
        const auto name = status ? readGrpcCode(*status) : std::nullopt;
        outcome.grpcStatus = name.value_or("");
    }

    void takeBackend(const std::optional<EchoAnswer>& echo, const AccessEvent* event, Outcome& outcome) const
    {
        if (event)
            outcome.backend = event->backend;
        else if (echo && !echo->service.empty())
            outcome.backend = backendOf(test_.expect, *echo);
        else
            outcome.backend = Known<std::string>::because(events_ ? noEvent : noEcho);
        if (outcome.backend.value)
            outcome.asked = *outcome.backend.value;
    }

    static void takeRefusal(const HttpAnswer& answer, bool echoed, const AccessEvent* event, Outcome& outcome)
    {
        const std::string& grpc = *outcome.grpcStatus.value;
        const bool isError = answer.status >= 400 || (!grpc.empty() && grpc != "OK");
        if (echoed || !isError)
            outcome.refused = false;
        else if (event)
            outcome.refused = event->upstreamAddress.empty() || event->flags != "-";
        else
            outcome.refused = Known<bool>::because("it is an error, but a backend may have answered it");
        if (!isError)
            return;
        const std::string* message = fieldOf(answer.trailers, "grpc-message");
        message = message ? message : fieldOf(answer.headers, "grpc-message");
        outcome.reason = message ? *message : answer.body.substr(0, answer.body.find('\n'));
        if (outcome.refused.value.value_or(false))
            outcome.asked.clear();
    }

    Outcome streamOutcome(const StreamAnswer& answer, const AccessEvent* event)
    {
        Outcome outcome;
        const bool udp = std::get<StreamRequest>(test_.request).kind == StreamKind::Udp;
        const bool silent = answer.reached == Reached::NoAnswer;
        if (!silent && isUnconnected(answer.reached, answer.error, event, outcome))
            return outcome;
        const std::string why = "what carries no requests has none of it";
        outcome.status = Known<std::uint16_t>::because(why);
        outcome.grpcStatus = Known<std::string>::because(why);
        outcome.location = Known<std::string>::because(why);
        outcome.request = Known<SeenRequest>::because(why);
        outcome.response.headers.complete = false;
        outcome.response.headers.unknown = why;
        outcome.response.body = answer.received;
        takeBackend(readStreamEcho(answer.received), event, outcome);
        if (event)
            outcome.refused = isRefusalFlag(event->flags);
        else
            outcome.refused = answer.received.empty() && (answer.closed || (udp && silent));
        if (*outcome.refused.value) {
            outcome.reason = event && event->flags != "-" ? "refused with the flags " + event->flags
                             : answer.closed              ? "the connection was closed without a word"
                                                          : answer.error;
            outcome.asked.clear();
        } else if (silent && wantsWords()) {
            fail(answer.error.empty() ? "nothing was received within " + std::to_string(test_.timeout.count()) + " ms"
                                      : answer.error);
        }
        return outcome;
    }

    /// A test that expects an answer has failed without one; others have seen the connection.
    [[nodiscard]] bool wantsWords() const { return test_.expect.response && test_.expect.response->body; }

    const TestCase& test_;
    const Exchange& exchange_;
    const std::vector<AccessEvent>* events_;
    Observation seen_;
};

} // namespace

Observation observeAnswers(const TestCase& test, const Exchange& exchange, AnswerSources sources)
{
    return Observer(test, exchange, sources).run(std::move(sources));
}

} // namespace gatehouse::testing

#include "app/testing/model_run.h"

#include "app/testing/test_request.h"
#include "engine/echo/grpc_services.h"
#include "engine/http/forwarding.h"
#include "engine/routing/filters/filters.h"
#include "engine/routing/grpc.h"
#include "engine/routing/match.h"
#include "model/base/ascii.h"

#include <algorithm>

namespace gatehouse::testing {

namespace {

constexpr const char* backendsWord = "only a backend could say so; --live asks it";

template <class T>
Known<T> backendSays()
{
    return Known<T>::because(backendsWord);
}

std::string firstLine(std::string_view text)
{
    return std::string(text.substr(0, text.find('\n')));
}

bool asksElsewhere(const std::vector<routing::CompiledFilter>& filters)
{
    return std::any_of(filters.begin(), filters.end(), [](const routing::CompiledFilter& filter) {
        return std::holds_alternative<routing::CompiledAuth>(filter);
    });
}

/// Why nothing can be sent to a backend although the tables choose it; "" when it can.
std::string refusalOf(const routing::Snapshot& snapshot, const routing::WeightedBackend& backend)
{
    if (!backend.cluster.valid())
        return backend.problem;
    const routing::Cluster& cluster = snapshot.clusters[backend.cluster.value];
    if (!cluster.refusal.empty())
        return cluster.refusal;
    return cluster.endpoints.empty() ? "the Service " + cluster.name + " has no ready endpoint" : std::string();
}

/// Names that response filters decide about, whatever a backend answers.
void addDecidedNames(const std::vector<routing::CompiledFilter>& filters, std::set<std::string>& names)
{
    for (const routing::CompiledFilter& filter : filters)
        if (const auto* headers = std::get_if<routing::ResponseHeaders>(&filter)) {
            for (const auto& [name, value] : headers->modifier.set)
                names.insert(name);
            for (const auto& [name, value] : headers->modifier.add)
                names.insert(name);
            for (const std::string& name : headers->modifier.remove)
                names.insert(name);
        }
}

/// A request over HTTP that a rule takes, for one backend after the other.
class HttpModel {
public:
    HttpModel(const routing::Snapshot& snapshot, const routing::ExplainRequest& request,
              const routing::Explanation& explanation)
        : snapshot_(snapshot), explanation_(explanation), head_(routing::headOf(request)),
          grpc_(!routing::grpcContentType(head_).empty())
    {
        if (explanation.endpoint)
            if (const routing::PortTable* port = snapshot.find(*explanation.endpoint))
                decision_ = routing::match(snapshot, *port, head_);
    }

    std::vector<Outcome> run()
    {
        if (!explanation_.served || !decision_.rule)
            return {refusedBefore()};
        routing::TextArena arena;
        if (const auto direct = routing::directResponse(decision_, head_, arena))
            return {answeredBy(*direct, "")};
        const routing::CompiledRule& rule = *decision_.rule;
        std::vector<Outcome> outcomes;
        for (std::size_t b = 0; b < rule.backends.size(); ++b)
            if (rule.backends[b].weight > 0)
                outcomes.push_back(backendOutcome(b));
        if (outcomes.empty())
            if (const auto direct = routing::backendResponse(decision_, nullptr, head_, arena))
                outcomes.push_back(answeredBy(*direct, ""));
        return outcomes;
    }

private:
    /// No rule takes it, or there is not even a connection.
    [[nodiscard]] Outcome refusedBefore() const
    {
        Outcome outcome;
        outcome.backend = std::string();
        outcome.refused = true;
        outcome.reason = explanation_.summary;
        if (explanation_.status != 0)
            outcome.status = explanation_.status;
        else
            outcome.status = Known<std::uint16_t>::because("there is no answer: " + explanation_.summary);
        outcome.grpcStatus = explanation_.grpcStatus;
        outcome.location = std::string();
        outcome.response.headers.complete = false;
        outcome.response.headers.unknown = "an error of the gateway's own is judged by --live";
        outcome.response.body = Known<std::string>::because("bodies are judged by --live");
        return outcome;
    }

    Outcome answeredBy(const routing::DirectResponse& direct, const std::string& backend) const
    {
        Outcome outcome;
        outcome.backend = backend;
        outcome.refused = direct.status >= 400;
        outcome.reason = firstLine(direct.body);
        const bool grpcError = grpc_ && direct.status >= 400;
        outcome.status = grpcError ? std::uint16_t{200} : direct.status;
        outcome.grpcStatus = grpcError ? std::string(toString(routing::grpcStatusOf(direct.status))) : std::string();
        outcome.location = std::string(direct.location);
        outcome.request = Known<SeenRequest>::because("the gateway answers itself");
        SeenHeaders& headers = outcome.response.headers;
        for (const routing::HeaderField& field : direct.headers)
            headers.fields.emplace_back(field.name, field.value);
        if (!direct.location.empty())
            headers.fields.emplace_back("location", direct.location);
        headers.uncertain = {"date", "content-length"};
        if (direct.status != 204)
            headers.uncertain.insert("content-type");
        headers.complete = !grpcError;
        headers.unknown = "how gRPC is told of an error is judged by --live";
        outcome.response.body = Known<std::string>::because("bodies are judged by --live");
        return outcome;
    }

    Outcome backendOutcome(std::size_t number)
    {
        const routing::CompiledRule& rule = *decision_.rule;
        const routing::WeightedBackend& backend = rule.backends[number];
        const std::string name = explanation_.backends[number].backend;
        routing::TextArena arena;
        Outcome outcome;
        if (const auto direct = routing::backendResponse(decision_, &backend, head_, arena))
            outcome = answeredBy(*direct, ""); // as live: what a filter answers, no backend was chosen for
        else if (const std::string refusal = refusalOf(snapshot_, backend); !refusal.empty())
            outcome = answeredBy({503, {}, refusal, {}, {}}, name);
        else
            outcome = forwarded(backend, name);
        outcome.share = static_cast<double>(backend.weight) / static_cast<double>(rule.totalWeight);
        return outcome;
    }

    Outcome forwarded(const routing::WeightedBackend& backend, const std::string& name)
    {
        const routing::CompiledRule& rule = *decision_.rule;
        Outcome outcome;
        outcome.backend = name;
        outcome.asked = name;
        outcome.location = std::string();
        outcome.request = requestAt(backend);
        takeResponseHeaders(backend, outcome.response.headers);
        outcome.response.body = backendSays<std::string>();
        if (asksElsewhere(rule.filters) || asksElsewhere(backend.filters)) {
            const std::string why = "an external authorization decides; --live asks it";
            outcome.refused = Known<bool>::because(why);
            outcome.backend = Known<std::string>::because(why);
            outcome.status = Known<std::uint16_t>::because(why);
            outcome.grpcStatus = Known<std::string>::because(why);
            outcome.location = Known<std::string>::because(why);
            outcome.request = Known<SeenRequest>::because(why);
            return outcome;
        }
        outcome.refused = false;
        takeStatus(backend, outcome);
        return outcome;
    }

    /// What the built-in echo answers is known; others may answer what they like.
    void takeStatus(const routing::WeightedBackend& backend, Outcome& outcome) const
    {
        outcome.status = backendSays<std::uint16_t>();
        outcome.grpcStatus = grpc_ ? backendSays<std::string>() : Known<std::string>(std::string());
        if (!isEcho(snapshot_, backend))
            return;
        const std::string& path = outcome.request.value->path;
        if (grpc_) {
            outcome.status = std::uint16_t{200};
            if (engine::grpcMethod(path.substr(0, path.find('?'))) == engine::GrpcMethod::Echo)
                outcome.grpcStatus = std::string("OK");
            return;
        }
        // Paths on which the echo does something else than to echo.
        const bool special = path.starts_with("/status/") || path.starts_with("/retry") || path.starts_with("/ws") ||
                             path.find("//") != std::string::npos;
        if (!special && path.find("delay=") == std::string::npos)
            outcome.status = std::uint16_t{200};
    }

    /// As Proxy does it: what concerns the connection goes, then the rule's filters, then the backend's.
    SeenRequest requestAt(const routing::WeightedBackend& backend)
    {
        routing::TextArena arena;
        routing::RequestHead head = head_;
        engine::forwarding::removeConnectionNamed(head.headers);
        routing::applyRequestFilters(decision_.rule->filters, decision_, head, arena);
        routing::applyRequestFilters(backend.filters, decision_, head, arena);
        SeenRequest seen;
        seen.method = head.method;
        engine::forwarding::appendOriginForm(seen.path, head);
        seen.host = head.authority;
        const engine::forwarding::RequestFields fields(head.headers, "client", head.scheme);
        for (const routing::HeaderField& field : head.headers)
            if (fields.keeps(field))
                seen.headers.fields.emplace_back(field.name, field.value);
        seen.headers.fields.emplace_back("x-forwarded-proto", head.scheme);
        seen.headers.uncertain = {"x-forwarded-for", "traceparent"};
        if (!head_.headers.find("traceparent"))
            seen.headers.uncertain.erase("traceparent");
        return seen;
    }

    void takeResponseHeaders(const routing::WeightedBackend& backend, SeenHeaders& seen)
    {
        const routing::CompiledRule& rule = *decision_.rule;
        routing::TextArena arena;
        routing::HeaderFields fields;
        routing::applyResponseFilters(rule.filters, fields, arena);
        routing::applyResponseFilters(backend.filters, fields, arena);
        addDecidedNames(rule.filters, seen.certain);
        addDecidedNames(backend.filters, seen.certain);
        if (const routing::CompiledCors* cors = routing::effectiveCors(rule, &backend)) {
            routing::applyCors(*cors, routing::originOf(head_), fields);
            seen.certain.insert({"vary", "access-control-allow-origin", "access-control-allow-credentials",
                                 "access-control-expose-headers", "access-control-allow-methods",
                                 "access-control-allow-headers", "access-control-max-age"});
        }
        for (const routing::HeaderField& field : fields)
            seen.fields.emplace_back(field.name, field.value);
        for (const auto& [name, value] : seen.fields)
            seen.certain.insert(model::lowered(name));
        seen.complete = false;
        seen.unknown = backendsWord;
    }

    const routing::Snapshot& snapshot_;
    const routing::Explanation& explanation_;
    routing::RequestHead head_;
    bool grpc_;
    routing::RouteDecision decision_;
};

std::vector<Outcome> streamOutcomes(const routing::Snapshot& snapshot, const routing::Explanation& explanation)
{
    const auto plain = [] {
        Outcome outcome;
        const std::string why = "what carries no requests has none of it";
        outcome.status = Known<std::uint16_t>::because(why);
        outcome.grpcStatus = Known<std::string>::because(why);
        outcome.location = Known<std::string>::because(why);
        outcome.request = Known<SeenRequest>::because(why);
        outcome.response.headers.complete = false;
        outcome.response.headers.unknown = why;
        outcome.response.body = backendSays<std::string>();
        return outcome;
    };
    std::vector<Outcome> outcomes;
    const routing::CompiledRule* rule = ruleOf(snapshot, explanation);
    for (std::size_t b = 0; rule && b < rule->backends.size(); ++b) {
        const routing::WeightedBackend& backend = rule->backends[b];
        if (backend.weight == 0)
            continue;
        Outcome outcome = plain();
        const std::string refusal = refusalOf(snapshot, backend);
        outcome.backend = explanation.backends[b].backend;
        outcome.share = static_cast<double>(backend.weight) / static_cast<double>(rule->totalWeight);
        outcome.refused = !refusal.empty();
        outcome.reason = refusal;
        outcome.asked = refusal.empty() ? explanation.backends[b].backend : std::string();
        outcomes.push_back(std::move(outcome));
    }
    if (outcomes.empty()) {
        outcomes.push_back(plain());
        outcomes.front().backend = std::string();
        outcomes.front().refused = explanation.refused;
        outcomes.front().reason = explanation.summary;
    }
    return outcomes;
}

} // namespace

bool isEcho(const routing::Snapshot& snapshot, const routing::WeightedBackend& backend)
{
    if (!backend.cluster.valid())
        return false;
    const auto& endpoints = snapshot.clusters[backend.cluster.value].endpoints;
    return !endpoints.empty() && std::all_of(endpoints.begin(), endpoints.end(),
                                             [](const auto& endpoint) { return endpoint.echo.has_value(); });
}

const routing::CompiledRule* ruleOf(const routing::Snapshot& snapshot, const routing::Explanation& explanation)
{
    if (!explanation.served)
        return nullptr;
    const auto found =
        std::find_if(snapshot.rules.begin(), snapshot.rules.end(), [&](const routing::CompiledRule& rule) {
            return rule.origin.rule == explanation.rule && rule.origin.routeName == explanation.routeName;
        });
    return found == snapshot.rules.end() ? nullptr : &*found;
}

void takePlaces(Observation& seen, const routing::Explanation& explanation)
{
    seen.gateway = explanation.gatewayName;
    seen.listener = explanation.listenerName;
    seen.route = explanation.routeName;
    seen.ruleName = explanation.ruleName;
    seen.rule =
        explanation.served ? Known<std::uint32_t>(explanation.rule) : Known<std::uint32_t>::because("no rule takes it");
}

void explainFailure(const routing::Snapshot& snapshot, CaseResult& result)
{
    if (result.verdict == Verdict::Failed && result.explanation)
        result.explanation = observeModel(snapshot, *result.test, true).explanation;
}

Observation observeModel(const routing::Snapshot& snapshot, const TestCase& test, bool everybody)
{
    Observation seen;
    const auto text = requestText(test);
    if (!text) {
        seen.error = text.error();
        return seen;
    }
    if (std::holds_alternative<StreamRequest>(test.request)) {
        auto explanation = control::explain(snapshot, *text);
        if (!explanation) {
            seen.error = explanation.error();
            return seen;
        }
        seen.outcomes = streamOutcomes(snapshot, *explanation);
        seen.explanation = std::move(*explanation);
    } else {
        auto request = control::explainRequest(snapshot, *text);
        if (!request) {
            seen.error = request.error();
            return seen;
        }
        const auto& refused = test.expect.refused;
        request->withLosers = everybody || (refused && !refused->value.reason.empty());
        seen.explanation = routing::explain(snapshot, *request);
        seen.outcomes = HttpModel(snapshot, *request, *seen.explanation).run();
    }
    takePlaces(seen, *seen.explanation);
    return seen;
}

} // namespace gatehouse::testing

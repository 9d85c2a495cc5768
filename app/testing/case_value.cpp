#include "app/testing/case_value.h"

#include "app/testing/model_run.h"

#include <algorithm>

namespace gatehouse::testing {

using model::Value;

namespace {

Value headersValue(const Headers& headers)
{
    Value map = Value::object();
    for (const auto& [name, value] : headers)
        map.set(name, value);
    return map;
}

void writeRequest(Value& test, const Request& request)
{
    if (const auto* http = std::get_if<HttpRequest>(&request)) {
        if (http->headers.empty() && !http->body && !http->http2) {
            test.set("request", http->method + ' ' + http->url);
            return;
        }
        Value& object = test.set("request", Value::object());
        object.set("method", http->method);
        object.set("url", http->url);
        if (!http->headers.empty())
            object.set("headers", headersValue(http->headers));
        if (http->body)
            object.set("body", *http->body);
        if (http->http2)
            object.set("protocol", "h2");
    } else if (const auto* grpc = std::get_if<GrpcRequest>(&request)) {
        Value& object = test.set("grpc", Value::object());
        object.set("host", grpc->host);
        object.set("call", grpc->call);
        if (!grpc->metadata.empty())
            object.set("metadata", headersValue(grpc->metadata));
    } else {
        const auto& stream = std::get<StreamRequest>(request);
        const char* const key = stream.kind == StreamKind::Tls ? "tls" : stream.kind == StreamKind::Tcp ? "tcp" : "udp";
        if (!stream.send) {
            test.set(key, stream.to);
            return;
        }
        Value& object = test.set(key, Value::object());
        object.set("to", stream.to);
        object.set("send", *stream.send);
    }
}

/// backend, or backends with their weights; nothing where a share goes nowhere.
void writeBackends(Value& expect, const routing::Snapshot& snapshot, const Observation& seen)
{
    const auto& outcomes = seen.outcomes;
    const bool all = std::all_of(outcomes.begin(), outcomes.end(), [](const Outcome& outcome) {
        return outcome.backend.value && !outcome.backend.value->empty();
    });
    if (!all)
        return;
    if (outcomes.size() == 1) {
        expect.set("backend", *outcomes.front().backend.value);
        return;
    }
    const routing::CompiledRule& rule = *ruleOf(snapshot, *seen.explanation);
    Value& backends = expect.set("backends", Value::object());
    for (std::size_t b = 0; b < rule.backends.size(); ++b) {
        if (rule.backends[b].weight == 0)
            continue;
        // One Service may stand in several references of a rule.
        const std::string& name = seen.explanation->backends[b].backend;
        const Value* before = backends.find(name);
        const std::int64_t weight = rule.backends[b].weight + (before ? before->asInt().value_or(0) : 0);
        backends.set(name, weight);
    }
}

} // namespace

Value expectation(const routing::Snapshot& snapshot, const Observation& seen)
{
    Value expect = Value::object();
    const auto setPlace = [&](const char* key, const Known<std::string>& place) {
        if (place.value && !place.value->empty())
            expect.set(key, *place.value);
    };
    setPlace("gateway", seen.gateway);
    setPlace("listener", seen.listener);
    setPlace("route", seen.route);
    setPlace("rule", seen.ruleName);
    if (!expect.find("rule") && expect.find("route") && seen.rule.value)
        expect.set("rule", static_cast<std::int64_t>(*seen.rule.value));
    if (seen.outcomes.empty())
        return expect;
    const Outcome& outcome = seen.outcomes.front();
    const bool alone = seen.outcomes.size() == 1;
    const bool redirects = alone && outcome.location.value && !outcome.location.value->empty();
    if (redirects) {
        Value& redirect = expect.set("redirect", Value::object());
        redirect.set("url", *outcome.location.value);
        redirect.set("status", static_cast<std::int64_t>(*outcome.status.value));
    } else {
        writeBackends(expect, snapshot, seen);
    }
    if (alone && outcome.refused.value.value_or(false)) {
        expect.set("refused", true);
        if (outcome.grpcStatus.value && !outcome.grpcStatus.value->empty())
            expect.set("grpcStatus", *outcome.grpcStatus.value);
        else if (outcome.status.value)
            expect.set("status", static_cast<std::int64_t>(*outcome.status.value));
    }
    return expect;
}

Value caseValue(const TestCase& test, Value expect)
{
    Value value = Value::object();
    value.set("name", test.name);
    if (!test.gateway.empty())
        value.set("gateway", test.gateway);
    if (test.timeout != TestCase().timeout)
        value.set("timeout", std::to_string(test.timeout.count()) + "ms");
    writeRequest(value, test.request);
    value.set("expect", std::move(expect));
    return value;
}

} // namespace gatehouse::testing

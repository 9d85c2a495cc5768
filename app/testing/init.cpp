#include "app/testing/init.h"

#include "app/testing/coverage.h"
#include "app/testing/model_run.h"
#include "app/testing/witness.h"
#include "importers/writers.h"

#include <algorithm>

namespace gatehouse::testing {

namespace {

using model::Value;

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
        if (http->headers.empty()) {
            test.set("request", http->method + ' ' + http->url);
            return;
        }
        Value& object = test.set("request", Value::object());
        object.set("method", http->method);
        object.set("url", http->url);
        object.set("headers", headersValue(http->headers));
    } else if (const auto* grpc = std::get_if<GrpcRequest>(&request)) {
        Value& object = test.set("grpc", Value::object());
        object.set("host", grpc->host);
        object.set("call", grpc->call);
        if (!grpc->metadata.empty())
            object.set("metadata", headersValue(grpc->metadata));
    } else {
        const auto& stream = std::get<StreamRequest>(request);
        test.set(stream.kind == StreamKind::Tls ? "tls" : stream.kind == StreamKind::Tcp ? "tcp" : "udp", stream.to);
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

Value expectation(const routing::Snapshot& snapshot, const Observation& seen)
{
    Value expect = Value::object();
    expect.set("gateway", *seen.gateway.value);
    expect.set("listener", *seen.listener.value);
    expect.set("route", *seen.route.value);
    if (seen.ruleName.value->empty())
        expect.set("rule", static_cast<std::int64_t>(*seen.rule.value));
    else
        expect.set("rule", *seen.ruleName.value);
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

} // namespace

InitialTests initialTests(const routing::Snapshot& snapshot, const std::vector<std::string>& manifests)
{
    InitialTests result;
    Value document = Value::object();
    document.set("apiVersion", testApiVersion);
    document.set("kind", testKind);
    if (!manifests.empty()) {
        Value& list = document.set("manifests", Value::array());
        for (const std::string& path : manifests)
            list.push(path);
    }
    Value& tests = document.set("tests", Value::array());
    std::string left;
    for (const model::RouteNode& node : snapshot.graph->routes) {
        const model::Route& route = *node.resource;
        const std::string name = std::string(toString(route.kind)) + '/' + toString(route.key.name);
        for (std::uint32_t rule = 0; rule < route.ruleCount(); ++rule) {
            const std::string what = name + ' ' + ruleWords(rule, route.ruleName(rule));
            const Witness witness = findWitness(snapshot, node, rule);
            if (!witness.test) {
                left += "# " + what + " has no test: " + witness.reason + "  (" +
                        toString(route.at(route.rulePosition(rule))) + ")\n";
                ++result.left;
                continue;
            }
            Value& test = tests.push(Value::object());
            test.set("name", what);
            if (!witness.test->gateway.empty())
                test.set("gateway", witness.test->gateway);
            writeRequest(test, witness.test->request);
            test.set("expect", expectation(snapshot, observeModel(snapshot, *witness.test)));
            ++result.tests;
        }
    }
    result.text =
        "# Tests of `gatehouse test`: a request for each rule, and where it goes. What was written here is what "
        "the\n# manifests do today; change it to what they shall do.\n" +
        importers::toYaml(document) + (left.empty() ? "" : "\n" + left);
    return result;
}

} // namespace gatehouse::testing

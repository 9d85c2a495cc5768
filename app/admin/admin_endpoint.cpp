#include "app/admin/admin_endpoint.h"

#include "app/admin/config_dump.h"
#include "app/admin/guard.h"
#include "app/admin/metrics.h"
#include "app/control/config_text.h"
#include "app/control/explain_request.h"
#include "app/control/session.h"
#include "engine/routing/explain_value.h"
#include "importers/writers.h"
#include "importers/yaml/manifest_reader.h"

namespace gatehouse::admin {

namespace {

using engine::LocalRequest;
using engine::LocalResponse;
using model::Value;

constexpr std::string_view eventsPath = "/events";

LocalResponse text(std::uint16_t status, const std::string& body)
{
    return {status, "text/plain; charset=utf-8", body + '\n'};
}

LocalResponse json(const Value& value)
{
    return {200, "application/json", importers::toJson(value)};
}

/// The request of a POST /explain; the error says what is wrong with it.
model::Result<control::RequestText, std::string> readRequest(const std::string& body)
{
    // JSON is YAML, and the reader has the limits that a body from outside needs.
    importers::ImportLimits limits;
    limits.nodes = 10'000;
    limits.aliases = 0;
    std::vector<Value> documents;
    std::vector<model::Diagnostic> problems;
    importers::readYaml(body, std::make_shared<const std::string>("body"), limits, documents, problems);
    if (!problems.empty())
        return model::Unexpected{toString(problems.front())};
    if (documents.size() != 1 || !documents.front().isObject())
        return model::Unexpected{std::string("expected one JSON object")};
    control::RequestText request;
    for (const model::Member& member : *documents.front().asObject()) {
        const std::string* value = member.value.asString();
        if (member.name == "headers" && member.value.isObject()) {
            for (const model::Member& header : *member.value.asObject()) {
                if (!header.value.isString())
                    return model::Unexpected{"header " + header.name + " is no string"};
                request.headers.emplace_back(header.name, *header.value.asString());
            }
        } else if (member.name == "method" && value) {
            request.method = *value;
        } else if (member.name == "url" && value) {
            request.url = *value;
        } else if (member.name == "gateway" && value) {
            request.gateway = *value;
        } else {
            return model::Unexpected{"'" + member.name + "' is unknown or of the wrong type; expected method, url, " +
                                     "gateway (strings) and headers (an object of strings)"};
        }
    }
    return request;
}

LocalResponse explain(const Sources& sources, const LocalRequest& request)
{
    const auto state = sources.current();
    if (!state)
        return text(503, "no configuration yet");
    const auto asked = readRequest(request.body);
    if (!asked)
        return text(400, asked.error());
    const auto explanation = control::explain(*state->snapshot, *asked);
    if (!explanation)
        return text(400, explanation.error());
    return json(toValue(*explanation));
}

LocalResponse ready(const Sources& sources)
{
    const auto state = sources.current();
    if (!state || !state->live)
        return text(503, "not serving");
    for (const model::ListenerProgramming& listener : state->programming.listeners)
        if (listener.programmed)
            return text(200, "ok");
    return text(503, "no listener serves");
}

std::string pathOf(const LocalRequest& request)
{
    return request.target.substr(0, request.target.find('?'));
}

LocalResponse answer(const Sources& sources, const LocalRequest& request)
{
    if (const std::string why = refusal(request.host, request.header("origin")); !why.empty())
        return text(403, why);
    const std::string path = pathOf(request);
    if (path == "/explain")
        return request.method == "POST" ? explain(sources, request) : text(405, "POST a request to explain");
    if (path != "/livez" && path != "/readyz" && path != "/metrics" && path != "/config" && path != eventsPath)
        return text(404, "there are /livez, /readyz, /metrics, /config, /events and /explain");
    if (request.method != "GET" && request.method != "HEAD")
        return text(405, "only GET is answered here");
    if (path == eventsPath) // HEAD
        return {200, "text/event-stream", {}};
    const auto state = sources.current();
    if (path == "/livez")
        return text(200, "ok");
    if (path == "/readyz")
        return ready(sources);
    if (path == "/metrics")
        return {200, "text/plain; version=0.0.4; charset=utf-8",
                metrics({sources.stats(), sources.ruleStats(), sources.sessionStats()}, state.get())};
    return state ? json(configDump(*state)) : text(503, "no configuration yet");
}

} // namespace

engine::LocalHandler handler(Sources sources)
{
    return
        [sources = std::move(sources)](const LocalRequest& request, const std::shared_ptr<engine::LocalReply>& reply) {
            if (request.method == "GET" && pathOf(request) == eventsPath &&
                refusal(request.host, request.header("origin")).empty())
                sources.events->subscribe(reply, sources.current);
            else
                reply->send(answer(sources, request));
        };
}

std::string authority(const std::string& address, std::uint16_t port)
{
    return control::formatHostPort(address, port);
}

} // namespace gatehouse::admin

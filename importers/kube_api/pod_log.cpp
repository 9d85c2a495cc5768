#include "importers/kube_api/kube_api_impl.h"
#include "importers/kube_api/listing.h"
#include "model/schema/timestamp.h"

#include "importers/decode/decode_context.h"

#include <algorithm>

// GET .../pods/NAME/log.

namespace gatehouse::importers {

using model::Unexpected;
using model::Value;

namespace {

std::vector<std::string> containersOf(const Value& pod)
{
    std::vector<std::string> names;
    if (const Value* spec = pod.find("spec"))
        for (const Value& container : items(*spec, "containers"))
            names.push_back(text(container, "name"));
    return names;
}

/// The container meant: the one named, or the only one.
Answer<std::string> chooseContainer(const Value& pod, const std::string& podName, const std::string& wanted)
{
    const std::vector<std::string> names = containersOf(pod);
    if (!wanted.empty()) {
        if (std::find(names.begin(), names.end(), wanted) == names.end())
            return Unexpected{badRequest("container " + wanted + " is not valid for pod " + podName)};
        return wanted;
    }
    if (names.size() == 1)
        return names.front();
    std::string all;
    for (const std::string& name : names)
        all += (all.empty() ? "" : " ") + name;
    return Unexpected{
        badRequest("a container name must be specified for pod " + podName + ", choose one of: [" + all + ']')};
}

bool isTrue(const std::string& parameter)
{
    return parameter == "true" || parameter == "1";
}

} // namespace

Answer<ApiResponse> KubeApi::Impl::readLog(const Call& call)
{
    const ApiRequest& request = call.request;
    const ObjectPtr pod = store.find(call.kind(), call.name());
    if (!pod)
        return Unexpected{notFound(call.kind(), call.path.name)};
    auto container = chooseContainer(*pod->document, call.path.name, request.parameter("container"));
    if (!container)
        return Unexpected{container.error()};
    LogQuery query{call.path.namespace_, call.path.name, std::move(*container), {}, {}, {}, false};
    query.timestamps = isTrue(request.parameter("timestamps"));
    for (const auto& [name, limit] : {std::pair("tailLines", &query.tailLines), {"limitBytes", &query.limitBytes}}) {
        const auto number = readVersion(request.parameter(name));
        if (!number)
            return Unexpected{badRequest(std::string(name) + " is no number")};
        if (request.hasParameter(name))
            *limit = *number;
    }
    if (request.hasParameter("sinceTime")) {
        query.since = model::parseTimestamp(request.parameter("sinceTime"));
        if (!query.since)
            return Unexpected{badRequest("sinceTime is no RFC 3339 time")};
    } else if (request.hasParameter("sinceSeconds")) {
        const auto seconds = readVersion(request.parameter("sinceSeconds"));
        constexpr std::uint64_t longest = 100ull * 365 * 24 * 3600;
        if (!seconds || *seconds == 0 || *seconds > longest)
            return Unexpected{badRequest("sinceSeconds is no positive number")};
        query.since = call.shown.now - std::chrono::seconds(*seconds);
    }
    ApiResponse response;
    response.contentType = "text/plain";
    if (options.logs && !isTrue(request.parameter("previous")))
        response.body = options.logs(query).value_or(std::string());
    return response;
}

} // namespace gatehouse::importers

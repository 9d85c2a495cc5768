#include "importers/kube_api/api_documents.h"

#include "importers/kube_api/discovery.h"
#include "importers/kube_api/openapi.h"
#include "importers/kube_api/served_resources.h"
#include "importers/writers.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace gatehouse::importers {
namespace {

using model::Value;

/// Documents of discovery as they are sent, by path ("apis/apps/v1"); made at the first request, once.
struct DiscoveryTexts {
    std::map<std::string, std::string, std::less<>> plain;
    std::map<std::pair<std::string, std::string>, std::string> aggregated; ///< by path and version
};

std::string resourceListPath(std::string_view group, std::string_view version)
{
    return group.empty() ? "api/" + std::string(version) : "apis/" + std::string(group) + '/' + std::string(version);
}

/// Every path that answers, for people and scripts that ask for "/".
Value rootPaths(const DiscoveryTexts& texts)
{
    Value made = Value::object();
    Value& paths = made.set("paths", Value::array());
    std::vector<std::string> all = {"/healthz", "/livez", "/openapi/v2", "/openapi/v3", "/readyz"};
    for (const auto& [path, text] : texts.plain)
        all.push_back('/' + path);
    std::sort(all.begin(), all.end());
    for (const std::string& path : all)
        paths.push(path);
    return made;
}

DiscoveryTexts buildDiscovery()
{
    DiscoveryTexts texts;
    texts.plain["version"] = toJson(versionInfo(), 0);
    texts.plain["api"] = toJson(coreVersions(), 0);
    texts.plain["apis"] = toJson(groupList(), 0);
    for (const ServedGroup& group : servedGroups()) {
        if (const auto document = groupDocument(group.name))
            texts.plain["apis/" + std::string(group.name)] = toJson(*document, 0);
        for (const std::string_view version : group.versions)
            texts.plain[resourceListPath(group.name, version)] = toJson(*resourceList(group.name, version), 0);
    }
    texts.plain[""] = toJson(rootPaths(texts), 0);
    for (const char* version : {"v2", "v2beta1"}) {
        texts.aggregated[{"api", version}] = toJson(aggregatedDiscovery(DiscoveryTree::Core, version), 0);
        texts.aggregated[{"apis", version}] = toJson(aggregatedDiscovery(DiscoveryTree::Groups, version), 0);
    }
    return texts;
}

const DiscoveryTexts& discovery()
{
    static const DiscoveryTexts texts = buildDiscovery();
    return texts;
}

std::string joined(const std::vector<std::string>& segments)
{
    std::string text;
    for (const std::string& segment : segments)
        text += (&segment == segments.data() ? "" : "/") + segment;
    return text;
}

bool isHealth(std::string_view path)
{
    return path == "healthz" || path == "livez" || path == "readyz";
}

/// True for the paths that documents live at, whether or not there is one.
bool isDocumentPath(const std::vector<std::string>& path)
{
    if (path.empty())
        return true;
    const std::string& first = path.front();
    if (first == "version" || isHealth(first))
        return path.size() == 1;
    return first == "openapi" || (first == "api" && path.size() <= 2) || (first == "apis" && path.size() <= 3);
}

bool isJson(const MediaType& type)
{
    return type.type == "application/json" || type.type == "application/*" || type.type == "*/*";
}

const std::string* parameter(const MediaType& type, const std::string& name)
{
    const auto found = type.parameters.find(name);
    return found == type.parameters.end() ? nullptr : &found->second;
}

ApiResponse answer(std::string body, std::string contentType = "application/json")
{
    ApiResponse response;
    response.contentType = std::move(contentType);
    response.body = std::move(body);
    return response;
}

ApiResponse failed(std::uint16_t code, std::string reason, std::string message)
{
    ApiError error;
    error.code = code;
    error.reason = std::move(reason);
    error.message = std::move(message);
    return errorResponse(error);
}

ApiResponse notAcceptable(std::string_view offered)
{
    return failed(406, "NotAcceptable", "only the following media types are accepted: " + std::string(offered));
}

ApiResponse health(const ApiRequest& request, const std::string& path)
{
    if (request.hasParameter("verbose"))
        return answer("[+]ping ok\n" + path + " check passed\n", "text/plain; charset=utf-8");
    return answer("ok", "text/plain; charset=utf-8");
}

/// The aggregated form where the client prefers it (KEP-3352): its name is in parameters of the media type, in the
/// request as in the answer.
ApiResponse serveDiscovery(const ApiRequest& request, const std::string& path, const std::string& plain)
{
    for (const MediaType& type : acceptedTypes(request.accept)) {
        if (!isJson(type))
            continue;
        const std::string* as = parameter(type, "as");
        if (!as)
            return answer(plain);
        const std::string* group = parameter(type, "g");
        const std::string* version = parameter(type, "v");
        if (*as != "APIGroupDiscoveryList" || !group || *group != "apidiscovery.k8s.io" || !version)
            continue;
        const auto found = discovery().aggregated.find({path, *version});
        if (found != discovery().aggregated.end())
            return answer(found->second,
                          "application/json;g=apidiscovery.k8s.io;v=" + *version + ";as=APIGroupDiscoveryList");
    }
    return notAcceptable("application/json");
}

/// The protobuf form of OpenAPI 2 has a media type that is none by RFC 9110 ("@"), so answers spell it otherwise, as
/// API servers do. OpenAPI 3 is served as JSON alone, which is what clients ask for.
bool isOpenApiProtobuf(const MediaType& type)
{
    return type.type == "application/com.github.proto-openapi.spec.v2@v1.0+protobuf" ||
           type.type == "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
}

ApiResponse serveOpenApi(const ApiRequest& request, const std::string& path, const std::string& document)
{
    for (const MediaType& type : acceptedTypes(request.accept)) {
        if (isJson(type))
            return answer(document);
        if (path == "openapi/v2" && isOpenApiProtobuf(type))
            return answer(openApiV2Protobuf(), "application/com.github.proto-openapi.spec.v2.v1.0+protobuf");
    }
    return notAcceptable("application/json");
}

} // namespace

std::optional<ApiResponse> serveApiDocument(const ApiRequest& request)
{
    if (!isDocumentPath(request.path))
        return std::nullopt;
    if (request.method != "GET" && request.method != "HEAD")
        return failed(405, "MethodNotAllowed", "this path is read only");
    const std::string path = joined(request.path);
    if (isHealth(path))
        return health(request, path);
    if (request.path.size() > 1 && request.path.front() == "openapi") {
        if (const std::string* document = openApiDocument(path))
            return serveOpenApi(request, path, *document);
    } else if (const auto found = discovery().plain.find(path); found != discovery().plain.end()) {
        return serveDiscovery(request, path, found->second);
    }
    return failed(404, "NotFound", "the server could not find the requested resource");
}

} // namespace gatehouse::importers

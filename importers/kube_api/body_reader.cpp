#include "importers/kube_api/body_reader.h"

#include "importers/json/json_reader.h"
#include "importers/kube_api/protobuf_reader.h"
#include "importers/kube_api/value_tools.h"
#include "importers/text_check.h"
#include "importers/yaml/manifest_reader.h"

#include <algorithm>
#include <cctype>

namespace gatehouse::importers {
namespace {

using model::Unexpected;
using model::Value;

constexpr const char* acceptedBodies = "application/json, application/yaml";

ImportLimits bodyLimits()
{
    ImportLimits limits;
    limits.nodes = 500'000;
    return limits;
}

ApiError parseError(const std::vector<model::Diagnostic>& problems)
{
    if (problems.empty())
        return badRequest("the body holds no object");
    const model::Diagnostic& first = problems.front();
    std::string message = "error parsing the body: " + first.message;
    if (first.location.position.known())
        message += " (" + describe(first.location.position) + ')';
    return badRequest(std::move(message));
}

} // namespace

std::string bareMediaType(std::string_view contentType)
{
    std::string type(contentType.substr(0, contentType.find(';')));
    std::erase_if(type, [](unsigned char c) { return std::isspace(c) != 0; });
    std::transform(type.begin(), type.end(), type.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return type;
}

Answer<Value> readBodyText(std::string_view body, bool yaml)
{
    if (body.size() > maxBodyBytes)
        return Unexpected{tooLarge(maxBodyBytes)};
    std::vector<model::Diagnostic> problems;
    std::vector<Value> values;
    const ImportLimits limits = bodyLimits();
    if (yaml) {
        if (!readYaml(body, nullptr, limits, values, problems))
            return Unexpected{parseError(problems)};
    } else {
        ProblemList list(nullptr, problems);
        const std::string_view text = withoutBom(body);
        if (!checkText(text, list) || !readJson({text, 1, true}, limits, values, list))
            return Unexpected{parseError(problems)};
    }
    if (values.size() > 1)
        return Unexpected{badRequest("the body holds more than one object")};
    Value value = values.empty() ? Value() : std::move(values.front());
    clearPositions(value);
    return value;
}

Answer<Value> readObjectBody(const ApiRequest& request)
{
    const std::string type = bareMediaType(request.contentType);
    const bool yaml = type == "application/yaml" || type == "application/x-yaml" || type == "text/yaml";
    if (type == protobufType)
        return request.body.size() > maxBodyBytes ? Answer<Value>(Unexpected{tooLarge(maxBodyBytes)})
                                                  : readProtobuf(request.body);
    if (type.find("protobuf") != std::string::npos || type.find("cbor") != std::string::npos)
        return Unexpected{unsupportedMediaType(
            acceptedBodies, "Gatehouse reads JSON and YAML: set the client's content type to application/json")};
    if (!yaml && !type.empty() && type != "application/json")
        return Unexpected{unsupportedMediaType(acceptedBodies)};
    Answer<Value> value = readBodyText(request.body, yaml);
    if (value && !value->isObject())
        return Unexpected{badRequest("the body holds no object")};
    return value;
}

} // namespace gatehouse::importers

#include "importers/kube_api/object_writer.h"

#include "importers/decode/decode_context.h"
#include "importers/kube_api/body_reader.h"

namespace gatehouse::importers {

using model::Unexpected;
using model::Value;

namespace {

/// "kubectl" of "kubectl/v1.36.0 (linux/amd64) ...": how API servers name a manager that names itself not.
std::string managerOf(const ApiRequest& request)
{
    constexpr std::size_t longest = 128;
    if (const std::string& named = request.parameter("fieldManager"); !named.empty())
        return named.substr(0, longest);
    const std::string prefix = request.userAgent.substr(0, request.userAgent.find('/')).substr(0, longest);
    return prefix.empty() ? "unknown" : prefix;
}

} // namespace

Answer<WriteRequest> readWriteRequest(const ApiRequest& request, const ResourcePath& path)
{
    WriteRequest write;
    write.kind = path.kind;
    write.version = path.version;
    write.name = {path.namespace_, path.name};
    write.subresource = path.subresource;
    write.manager = managerOf(request);
    for (const auto& [name, value] : request.query) {
        if (name == "dryRun" && value != "All")
            return Unexpected{badRequest("dryRun: Unsupported value: \"" + value + "\": supported values: \"All\"")};
        write.dryRun = write.dryRun || name == "dryRun";
    }
    const std::string& validation = request.parameter("fieldValidation");
    if (validation == "Strict")
        write.fieldValidation = FieldValidation::Strict;
    else if (validation == "Ignore")
        write.fieldValidation = FieldValidation::Ignore;
    else if (!validation.empty() && validation != "Warn")
        return Unexpected{badRequest("fieldValidation: Unsupported value: \"" + validation +
                                     "\": supported values: \"Ignore\", \"Warn\", \"Strict\"")};
    return write;
}

Answer<DeleteConditions> readDeleteOptions(const ApiRequest& request)
{
    DeleteConditions conditions;
    std::string policy = request.parameter("propagationPolicy");
    if (!request.body.empty()) {
        const auto body = readObjectBody(request);
        if (!body)
            return Unexpected{body.error()};
        if (const std::string kind = text(*body, "kind"); !kind.empty() && kind != "DeleteOptions")
            return Unexpected{badRequest("the body of a delete is DeleteOptions, not " + kind)};
        if (const Value* preconditions = body->find("preconditions")) {
            conditions.uid = text(*preconditions, "uid");
            conditions.resourceVersion = text(*preconditions, "resourceVersion");
        }
        if (const std::string written = text(*body, "propagationPolicy"); !written.empty())
            policy = written;
    }
    if (policy == "Foreground")
        conditions.propagation = Propagation::Foreground;
    else if (policy == "Orphan")
        conditions.propagation = Propagation::Orphan;
    else if (!policy.empty() && policy != "Background")
        return Unexpected{badRequest("propagationPolicy: Unsupported value: \"" + policy +
                                     "\": supported values: \"Background\", \"Foreground\", \"Orphan\"")};
    return conditions;
}

} // namespace gatehouse::importers

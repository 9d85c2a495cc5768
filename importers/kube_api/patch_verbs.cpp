#include "importers/kube_api/body_reader.h"
#include "importers/kube_api/kube_api_impl.h"
#include "importers/kube_api/patches.h"
#include "importers/kube_api/scale.h"
#include "importers/kube_api/server_side_apply.h"
#include "importers/kube_api/value_tools.h"

#include "importers/decode/versions.h"

// PATCH in its four forms.

namespace gatehouse::importers {

using model::Unexpected;
using model::Value;

namespace {

constexpr std::string_view jsonType = "application/json-patch+json";
constexpr std::string_view mergeType = "application/merge-patch+json";
constexpr std::string_view strategicType = "application/strategic-merge-patch+json";
constexpr std::string_view applyType = "application/apply-patch+yaml";

ApiError unknownPatch(const ApiKind& kind)
{
    std::string accepted = std::string(jsonType) + ", " + std::string(mergeType) + ", ";
    // Real servers know merge keys from Go types, which custom resources have not.
    if (!kind.custom)
        accepted += std::string(strategicType) + ", ";
    return unsupportedMediaType(accepted + std::string(applyType));
}

Answer<Value> applyPatch(std::string_view type, Value target, const Value& patch, const ApiKind& kind)
{
    if (type == jsonType)
        return jsonPatch(std::move(target), patch);
    if (!patch.isObject())
        return Unexpected{badRequest("error decoding patch: it is no object")};
    if (type == strategicType)
        return strategicMergePatch(std::move(target), patch, MergeShape(kind));
    mergePatch(target, patch);
    return target;
}

bool isTrue(const std::string& parameter)
{
    return parameter == "true" || parameter == "1";
}

ApiError managerRequired()
{
    ApiError error;
    error.code = 422;
    error.reason = "Invalid";
    error.kind = "PatchOptions";
    error.group = "meta.k8s.io";
    error.causes.push_back({"FieldValueRequired", "Required value: is required for apply patch", "fieldManager"});
    error.message = "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: " + error.causes.front().message;
    return error;
}

} // namespace

Answer<KubeApi::Outcome> KubeApi::Impl::patch(const Call& call)
{
    const ApiKind& kind = call.kind();
    const auto write = readWriteRequest(call.request, call.path);
    if (!write)
        return Unexpected{write.error()};
    const std::string type = bareMediaType(call.request.contentType);
    const bool scale = call.path.subresource == "scale";
    if (type == applyType && !scale)
        return apply(call, *write);
    if (type != jsonType && type != mergeType && (type != strategicType || kind.custom))
        return Unexpected{unknownPatch(kind)};
    const ObjectPtr live = store.find(kind, call.name());
    if (!live)
        return Unexpected{notFound(kind, call.path.name)};
    const auto body = readBodyText(call.request.body, false);
    if (!body)
        return Unexpected{body.error()};
    Value copy;
    Value target = scale ? scaleOf(*live->document) : inVersion(*live->document, kind, call.path.version, copy);
    auto patched = applyPatch(type, std::move(target), *body, kind);
    if (!patched)
        return Unexpected{patched.error()};
    return replaceWith(call, *write, std::move(*patched));
}

Answer<KubeApi::Outcome> KubeApi::Impl::apply(const Call& call, WriteRequest write)
{
    const ApiKind& kind = call.kind();
    if (!call.request.hasParameter("fieldManager"))
        return Unexpected{managerRequired()};
    auto config = readBodyText(call.request.body, true);
    if (!config)
        return Unexpected{config.error()};
    if (!config->isObject())
        return Unexpected{badRequest("error decoding the configuration: it is no object")};
    if (auto error = checkTypeMeta(*config, kind, call.path.version))
        return Unexpected{std::move(*error)};
    if (metadataText(*config, "name").empty())
        memberObject(*config, "metadata").set("name", call.path.name);
    const ObjectPtr live = store.find(kind, call.name());
    if (!live && !call.path.subresource.empty())
        return Unexpected{notFound(kind, call.path.name)};
    Value copy;
    const Value* before = live ? &inVersion(*live->document, kind, call.path.version, copy) : nullptr;
    ApplyInput input{
        &kind,
        before,
        std::move(*config),
        {write.manager, joinApiVersion(kind.group, call.path.version), writer.nowText(), call.path.subresource},
        isTrue(call.request.parameter("force"))};
    auto applied = applyConfiguration(std::move(input));
    if (!applied)
        return Unexpected{applied.error()};
    write.managedFields = std::move(applied->managedFields);
    return outcomeOf(call, live ? writer.update(write, std::move(applied->object))
                                : writer.create(write, std::move(applied->object)));
}

} // namespace gatehouse::importers

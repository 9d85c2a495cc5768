#include "importers/kube_api/admission.h"

#include "importers/decode/decode_context.h"
#include "importers/decode/object_pipeline.h"
#include "importers/decode/versions.h"
#include "importers/kube_api/value_tools.h"
#include "model/schema/base64.h"

#include <algorithm>

namespace gatehouse::importers {
namespace {

using model::Diagnostic;
using model::Severity;
using model::Unexpected;
using model::Value;

constexpr std::string_view unknownFieldCode = "GH1103";

/// What is wrong with an object, in the API's three forms.
struct Findings {
    std::vector<ApiError::Cause> causes;
    std::vector<std::string> unknownFields, warnings;
};

Findings sortOut(const std::vector<Diagnostic>& problems)
{
    Findings findings;
    findings.causes = causesOf(problems);
    for (const Diagnostic& problem : problems) {
        if (problem.code == unknownFieldCode)
            findings.unknownFields.push_back("unknown field \"" + problem.fieldPath + '"');
        else if (problem.severity == Severity::Warning)
            findings.warnings.push_back(problem.message +
                                        (problem.remedy.empty() ? std::string() : "; " + problem.remedy));
    }
    return findings;
}

std::string joined(const std::vector<std::string>& parts)
{
    std::string all;
    for (const std::string& part : parts)
        all += (all.empty() ? "" : ", ") + part;
    return all;
}

/// Kinds without a schema: metadata is checked, the rest is kept.
Admitted admitAsItIs(const ApiKind& kind, Value object, std::vector<Diagnostic>& problems)
{
    model::CheckContext context;
    context.file = appliedFileName();
    context.object = {std::string(kind.group),
                      std::string(kind.kind),
                      {metadataText(object, "namespace"), metadataText(object, "name")}};
    model::validate(model::unknownKindSchema(), object, context, problems);
    object.set("apiVersion", joinApiVersion(kind.group, kind.versions.front()));
    return {std::move(object), {}, {}};
}

Admitted admitByDecoding(Value object, std::vector<Diagnostic>& problems)
{
    Admitted admitted;
    for (DecodedObject& decoded : decodeObject(std::move(object), appliedFileName(), problems))
        if (decoded.resource)
            admitted.resources.push_back(std::move(decoded.resource));
    if (!admitted.resources.empty())
        admitted.document = *admitted.resources.front()->document;
    return admitted;
}

bool sameText(const Value* a, const Value* b)
{
    return a && b ? sameContent(*a, *b) : a == b;
}

/// Walks the members that the schema names, for the few that are immutable.
void findChanges(const model::SchemaNode& node, const Value& before, const Value& after, const std::string& path,
                 std::vector<ApiError::Cause>& faults)
{
    for (const model::SchemaField& field : node.fields) {
        const Value* a = before.find(field.name);
        const Value* b = after.find(field.name);
        const std::string at = path.empty() ? std::string(field.name) : path + '.' + std::string(field.name);
        if (field.immutable && a && !sameText(a, b))
            faults.push_back({"FieldValueInvalid", "Invalid value: Value is immutable", at});
        else if (a && b && field.node && field.node->type == model::SchemaType::Object && field.name != "metadata")
            findChanges(*field.node, *a, *b, at, faults);
    }
}

void frozenData(const Value& before, const Value& after, std::vector<ApiError::Cause>& faults)
{
    const Value* frozen = before.find("immutable");
    if (!frozen || !frozen->asBool().value_or(false))
        return;
    for (const char* name : {"data", "binaryData", "immutable"})
        if (!sameText(before.find(name), after.find(name)))
            faults.push_back(
                {"FieldValueForbidden", std::string("Forbidden: field is immutable when `immutable` is set"), name});
}

Value pendingCondition(std::string_view type)
{
    Value condition = Value::object();
    condition.set("type", type);
    condition.set("status", "Unknown");
    condition.set("reason", "Pending");
    condition.set("message", "Waiting for controller");
    condition.set("lastTransitionTime", "1970-01-01T00:00:00Z");
    return condition;
}

void foldStringData(Value& secret)
{
    const Value* texts = secret.find("stringData");
    if (!texts || !texts->isObject())
        return;
    const Value copy = *texts;
    {
        MemberEditor data(memberObject(secret, "data"));
        for (const model::Member& member : *copy.asObject())
            if (const std::string* text = member.value.asString())
                data.make(member.name) = model::encodeBase64(*text);
    }
    secret.erase("stringData");
}

} // namespace

const std::shared_ptr<const std::string>& appliedFileName()
{
    static const auto name = std::make_shared<const std::string>("<kube-api>");
    return name;
}

Answer<Admitted> admit(AdmissionRequest request)
{
    const ApiKind& kind = *request.kind;
    const std::string name = metadataText(request.object, "name");
    std::vector<Diagnostic> problems;
    Admitted admitted = kind.schema ? admitByDecoding(std::move(request.object), problems)
                                    : admitAsItIs(kind, std::move(request.object), problems);
    Findings findings = sortOut(problems);
    if (!findings.unknownFields.empty() && request.fieldValidation == FieldValidation::Strict)
        return Unexpected{badRequest(std::string(kind.kind) + " in version \"" + request.version +
                                     "\" cannot be handled as a " + std::string(kind.kind) +
                                     ": strict decoding error: " + joined(findings.unknownFields))};
    if (!findings.causes.empty())
        return Unexpected{invalid(kind, name, std::move(findings.causes))};
    admitted.warnings = std::move(findings.warnings);
    if (request.fieldValidation == FieldValidation::Warn)
        admitted.warnings.insert(admitted.warnings.end(), findings.unknownFields.begin(), findings.unknownFields.end());
    return admitted;
}

std::optional<ApiError> checkTypeMeta(Value& object, const ApiKind& kind, const std::string& version)
{
    const std::string apiVersion = joinApiVersion(kind.group, version);
    const std::string writtenVersion = text(object, "apiVersion"), writtenKind = text(object, "kind");
    if (!writtenVersion.empty() && writtenVersion != apiVersion)
        return badRequest("the API version in the data (" + writtenVersion +
                          ") does not match the expected API version (" + apiVersion + ')');
    if (!writtenKind.empty() && writtenKind != kind.kind)
        return badRequest(writtenKind + " in version \"" + version + "\" cannot be handled as a " +
                          std::string(kind.kind) + ": the kind in the data does not match the resource " +
                          std::string(kind.plural));
    object.set("apiVersion", apiVersion);
    object.set("kind", kind.kind);
    return std::nullopt;
}

std::vector<ApiError::Cause> immutableFaults(const ApiKind& kind, const Value& before, const Value& after)
{
    std::vector<ApiError::Cause> faults;
    if (kind.schema && kind.custom)
        findChanges(*kind.schema->root, before, after, {}, faults);
    if (kind.group.empty() && (kind.kind == "Secret" || kind.kind == "ConfigMap"))
        frozenData(before, after, faults);
    if (kind.group.empty() && kind.kind == "Secret" && !sameText(before.find("type"), after.find("type")))
        faults.push_back({"FieldValueInvalid", "Invalid value: field is immutable", "type"});
    const Value* specBefore = kind.kind == "Deployment" ? before.find("spec") : nullptr;
    const Value* specAfter = specBefore ? after.find("spec") : nullptr;
    if (specBefore && specAfter && !sameText(specBefore->find("selector"), specAfter->find("selector")))
        faults.push_back({"FieldValueInvalid", "Invalid value: field is immutable", "spec.selector"});
    return faults;
}

void completeObject(const ApiKind& kind, Value& object)
{
    if (!kind.group.empty())
        return;
    if (kind.kind == "Secret")
        foldStringData(object);
    if (kind.kind == "Namespace") {
        const std::string name = metadataText(object, "name");
        memberObject(memberObject(object, "metadata"), "labels").set("kubernetes.io/metadata.name", name);
        Value finalizers = Value::array();
        finalizers.push("kubernetes");
        memberObject(object, "spec").set("finalizers", std::move(finalizers));
    }
}

Value initialStatus(const ApiKind& kind)
{
    Value status = Value::object();
    if (kind.kind == "Namespace" && kind.group.empty()) {
        status.set("phase", "Active");
        return status;
    }
    if (kind.group != model::gatewayGroup)
        return {};
    Value conditions = Value::array();
    if (kind.kind == "GatewayClass" || kind.kind == "Gateway" || kind.kind == "ListenerSet")
        conditions.push(pendingCondition("Accepted"));
    if (kind.kind == "Gateway" || kind.kind == "ListenerSet")
        conditions.push(pendingCondition("Programmed"));
    if (!hasItems(&conditions))
        return {};
    status.set("conditions", std::move(conditions));
    return status;
}

bool countsGenerations(const ApiKind& kind)
{
    return kind.custom || kind.group == "apps" || kind.kind == "EndpointSlice" || kind.kind == "Pod" ||
           kind.kind == "CustomResourceDefinition";
}

} // namespace gatehouse::importers

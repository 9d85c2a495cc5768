#include "importers/decode/versions.h"

#include "model/api/meta.h"

#include <algorithm>

namespace gatehouse::importers {
namespace {

using model::Value;

constexpr std::string_view experimentalGroup = "gateway.networking.x-k8s.io";

/// Takes a member out of an object; null when it has none.
Value take(Value& object, std::string_view name)
{
    Value* member = object.find(name);
    if (!member)
        return {};
    Value taken = std::move(*member);
    object.erase(name);
    return taken;
}

/// Renames a member, unless the new name is taken already.
void rename(Value& object, std::string_view from, std::string_view to)
{
    Value::Object* members = object.asObject();
    if (!members || object.find(to))
        return;
    for (model::Member& member : *members)
        if (member.name == from)
            member.name = to;
}

Value listOf(Value item)
{
    const model::Position position = item.position();
    Value list = Value::array();
    list.push(std::move(item));
    list.setPosition(position);
    return list;
}

Value objectAt(model::Position position)
{
    Value object = Value::object();
    object.setPosition(position);
    return object;
}

/// The member `name`, which is made if it is absent.
Value& member(Value& object, std::string_view name, model::Position position)
{
    Value* found = object.find(name);
    return found && found->isObject() ? *found : object.set(name, objectAt(position));
}

/// v1alpha2 of release 1.0 had one targetRef, and `tls` with shorter names for what is `validation` now.
void convertBackendTlsPolicy(Value& object)
{
    Value* spec = object.find("spec");
    if (!spec || !spec->isObject())
        return;
    if (Value target = take(*spec, "targetRef"); target.isObject()) {
        // A target in another namespace was never allowed; the own one is implied now.
        const Value* metadata = object.find("metadata");
        const Value* own = metadata ? metadata->find("namespace") : nullptr;
        if (const Value* namespace_ = target.find("namespace"); namespace_ && own && *namespace_ == *own)
            target.erase("namespace");
        spec->set("targetRefs", listOf(std::move(target)));
    }
    rename(*spec, "tls", "validation");
    if (Value* validation = spec->find("validation")) {
        rename(*validation, "caCertRefs", "caCertificateRefs");
        rename(*validation, "wellKnownCACerts", "wellKnownCACertificates");
    }
}

class GatewayMoves {
public:
    GatewayMoves(const model::CheckContext& context, std::vector<model::Diagnostic>& problems)
        : context_(context), problems_(problems)
    {
    }

    /// Releases 1.1 to 1.3 had these two experimental fields of v1 elsewhere.
    void run(Value& spec)
    {
        const model::Position at = spec.position();
        if (Value backend = take(spec, "backendTLS"); backend.isObject()) {
            note("spec.backendTLS", "spec.tls.backend", backend.position());
            member(spec, "tls", at).set("backend", std::move(backend));
        }
        Value* listeners = spec.find("listeners");
        Value::Array* items = listeners ? listeners->asArray() : nullptr;
        for (std::size_t i = 0; items && i < items->size(); ++i)
            moveFrontendValidation(spec, i);
    }

private:
    void moveFrontendValidation(Value& spec, std::size_t index)
    {
        Value& listener = (*spec.find("listeners")->asArray())[index];
        Value* tls = listener.find("tls");
        const Value* port = listener.find("port");
        if (!tls || !tls->isObject() || !port)
            return;
        Value validation = take(*tls, "frontendValidation");
        if (!validation.isObject())
            return;
        const model::Position at = validation.position();
        note("spec.listeners[" + std::to_string(index) + "].tls.frontendValidation", "spec.tls.frontend.perPort", at);
        Value entry = objectAt(at);
        entry.set("port", *port);
        member(entry, "tls", at).set("validation", std::move(validation));
        Value& frontend = member(member(spec, "tls", at), "frontend", at);
        member(frontend, "default", at);
        Value* perPort = frontend.find("perPort");
        if (!perPort || !perPort->isArray())
            perPort = &frontend.set("perPort", Value::array());
        const Value::Array& entries = *perPort->asArray();
        const bool taken = std::any_of(entries.begin(), entries.end(), [&](const Value& other) {
            const Value* otherPort = other.find("port");
            return otherPort && *otherPort == *entry.find("port");
        });
        if (!taken)
            perPort->push(std::move(entry));
    }

    void note(std::string from, const std::string& to, model::Position at)
    {
        model::Diagnostic problem;
        problem.severity = model::Severity::Warning;
        problem.code = "GH1302";
        problem.message = "the field has moved; it is read as " + to;
        problem.remedy = "write it as " + to;
        problem.location = {context_.file, at};
        problem.fieldPath = std::move(from);
        problem.object = context_.object;
        problems_.push_back(std::move(problem));
    }

    const model::CheckContext& context_;
    std::vector<model::Diagnostic>& problems_;
};

bool contains(const std::vector<std::string_view>& all, std::string_view one)
{
    return std::find(all.begin(), all.end(), one) != all.end();
}

} // namespace

GroupVersion splitApiVersion(std::string_view apiVersion)
{
    const std::size_t slash = apiVersion.find('/');
    if (slash == std::string_view::npos)
        return {{}, std::string(apiVersion)};
    return {std::string(apiVersion.substr(0, slash)), std::string(apiVersion.substr(slash + 1))};
}

std::string joinApiVersion(std::string_view group, std::string_view version)
{
    return group.empty() ? std::string(version) : std::string(group) + '/' + std::string(version);
}

KnownKind findKnownKind(const GroupVersion& apiVersion, std::string_view kind)
{
    if (apiVersion.group == experimentalGroup && kind == "XListenerSet")
        return {model::findKindSchema(model::gatewayGroup, "ListenerSet"), apiVersion.version, true};
    if (apiVersion.group == model::gatewayGroup && kind == "ReferencePolicy")
        return {model::findKindSchema(model::gatewayGroup, "ReferenceGrant"), apiVersion.version, true};
    return {model::findKindSchema(apiVersion.group, kind), apiVersion.version, false};
}

bool versionExists(const KnownKind& known)
{
    const bool ofSet = known.schema->kind == "ListenerSet";
    if (known.renamed) // XListenerSet and ReferencePolicy had one version each
        return known.version == (ofSet ? "v1alpha1" : "v1alpha2");
    if (ofSet && known.version == "v1alpha1")
        return false;
    return contains(known.schema->versions, known.version) || contains(known.schema->deprecated, known.version);
}

bool isDeprecated(const KnownKind& known)
{
    return known.renamed || contains(known.schema->deprecated, known.version);
}

void convert(const KnownKind& known, Value& object, const model::CheckContext& context,
             std::vector<model::Diagnostic>& problems)
{
    if (known.schema->kind == "BackendTLSPolicy" && known.version == "v1alpha2")
        convertBackendTlsPolicy(object);
    if (known.schema->kind == "Gateway")
        if (Value* spec = object.find("spec"); spec && spec->isObject())
            GatewayMoves(context, problems).run(*spec);
}

} // namespace gatehouse::importers

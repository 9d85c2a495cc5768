#include "importers/decode/object_pipeline.h"

#include "importers/decode/decode_context.h"
#include "importers/decode/versions.h"
#include "model/schema/nearest_name.h"

#include <algorithm>
#include <cctype>

namespace gatehouse::importers {
namespace {

using model::Diagnostic;
using model::Severity;
using model::Value;

constexpr const char* deprecatedVersionCode = "GH1301";
constexpr const char* unknownVersionCode = "GH1303";
constexpr const char* missingApiVersionCode = "GH1304";
constexpr const char* missingKindCode = "GH1305";
constexpr const char* noObjectCode = "GH1306";
constexpr const char* unknownKindCode = "GH1307";
constexpr const char* clusterScopedCode = "GH1308";
constexpr const char* notReadCode = "GH1401";
constexpr const char* notExecutedCode = "GH1402";

/// Releases before 0.5 lived in this group.
constexpr std::string_view firstGroup = "networking.x-k8s.io";

struct KindDecoder {
    std::string_view kind;
    Decoded (*decode)(const DecodeInput& input);
};

// Kind names are unique over the groups that we know.
constexpr KindDecoder decoders[] = {
    {"HTTPRoute", decodeHTTPRoute},
    {"Service", decodeService},
    {"Gateway", decodeGateway},
    {"GatewayClass", decodeGatewayClass},
    {"ListenerSet", decodeListenerSet},
    {"GRPCRoute", decodeGRPCRoute},
    {"TLSRoute", decodeL4Route},
    {"TCPRoute", decodeL4Route},
    {"UDPRoute", decodeL4Route},
    {"ReferenceGrant", decodeReferenceGrant},
    {"BackendTLSPolicy", decodeBackendTLSPolicy},
    {"Namespace", decodeNamespace},
    {"Endpoints", decodeEndpoints},
    {"EndpointSlice", decodeEndpointSlice},
    {"Secret", decodeSecret},
    {"ConfigMap", decodeConfigMap},
    {"Pod", decodePod},
    {"Deployment", decodeDeployment},
};

/// One object on its way through the pipeline.
class Pipeline {
public:
    Pipeline(Value object, const std::shared_ptr<const std::string>& file, std::vector<Diagnostic>& problems)
        : object_(std::move(object)), problems_(problems)
    {
        context_.file = file;
    }

    std::vector<DecodedObject> run();

private:
    bool readTypeMeta();
    std::vector<DecodedObject> decodeUnknown();
    std::vector<DecodedObject> finish(const model::KindSchema& schema, Decoded (*decode)(const DecodeInput&));
    bool checkVersion(const KnownKind& known);
    void setNamespace(bool namespaced);
    void nameObject(std::string_view group, std::string_view kind);
    Value takeStatus();
    void canonicalOrder(const std::string& apiVersion);
    [[nodiscard]] std::vector<std::string_view> kindsOfGroup() const;
    [[nodiscard]] bool looksLikePolicy() const;

    void report(Severity severity, const char* code, std::string fieldPath, model::Position at, std::string message,
                std::string remedy = {});
    [[nodiscard]] model::Position at(std::string_view memberName) const
    {
        const Value* found = object_.find(memberName);
        return found && found->position().known() ? found->position() : object_.position();
    }

    Value object_;
    std::vector<Diagnostic>& problems_;
    model::CheckContext context_;
    GroupVersion apiVersion_;
    std::string kind_;
};

std::vector<DecodedObject> failed()
{
    return {DecodedObject{}};
}

std::vector<DecodedObject> skipped()
{
    return {DecodedObject{nullptr, true}};
}

void Pipeline::report(Severity severity, const char* code, std::string fieldPath, model::Position at,
                      std::string message, std::string remedy)
{
    Diagnostic problem;
    problem.severity = severity;
    problem.code = code;
    problem.message = std::move(message);
    problem.remedy = std::move(remedy);
    problem.location = {context_.file, at};
    problem.fieldPath = std::move(fieldPath);
    if (!context_.object.kind.empty())
        problem.object = context_.object;
    problems_.push_back(std::move(problem));
}

std::vector<DecodedObject> Pipeline::run()
{
    if (!object_.isObject()) {
        report(Severity::Error, noObjectCode, {}, object_.position(),
               "a manifest is an object with apiVersion, kind and metadata, not a " +
                   std::string(toString(object_.kind())));
        return failed();
    }
    if (!readTypeMeta())
        return failed();
    const KnownKind known = findKnownKind(apiVersion_, kind_);
    if (!known.schema)
        return decodeUnknown();
    const auto* decoder = std::find_if(std::begin(decoders), std::end(decoders),
                                       [&](const KindDecoder& d) { return d.kind == known.schema->kind; });
    setNamespace(known.schema->namespaced);
    nameObject(known.schema->group, known.schema->kind);
    if (!checkVersion(known))
        return failed();
    convert(known, object_, context_, problems_);
    object_.set("kind", Value(known.schema->kind)).setPosition(at("kind"));
    if (known.version == "v1alpha2" && known.schema->oldRoot) {
        model::KindSchema old = *known.schema;
        old.root = old.oldRoot;
        return finish(old, decoder->decode);
    }
    return finish(*known.schema, decoder->decode);
}

/// apiVersion and kind; both are reported when both are missing.
bool Pipeline::readTypeMeta()
{
    const Value* version = object_.find("apiVersion");
    const Value* kind = object_.find("kind");
    kind_ = text(object_, "kind");
    context_.object.kind = kind_;
    nameObject({}, kind_);
    const std::string written = text(object_, "apiVersion");
    if (written.empty())
        report(Severity::Error, missingApiVersionCode, "apiVersion", at("apiVersion"),
               version && !version->isNull() ? "apiVersion is no text" : "apiVersion is missing",
               "write for example apiVersion: gateway.networking.k8s.io/v1");
    if (kind_.empty())
        report(Severity::Error, missingKindCode, "kind", at("kind"),
               kind && !kind->isNull() ? "kind is no text" : "kind is missing", "write for example kind: HTTPRoute");
    if (written.empty() || kind_.empty())
        return false;
    apiVersion_ = splitApiVersion(written);
    if (apiVersion_.version.empty() || apiVersion_.version.find('/') != std::string::npos) {
        report(Severity::Error, unknownVersionCode, "apiVersion", at("apiVersion"),
               '"' + written + "\" is no apiVersion", "write group/version, or v1 for core kinds");
        return false;
    }
    return true;
}

bool Pipeline::checkVersion(const KnownKind& known)
{
    const std::string canonical = joinApiVersion(known.schema->group, known.schema->versions.front());
    const std::string written = joinApiVersion(apiVersion_.group, known.version);
    if (!versionExists(known)) {
        std::string all = canonical;
        const auto add = [&](std::string_view version) {
            const std::string one = joinApiVersion(known.schema->group, version);
            if (all.find(one + ',') == std::string::npos && !all.ends_with(one))
                all += ", " + one;
        };
        for (const std::string_view version : known.schema->versions)
            add(version);
        if (known.schema->kind != "ListenerSet")
            for (const std::string_view version : known.schema->deprecated)
                add(version);
        report(Severity::Error, unknownVersionCode, "apiVersion", at("apiVersion"),
               kind_ + " never had the apiVersion " + written, "use one of " + all);
        return false;
    }
    if (!isDeprecated(known))
        return true;
    std::string message = kind_ + " of " + written + " is an old version; it is read as ";
    std::string remedy = "write apiVersion: " + canonical;
    if (known.renamed) {
        message += std::string(known.schema->kind) + " of ";
        remedy += " and kind: " + std::string(known.schema->kind);
    }
    report(Severity::Warning, deprecatedVersionCode, "apiVersion", at("apiVersion"), message + canonical,
           std::move(remedy));
    return true;
}

/// Namespaced objects without a namespace are in "default"; cluster-scoped ones have none.
void Pipeline::setNamespace(bool namespaced)
{
    Value* metadata = object_.find("metadata");
    Value::Object* members = metadata ? metadata->asObject() : nullptr;
    if (!members)
        return;
    const Value* written = metadata->find("namespace");
    const bool absent = !written || written->isNull() || (written->isString() && written->asString()->empty());
    if (namespaced && absent) {
        metadata->erase("namespace");
        Value value("default");
        value.setPosition(metadata->position());
        auto after =
            std::find_if(members->begin(), members->end(), [](const model::Member& m) { return m.name == "name"; });
        members->insert(after == members->end() ? after : after + 1, model::Member{"namespace", std::move(value), {}});
    } else if (!namespaced && written) {
        if (!absent)
            report(Severity::Warning, clusterScopedCode, "metadata.namespace", written->position(),
                   kind_ + " is in no namespace; the field is left out", "remove it");
        metadata->erase("namespace");
    }
}

void Pipeline::nameObject(std::string_view group, std::string_view kind)
{
    context_.object.group = group;
    context_.object.kind = kind;
    if (const Value* metadata = object_.find("metadata"))
        context_.object.name = {text(*metadata, "namespace"), text(*metadata, "name")};
}

Value Pipeline::takeStatus()
{
    Value* status = object_.find("status");
    Value taken = status ? std::move(*status) : Value();
    object_.erase("status");
    return taken;
}

/// apiVersion, kind and metadata first, as kubectl prints them; the rest as written.
void Pipeline::canonicalOrder(const std::string& apiVersion)
{
    object_.set("apiVersion", Value(apiVersion)).setPosition(at("apiVersion"));
    const auto rank = [](const model::Member& member) {
        constexpr std::string_view first[] = {"apiVersion", "kind", "metadata"};
        return std::find(std::begin(first), std::end(first), member.name) - std::begin(first);
    };
    Value::Object& members = *object_.asObject();
    std::stable_sort(members.begin(), members.end(),
                     [&](const model::Member& a, const model::Member& b) { return rank(a) < rank(b); });
}

std::vector<DecodedObject> Pipeline::finish(const model::KindSchema& schema, Decoded (*decode)(const DecodeInput&))
{
    DecodeInput input;
    input.status = takeStatus();
    const bool valid = validate(schema, object_, context_, problems_);
    // The rules look at whatever has the right shape, so that one run shows every problem.
    const std::size_t before = problems_.size();
    validateRules(schema, object_, context_, problems_);
    if (!valid || std::any_of(problems_.begin() + static_cast<std::ptrdiff_t>(before), problems_.end(),
                              [](const Diagnostic& p) { return p.severity == Severity::Error; }))
        return failed();
    input.apiVersion = schema.versions.empty() ? joinApiVersion(apiVersion_.group, apiVersion_.version)
                                               : joinApiVersion(schema.group, schema.versions.front());
    canonicalOrder(input.apiVersion);
    input.key = context_.object;
    input.source = {context_.file, object_.position()};
    object_.shrink();
    input.document = std::make_shared<const Value>(std::move(object_));
    std::vector<DecodedObject> all;
    for (auto& resource : decode(input))
        all.push_back({std::move(resource), false});
    return all;
}

std::vector<std::string_view> Pipeline::kindsOfGroup() const
{
    std::vector<std::string_view> kinds;
    for (const model::KindSchema& schema : model::kindSchemas())
        if (schema.group == apiVersion_.group)
            kinds.push_back(schema.kind);
    return kinds;
}

bool Pipeline::looksLikePolicy() const
{
    if (!kind_.ends_with("Policy") && !kind_.ends_with("Filter"))
        return false;
    const Value* spec = object_.find("spec");
    return spec && (spec->find("targetRef") || spec->find("targetRefs"));
}

/// A kind of no schema: kept when it is an implementation's route or policy, else skipped; a misspelled kind of a group
/// that we know is an error, as it would be in a cluster.
std::vector<DecodedObject> Pipeline::decodeUnknown()
{
    nameObject(apiVersion_.group, kind_);
    const bool ours = apiVersion_.group == model::gatewayGroup;
    const std::vector<std::string_view> siblings = kindsOfGroup();
    const std::string_view near = model::nearestName(kind_, siblings);
    const bool misspelled = near.size() == kind_.size() &&
                            std::equal(near.begin(), near.end(), kind_.begin(), [](unsigned char a, unsigned char b) {
                                return std::tolower(a) == std::tolower(b);
                            });
    if (misspelled || (ours && !looksLikePolicy())) {
        report(Severity::Error, unknownKindCode, "kind", at("kind"),
               joinApiVersion(apiVersion_.group, apiVersion_.version) + " has no kind " + kind_,
               near.empty() ? std::string() : "did you mean " + std::string(near) + '?');
        return failed();
    }
    if (apiVersion_.group == firstGroup) {
        report(Severity::Warning, notReadCode, "apiVersion", at("apiVersion"),
               "releases of the Gateway API before 0.5 are not read", "rewrite it for gateway.networking.k8s.io/v1");
        return skipped();
    }
    const bool kubernetes =
        apiVersion_.group.find('.') == std::string::npos || (apiVersion_.group.ends_with(".k8s.io") && !ours);
    if (apiVersion_.group == "gatehouse.dev" && kind_ == "GatewayTest") {
        context_.object = {}; // tests have no name of a resource
        report(Severity::Info, notReadCode, {}, object_.position(), "these are tests, which `gatehouse test` reads");
        return skipped();
    }
    if (!looksLikePolicy() && (kubernetes || !kind_.ends_with("Route"))) {
        report(Severity::Info, notReadCode, {}, object_.position(), "kind " + kind_ + " is not read");
        return skipped();
    }
    setNamespace(true);
    nameObject(apiVersion_.group, kind_);
    report(Severity::Info, notExecutedCode, {}, object_.position(), "kept and drawn, not executed");
    return finish(model::unknownKindSchema(), decodeOther);
}

} // namespace

std::vector<DecodedObject> decodeObject(Value object, const std::shared_ptr<const std::string>& file,
                                        std::vector<Diagnostic>& problems)
{
    return Pipeline(std::move(object), file, problems).run();
}

} // namespace gatehouse::importers

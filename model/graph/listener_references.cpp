// What listeners refer to: certificates, and the CA bundles that client certificates are checked against. The order of
// checks is the Gateway API's: what kind of object it is, whether a grant allows it, and only then whether it is there,
// so that no message tells a namespace what exists in another one.

#include "model/graph/conditions.h"
#include "model/graph/listener_kinds.h"
#include "model/graph/notes.h"
#include "model/graph/pem.h"
#include "model/graph/resolve_passes.h"

#include <map>

namespace gatehouse::model {
namespace {

struct Problem {
    std::string_view reason;
    std::string message;
    std::string remedy;
    std::string manifest = {}; ///< what to apply, for a note; "": nothing but the remedy helps

    [[nodiscard]] std::string noteRemedy() const { return manifest.empty() ? remedy : "apply " + manifest; }
};

std::string refName(const ObjectReference& ref, const std::string& home)
{
    return ref.kind + ' ' + ref.namespace_.value_or(home) + '/' + ref.name;
}

struct ReferenceRules {
    std::string_view kind;          ///< the only kind allowed, of the core group
    std::string_view kindReason;    ///< when it is another
    std::string_view contentReason; ///< when it is missing or no good
};

/// Kind and grant; what the object holds is for the caller. `from` is the object that has the reference.
std::optional<Problem> checkReference(ResolveContext& context, const Resource& from, const ObjectReference& ref,
                                      const ReferenceRules& rules)
{
    if (!ref.group.empty() || ref.kind != rules.kind)
        return Problem{rules.kindReason,
                       "refers to a " + ref.kind + (ref.group.empty() ? "" : " of group " + ref.group) + ", \"" +
                           ref.name + "\"",
                       "only a core " + std::string(rules.kind) + " is supported"};
    const std::string namespace_ = ref.namespace_.value_or(from.namespace_());
    const GrantQuery query{from.key.group, from.key.kind, from.namespace_(), ref.group, ref.kind, namespace_, ref.name};
    if (!context.grants.allows(query))
        return Problem{reason::refNotPermitted,
                       "refers to " + refName(ref, namespace_) + " in another namespace without a ReferenceGrant",
                       grantAdvice(query), grantManifest(query)};
    return std::nullopt;
}

struct CheckedSecret {
    const Secret* secret = nullptr; ///< set when usable
    std::optional<Problem> problem;
};

CheckedSecret checkSecret(ResolveContext& context, const Resource& from, const ObjectReference& ref,
                          const ReferenceRules& rules)
{
    if (auto problem = checkReference(context, from, ref, rules))
        return {nullptr, std::move(problem)};
    const ObjectName name{ref.namespace_.value_or(from.namespace_()), ref.name};
    const auto it = context.resources.secrets.find(name);
    if (it == context.resources.secrets.end())
        return {nullptr, Problem{rules.contentReason, "Secret " + toString(name) + " does not exist",
                                 "add a Secret of type kubernetes.io/tls"}};
    const std::string& problem = context.certificates.ofSecret(*it->second);
    if (!problem.empty())
        return {nullptr, Problem{rules.contentReason, "Secret " + toString(name) + ' ' + problem,
                                 "give it tls.crt and tls.key in PEM"}};
    return {it->second.get(), std::nullopt};
}

/// The verdict on one frontend validation, the same for every listener that it applies to.
struct CheckedValidation {
    std::vector<Problem> problems;
    bool noneValid = false;
};

CheckedValidation checkValidation(ResolveContext& context, const Gateway& gateway, const FrontendValidation& validation,
                                  const std::string& fieldPath)
{
    CheckedValidation result;
    for (std::size_t i = 0; i < validation.caCertificateRefs.size(); ++i) {
        const ObjectReference& ref = validation.caCertificateRefs[i];
        auto problem = checkReference(context, gateway, ref,
                                      {"ConfigMap", reason::invalidCACertificateKind, reason::invalidCACertificateRef});
        const ObjectName name{ref.namespace_.value_or(gateway.namespace_()), ref.name};
        if (!problem) {
            const auto it = context.resources.configMaps.find(name);
            const std::string text = it == context.resources.configMaps.end()
                                         ? "does not exist"
                                         : context.certificates.ofCaBundle(*it->second);
            if (!text.empty())
                problem = Problem{reason::invalidCACertificateRef, "ConfigMap " + toString(name) + ' ' + text,
                                  "give it the key ca.crt with certificates in PEM"};
        }
        if (!problem)
            continue;
        warn(context.graph, {gateway, fieldPath + ".caCertificateRefs[" + std::to_string(i) + ']', ref.position},
             {problem->reason == reason::refNotPermitted ? note::missingGrant : note::certificateUnusable,
              problem->message, problem->noteRemedy()});
        result.problems.push_back(std::move(*problem));
    }
    result.noneValid = result.problems.size() == validation.caCertificateRefs.size();
    return result;
}

/// A Gateway's frontend validation by port; an entry of a port replaces the default, also when it asks for nothing.
class FrontendValidations {
public:
    FrontendValidations(ResolveContext& context, const Gateway& gateway)
    {
        if (gateway.frontendDefault)
            default_ =
                checkValidation(context, gateway, *gateway.frontendDefault, "spec.tls.frontend.default.validation");
        for (std::size_t i = 0; i < gateway.frontendPerPort.size(); ++i) {
            const FrontendTlsPort& entry = gateway.frontendPerPort[i];
            const std::string path = "spec.tls.frontend.perPort[" + std::to_string(i) + "].tls.validation";
            byPort_[entry.port] =
                entry.validation ? checkValidation(context, gateway, *entry.validation, path) : CheckedValidation{};
        }
    }

    [[nodiscard]] const CheckedValidation& of(std::uint16_t port) const
    {
        const auto it = byPort_.find(port);
        return it == byPort_.end() ? default_ : it->second;
    }

private:
    CheckedValidation default_;
    std::map<std::uint16_t, CheckedValidation> byPort_;
};

void addProblems(Condition& resolvedRefs, const std::vector<Problem>& problems)
{
    for (const Problem& problem : problems) {
        const std::string text = problem.message + "; " + problem.remedy;
        if (resolvedRefs.status == ConditionStatus::True)
            resolvedRefs = condition::unresolvedRefs(problem.reason, text);
        else
            resolvedRefs.message += "; " + text;
    }
}

std::vector<Problem> resolveCertificates(ResolveContext& context, ListenerNode& node)
{
    std::vector<Problem> problems;
    if (!node.resource->tls)
        return problems;
    const Resource& owner = ownerOf(context.graph, node);
    const auto& refs = node.resource->tls->certificateRefs;
    for (std::size_t i = 0; i < refs.size(); ++i) {
        CheckedSecret checked = checkSecret(context, owner, refs[i],
                                            {"Secret", reason::invalidCertificateRef, reason::invalidCertificateRef});
        if (!checked.problem) {
            node.certificates.push_back(checked.secret);
            continue;
        }
        const std::string path = fieldPathOf(context.graph, node) + ".tls.certificateRefs[" + std::to_string(i) + ']';
        warn(context.graph, {owner, path, refs[i].position},
             {checked.problem->reason == reason::refNotPermitted ? note::missingGrant : note::certificateUnusable,
              checked.problem->message, checked.problem->noteRemedy()});
        problems.push_back(std::move(*checked.problem));
    }
    return problems;
}

void standIn(ResolveContext& context, ListenerNode& node)
{
    node.developmentCertificate = context.options.developmentCertificates && node.certificates.empty();
    if (!node.developmentCertificate)
        return;
    const Position position = node.resource->tls ? node.resource->tls->position : node.resource->position;
    inform(context.graph, {ownerOf(context.graph, node), fieldPathOf(context.graph, node) + ".tls", position},
           {note::developmentCertificate, describe(context.graph, node) + " shows a development certificate instead",
            "clients trust it with the CA that `gatehouse ca export` prints"});
}

void applyValidation(ListenerNode& node, const CheckedValidation& validation)
{
    // What the Gateway refers to is not the business of those who own a ListenerSet: no names there.
    std::vector<Problem> problems = validation.problems;
    if (node.listenerSet)
        for (Problem& problem : problems)
            problem = {problem.reason, "a CA certificate reference of the Gateway's frontend validation is not valid",
                       "ask the owner of the Gateway"};
    addProblems(node.conditions[1], problems);
    if (problems.empty() || !validation.noneValid || !node.accepted)
        return;
    node.accepted = false;
    node.conditions[0] = condition::notAccepted(
        reason::noValidCACertificate,
        "client certificates are to be checked, but no CA certificate reference is valid: " + problems.front().message);
}

void resolveClientCertificate(ResolveContext& context, GatewayNode& node)
{
    node.conditions.push_back(condition::resolvedRefs());
    if (!node.resource->backendClientCertificateRef)
        return;
    const ObjectReference& ref = *node.resource->backendClientCertificateRef;
    const CheckedSecret checked =
        checkSecret(context, *node.resource, ref,
                    {"Secret", reason::invalidClientCertificateRef, reason::invalidClientCertificateRef});
    if (!checked.problem) {
        node.backendClientCertificate = checked.secret;
        return;
    }
    warn(context.graph, {*node.resource, "spec.tls.backend.clientCertificateRef", ref.position},
         {checked.problem->reason == reason::refNotPermitted ? note::missingGrant : note::certificateUnusable,
          checked.problem->message, checked.problem->noteRemedy()});
    addProblems(node.conditions.back(), {*checked.problem});
}

} // namespace

const std::string& CertificateChecks::ofSecret(const Secret& secret)
{
    const auto [it, isNew] = problems_.try_emplace(&secret);
    if (!isNew)
        return it->second;
    if (secret.type != "kubernetes.io/tls")
        return it->second = "has type " + (secret.type.empty() ? "Opaque" : secret.type) + ", not kubernetes.io/tls";
    const auto check = [&](const char* key, std::string (*checkPem)(std::string_view)) {
        const auto data = secret.data.find(key);
        const std::string problem = data == secret.data.end() ? "is missing" : checkPem(data->second);
        return problem.empty() ? problem : std::string("is not usable: ") + key + ' ' + problem;
    };
    it->second = check("tls.crt", checkCertificates);
    if (it->second.empty())
        it->second = check("tls.key", checkPrivateKey);
    return it->second;
}

const std::string& CertificateChecks::ofCaBundle(const ConfigMap& configMap)
{
    const auto [it, isNew] = problems_.try_emplace(&configMap);
    if (!isNew)
        return it->second;
    const auto text = configMap.data.find("ca.crt");
    const auto binary = configMap.binaryData.find("ca.crt");
    if (text == configMap.data.end() && binary == configMap.binaryData.end())
        return it->second = "has no key ca.crt";
    const std::string problem = checkCertificates(text != configMap.data.end() ? text->second : binary->second);
    if (!problem.empty())
        it->second = "is not usable: ca.crt " + problem;
    return it->second;
}

void resolveListenerReferences(ResolveContext& context)
{
    for (GatewayNode& gateway : context.graph.gateways) {
        const FrontendValidations validations(context, *gateway.resource);
        for (const ListenerIndex index : gateway.listeners) {
            ListenerNode& node = context.graph.listeners[index.value];
            const ProtocolRow* row = protocolRow(*node.resource);
            if (!row || !row->terminatesTls)
                continue;
            addProblems(node.conditions[1], resolveCertificates(context, node));
            standIn(context, node);
            // Frontend validation is for HTTPS alone: Gateway API, FrontendTLSConfig.
            if (row->protocol == Protocol::HTTPS)
                applyValidation(node, validations.of(node.resource->port));
        }
        resolveClientCertificate(context, gateway);
    }
}

} // namespace gatehouse::model

#include "engine/routing/backend_policies.h"

#include "engine/routing/ca_bundle.h"

namespace gatehouse::routing {

BackendPolicies::BackendPolicies(const model::Graph& graph) : graph_(graph)
{
    if (!graph.resources)
        return;
    for (const auto& [name, policy] : graph.resources->backendTLSPolicies)
        for (const model::PolicyTargetReference& target : policy->targetRefs)
            if (target.group.empty() && target.kind == "Service")
                byService_[{name.namespace_, target.name}].push_back({policy.get(), &target});
}

const model::BackendTLSPolicy* BackendPolicies::of(const model::Service& service, const model::ServicePort& port) const
{
    const auto found = byService_.find(service.key.name);
    if (found == byService_.end())
        return nullptr;
    const Covering* best = nullptr;
    for (const Covering& each : found->second) {
        const auto& section = each.target->sectionName;
        if (section && *section != port.name)
            continue;
        const bool named = section.has_value(), bestNamed = best && best->target->sectionName.has_value();
        if (!best || (named && !bestNamed) || (named == bestNamed && model::isOlder(*each.policy, *best->policy)))
            best = &each;
    }
    return best ? best->policy : nullptr;
}

void BackendPolicies::apply(const model::BackendTLSPolicy& policy, Cluster& cluster) const
{
    const std::string name = "BackendTLSPolicy " + toString(policy.key.name);
    BackendTls tls;
    tls.hostname = policy.hostname;
    tls.subjectAltNames = policy.subjectAltNames;
    for (const model::ObjectReference& ref : policy.caCertificateRefs) {
        if (const std::string* text = caBundleOf(*graph_.resources, ref, policy.namespace_()))
            tls.caCertificates.push_back(text);
    }
    if (policy.caCertificateRefs.empty() && policy.wellKnownCACertificates != "System")
        cluster.refusal = name + " asks for CA certificates that are not known: " + policy.wellKnownCACertificates;
    else if (!policy.caCertificateRefs.empty() && tls.caCertificates.empty())
        cluster.refusal = name + " has no CA certificate to check the backend with";
    cluster.tls = std::move(tls);
}

} // namespace gatehouse::routing

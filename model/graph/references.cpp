#include "model/graph/references.h"

#include "model/graph/reference_grants.h"

#include <unordered_set>

namespace gatehouse::model {
namespace {

std::string at(std::string_view list, std::size_t index)
{
    return std::string(list) + '[' + std::to_string(index) + ']';
}

bool wantsGrant(ReferenceRole role)
{
    switch (role) {
    case ReferenceRole::Backend:
    case ReferenceRole::Mirror:
    case ReferenceRole::Auth:
    case ReferenceRole::Certificate:
    case ReferenceRole::ClientCertificate:
    case ReferenceRole::CaCertificate:
        return true;
    case ReferenceRole::Class:
    case ReferenceRole::Parent: // the listener's allowedRoutes decide
    case ReferenceRole::Filter:
    case ReferenceRole::Parameters:
    case ReferenceRole::Target:
    case ReferenceRole::Endpoints:
        return false;
    }
    return false;
}

class Collector {
public:
    explicit Collector(const ResourceSet& resources) : resources_(resources)
    {
        resources.forEach([this](const Resource& resource) { known_.insert(resource.key); });
    }

    std::vector<Reference> collect() &&
    {
        for (const auto& [name, resource] : resources_.gatewayClasses)
            ofClass(*resource);
        for (const auto& [name, resource] : resources_.gateways)
            ofGateway(*resource);
        for (const auto& [name, resource] : resources_.listenerSets) {
            from_ = resource.get();
            add(ReferenceRole::Parent, resource->parentRef, "spec.parentRef");
            ofListeners(resource->listeners);
        }
        for (const Route* route : resources_.routes())
            ofRoute(*route);
        for (const auto& [name, resource] : resources_.backendTLSPolicies)
            ofPolicy(*resource);
        for (const auto& [name, resource] : resources_.endpointSlices)
            ofSlice(*resource);
        for (const auto& [key, resource] : resources_.others) {
            from_ = resource.get();
            parents(resource->parentRefs);
            targets(resource->targetRefs);
        }
        return std::move(found_);
    }

private:
    void put(ReferenceRole role, ObjectKey to, std::string fieldPath, Position position)
    {
        if (to.name.name.empty())
            return;
        Reference& reference = found_.emplace_back();
        reference.role = role;
        reference.from = from_->key;
        reference.exists = known_.contains(to);
        reference.fieldPath = std::move(fieldPath);
        reference.location = from_->at(position.known() ? position : from_->source.position);
        if (wantsGrant(role) && to.name.namespace_ != from_->namespace_()) {
            reference.needsGrant = true;
            const GrantQuery query{from_->key.group, from_->key.kind,    from_->namespace_(), to.group,
                                   to.kind,          to.name.namespace_, to.name.name};
            if (const ReferenceGrant* grant = grantFor(resources_, query))
                reference.grant = grant->key;
        }
        reference.to = std::move(to);
    }

    /// Of ParentReference, BackendObjectReference and ObjectReference alike.
    template <class Ref>
    void add(ReferenceRole role, const Ref& ref, std::string fieldPath)
    {
        put(role, {ref.group, ref.kind, {ref.namespace_.value_or(from_->namespace_()), ref.name}}, std::move(fieldPath),
            ref.position);
    }

    void parents(const std::vector<ParentReference>& refs)
    {
        for (std::size_t i = 0; i < refs.size(); ++i)
            add(ReferenceRole::Parent, refs[i], at("spec.parentRefs", i));
    }

    void targets(const std::vector<PolicyTargetReference>& refs)
    {
        for (std::size_t i = 0; i < refs.size(); ++i)
            put(ReferenceRole::Target, {refs[i].group, refs[i].kind, {from_->namespace_(), refs[i].name}},
                at("spec.targetRefs", i), refs[i].position);
    }

    void ofClass(const GatewayClass& resource)
    {
        from_ = &resource;
        if (resource.parametersRef)
            add(ReferenceRole::Parameters, *resource.parametersRef, "spec.parametersRef");
    }

    void ofListeners(const std::vector<Listener>& listeners)
    {
        for (std::size_t l = 0; l < listeners.size(); ++l) {
            if (!listeners[l].tls)
                continue;
            const auto& refs = listeners[l].tls->certificateRefs;
            for (std::size_t i = 0; i < refs.size(); ++i)
                add(ReferenceRole::Certificate, refs[i], at("spec.listeners", l) + at(".tls.certificateRefs", i));
        }
    }

    void ofValidation(const FrontendValidation& validation, const std::string& path)
    {
        for (std::size_t i = 0; i < validation.caCertificateRefs.size(); ++i)
            add(ReferenceRole::CaCertificate, validation.caCertificateRefs[i],
                path + at(".validation.caCertificateRefs", i));
    }

    void ofGateway(const Gateway& resource)
    {
        from_ = &resource;
        put(ReferenceRole::Class, {std::string(gatewayGroup), "GatewayClass", {{}, resource.gatewayClassName}},
            "spec.gatewayClassName", {});
        if (resource.parametersRef)
            add(ReferenceRole::Parameters, *resource.parametersRef, "spec.infrastructure.parametersRef");
        ofListeners(resource.listeners);
        if (resource.backendClientCertificateRef)
            add(ReferenceRole::ClientCertificate, *resource.backendClientCertificateRef,
                "spec.tls.backend.clientCertificateRef");
        if (resource.frontendDefault)
            ofValidation(*resource.frontendDefault, "spec.tls.frontend.default");
        for (std::size_t i = 0; i < resource.frontendPerPort.size(); ++i)
            if (resource.frontendPerPort[i].validation)
                ofValidation(*resource.frontendPerPort[i].validation, at("spec.tls.frontend.perPort", i) + ".tls");
    }

    void ofFilters(const std::vector<HTTPRouteFilter>& filters, const std::string& path)
    {
        for (std::size_t f = 0; f < filters.size(); ++f) {
            const std::string place = path + at(".filters", f);
            if (const auto* mirror = std::get_if<RequestMirror>(&filters[f]))
                add(ReferenceRole::Mirror, mirror->backendRef, place + ".requestMirror.backendRef");
            else if (const auto* auth = std::get_if<ExternalAuth>(&filters[f]))
                add(ReferenceRole::Auth, auth->backendRef, place + ".externalAuth.backendRef");
            else if (const auto* extension = std::get_if<ExtensionRef>(&filters[f]))
                add(ReferenceRole::Filter, extension->ref, place + ".extensionRef");
        }
    }

    void ofRoute(const Route& route)
    {
        from_ = &route;
        parents(route.parentRefs);
        for (std::size_t r = 0; r < route.ruleCount(); ++r) {
            const std::string rule = at("spec.rules", r);
            ofFilters(route.filters(r), rule);
            const auto& backends = route.backendRefs(r);
            for (std::size_t b = 0; b < backends.size(); ++b) {
                add(ReferenceRole::Backend, backends[b].ref, rule + at(".backendRefs", b));
                ofFilters(backends[b].filters, rule + at(".backendRefs", b));
            }
        }
    }

    void ofPolicy(const BackendTLSPolicy& policy)
    {
        from_ = &policy;
        targets(policy.targetRefs);
        for (std::size_t i = 0; i < policy.caCertificateRefs.size(); ++i)
            add(ReferenceRole::CaCertificate, policy.caCertificateRefs[i], at("spec.validation.caCertificateRefs", i));
    }

    void ofSlice(const EndpointSlice& slice)
    {
        from_ = &slice;
        put(ReferenceRole::Endpoints, {{}, "Service", {slice.namespace_(), slice.serviceName}}, "metadata.labels", {});
    }

    const ResourceSet& resources_;
    std::unordered_set<ObjectKey> known_;
    const Resource* from_ = nullptr;
    std::vector<Reference> found_;
};

} // namespace

std::vector<Reference> references(const ResourceSet& resources)
{
    return Collector(resources).collect();
}

} // namespace gatehouse::model

// BackendTLSPolicies: whom each covers, which of several wins, and the Gateways that it reports on.

#include "model/graph/conditions.h"
#include "model/graph/notes.h"
#include "model/graph/resolve_passes.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace gatehouse::model {
namespace {

/// Policy and ancestors are limited to what a status can hold: PolicyStatus.ancestors.
constexpr std::size_t maxAncestors = 16;

/// Which Gateways lead to a Service, and through which of its ports.
using Reach = std::map<GatewayIndex, std::set<std::string>>;

bool targetsService(const PolicyTargetReference& target)
{
    return target.group.empty() && target.kind == "Service";
}

std::unordered_map<ObjectName, Reach> findReach(const ResolveContext& context)
{
    const Graph& graph = context.graph;
    std::unordered_map<ObjectName, Reach> reach;
    for (const auto& [name, policy] : context.resources.backendTLSPolicies)
        for (const PolicyTargetReference& target : policy->targetRefs)
            if (targetsService(target))
                reach.try_emplace(ObjectName{name.namespace_, target.name});
    if (reach.empty())
        return reach;
    const auto record = [&](const RouteNode& node, const BackendObjectReference& ref, const ResolvedBackend& backend) {
        // A Service that is missing is a target that is missing; one without a grant is nobody's business.
        if (backend.outcome == BackendOutcome::InvalidKind || backend.outcome == BackendOutcome::RefNotPermitted)
            return;
        const auto it = reach.find(ObjectName{ref.namespace_.value_or(node.resource->namespace_()), ref.name});
        if (it == reach.end())
            return;
        for (const ParentNode& parent : node.parents)
            if (parent.accepted)
                it->second[parent.gateway].insert(backend.port ? backend.port->name : std::string());
    };
    for (const RouteNode& node : graph.routes)
        for (const RuleNode& rule : node.rules) {
            for (const ResolvedBackend& backend : rule.backends)
                record(node, backend.ref->ref, backend);
            for (const ResolvedMirror& mirror : rule.mirrors)
                record(node, mirror.mirror->backendRef, mirror.backend);
        }
    return reach;
}

/// Service, and section of it ("" = the whole): policies on the same one exclude each other.
using TargetKey = std::pair<ObjectName, std::string>;

TargetKey keyOf(const BackendTLSPolicy& policy, const PolicyTargetReference& target)
{
    return {ObjectName{policy.namespace_(), target.name}, target.sectionName.value_or("")};
}

std::map<TargetKey, const BackendTLSPolicy*> findWinners(const ResourceSet& resources)
{
    std::map<TargetKey, const BackendTLSPolicy*> winners;
    for (const auto& [name, policy] : resources.backendTLSPolicies)
        for (const PolicyTargetReference& target : policy->targetRefs) {
            if (!targetsService(target))
                continue;
            const auto [it, isFirst] = winners.try_emplace(keyOf(*policy, target), policy.get());
            if (!isFirst && isOlder(*policy, *it->second))
                it->second = policy.get();
        }
    return winners;
}

/// A policy's own validity, which is the same on every ancestor.
struct Validity {
    Condition accepted = condition::accepted("policy");
    Condition resolvedRefs = condition::resolvedRefs();
};

class PolicyJudge {
public:
    PolicyJudge(ResolveContext& context, const BackendTLSPolicy& policy) : context_(context), policy_(policy) {}

    Validity judgeAlone()
    {
        Validity validity;
        std::size_t invalid = 0;
        for (std::size_t i = 0; i < policy_.caCertificateRefs.size(); ++i) {
            const ObjectReference& ref = policy_.caCertificateRefs[i];
            const auto [reason, message] = checkCa(ref);
            if (message.empty())
                continue;
            ++invalid;
            warn(
                context_.graph, {policy_, "spec.validation.caCertificateRefs[" + std::to_string(i) + ']', ref.position},
                {note::certificateUnusable, message, "name a ConfigMap of this namespace with certificates in ca.crt"});
            if (validity.resolvedRefs.status == ConditionStatus::True)
                validity.resolvedRefs = condition::unresolvedRefs(reason, message);
            else
                validity.resolvedRefs.message += "; " + message;
        }
        const std::string& wellKnown = policy_.wellKnownCACertificates;
        if (!wellKnown.empty() && wellKnown != "System")
            validity.accepted = refuse(reason::invalid, "spec.validation.wellKnownCACertificates",
                                       "wellKnownCACertificates " + wellKnown + " is not supported; use System");
        else if (invalid > 0 && invalid == policy_.caCertificateRefs.size())
            validity.accepted = condition::notAccepted(
                reason::noValidCACertificate, "no CA certificate reference is valid: " + validity.resolvedRefs.message);
        return validity;
    }

    /// What is wrong with one target; nullopt: nothing. `winner` holds the target.
    std::optional<Condition> judgeTarget(std::size_t index, const BackendTLSPolicy& winner)
    {
        const PolicyTargetReference& target = policy_.targetRefs[index];
        const std::string path = "spec.targetRefs[" + std::to_string(index) + ']';
        const ObjectName name{policy_.namespace_(), target.name};
        const auto service = context_.resources.services.find(name);
        if (service == context_.resources.services.end())
            return refuse(reason::targetNotFound, path, "Service " + toString(name) + " does not exist");
        const auto& ports = service->second->ports;
        if (target.sectionName && std::none_of(ports.begin(), ports.end(),
                                               [&](const ServicePort& p) { return p.name == *target.sectionName; }))
            return refuse(reason::targetNotFound, path,
                          "Service " + toString(name) + " has no port named " + *target.sectionName);
        if (&winner != &policy_)
            return refuse(reason::conflicted, path,
                          toString(winner.key) + " is older and has the same target; remove one of the two");
        return std::nullopt;
    }

    /// A target that is no Service covers nothing, so no Gateway can show it: the note is all there is.
    void noteForeignTarget(std::size_t index)
    {
        const PolicyTargetReference& target = policy_.targetRefs[index];
        warn(context_.graph, {policy_, "spec.targetRefs[" + std::to_string(index) + ']', target.position},
             {note::policyRefused, "targets of kind " + target.kind + " are not supported", "target a core Service"});
    }

private:
    Condition refuse(std::string_view reason, std::string path, const std::string& message)
    {
        warn(context_.graph, {policy_, std::move(path), {}},
             {note::policyRefused, std::string(reason) + ": " + message, {}});
        return condition::notAccepted(reason, message);
    }

    [[nodiscard]] std::pair<std::string_view, std::string> checkCa(const ObjectReference& ref)
    {
        if (!ref.group.empty() || ref.kind != "ConfigMap")
            return {reason::invalidKind,
                    "CA certificates of kind " + ref.kind + " are not supported, only a core ConfigMap"};
        const ObjectName name{policy_.namespace_(), ref.name};
        const auto it = context_.resources.configMaps.find(name);
        const std::string problem = it == context_.resources.configMaps.end()
                                        ? "does not exist"
                                        : context_.certificates.ofCaBundle(*it->second);
        return {reason::invalidCACertificateRef,
                problem.empty() ? problem : "ConfigMap " + toString(name) + ' ' + problem};
    }

    ResolveContext& context_;
    const BackendTLSPolicy& policy_;
};

} // namespace

bool concernsPolicies(const ResourceSet& resources, const RouteNode& node)
{
    const auto isTarget = [&](const BackendObjectReference& ref) {
        const std::string& namespace_ = ref.namespace_ ? *ref.namespace_ : node.resource->namespace_();
        auto policy = resources.backendTLSPolicies.lower_bound(ObjectName{namespace_, {}});
        for (; policy != resources.backendTLSPolicies.end() && policy->first.namespace_ == namespace_; ++policy)
            for (const PolicyTargetReference& target : policy->second->targetRefs)
                if (targetsService(target) && target.name == ref.name)
                    return true;
        return false;
    };
    return std::any_of(node.rules.begin(), node.rules.end(), [&](const RuleNode& rule) {
        return std::any_of(rule.backends.begin(), rule.backends.end(),
                           [&](const ResolvedBackend& backend) { return isTarget(backend.ref->ref); }) ||
               std::any_of(rule.mirrors.begin(), rule.mirrors.end(),
                           [&](const ResolvedMirror& mirror) { return isTarget(mirror.mirror->backendRef); });
    });
}

void resolvePolicies(ResolveContext& context)
{
    const auto reach = findReach(context);
    const auto winners = findWinners(context.resources);
    for (const auto& [name, policy] : context.resources.backendTLSPolicies) {
        BackendTLSPolicyNode& node = context.graph.backendTLSPolicies.emplace_back();
        node.resource = policy.get();
        PolicyJudge judge(context, *policy);
        const Validity validity = judge.judgeAlone();

        // For each Gateway, the verdicts on the targets that it leads to.
        std::map<GatewayIndex, std::vector<std::optional<Condition>>> verdicts;
        for (std::size_t t = 0; t < policy->targetRefs.size(); ++t) {
            const PolicyTargetReference& target = policy->targetRefs[t];
            if (!targetsService(target)) {
                judge.noteForeignTarget(t);
                continue;
            }
            const TargetKey key = keyOf(*policy, target);
            const std::optional<Condition> verdict = judge.judgeTarget(t, *winners.at(key));
            const bool targetIsMissing = verdict && verdict->reason == reason::targetNotFound;
            for (const auto& [gateway, ports] : reach.at(key.first))
                if (!target.sectionName || targetIsMissing || ports.contains(*target.sectionName))
                    verdicts[gateway].push_back(verdict);
        }
        for (const auto& [gateway, targets] : verdicts) {
            if (node.ancestors.size() == maxAncestors)
                break;
            // A target that is left makes the policy count; else the first one's reason is told.
            const bool anyGood = std::any_of(targets.begin(), targets.end(), [](const auto& v) { return !v; });
            node.ancestors.push_back(
                {gateway, {anyGood ? validity.accepted : *targets.front(), validity.resolvedRefs}});
        }
    }
}

void noteOtherResources(ResolveContext& context)
{
    for (const auto& [key, other] : context.resources.others)
        inform(context.graph, {*other, {}, {}},
               {note::notExecuted,
                key.kind + " of group " + key.group + " is implementation-specific: it is drawn, but not executed",
                {}});
}

} // namespace gatehouse::model

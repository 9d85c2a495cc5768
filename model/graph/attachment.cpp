// Which listeners take which routes: one algorithm for all route kinds. Each parentRef is judged alone, and only the
// listeners of the object that it names take part: a reference to a Gateway never reaches the listeners of its
// ListenerSets, nor the reverse (GEP-1713).

#include "model/graph/conditions.h"
#include "model/graph/hostname_intersection.h"
#include "model/graph/mending.h"
#include "model/graph/notes.h"
#include "model/graph/resolve_passes.h"

#include <algorithm>
#include <utility>

namespace gatehouse::model {
namespace {

/// How far a route came with a listener. Later ones are better; the best of all listeners gives the reason.
enum class Stage : std::uint8_t { Selected, Allowed, Attached };

struct Refusal {
    std::string_view reason;
    std::string problem;
    std::string remedy;
};

std::string joined(const std::vector<Hostname>& hostnames)
{
    std::string text;
    for (const Hostname& hostname : hostnames)
        text += (text.empty() ? "" : ", ") + hostname.text();
    return text;
}

/// Why one listener refused.
struct Line {
    std::string_view reason;
    std::string problem, remedy;

    [[nodiscard]] std::string whole() const { return problem + "; " + remedy; }
};

/// One parentRef of one route on its way to listeners.
class ParentJudge {
public:
    ParentJudge(ResolveContext& context, const Route& route, std::size_t index, ParentNode& parent)
        : context_(context), graph_(context.graph), route_(route), index_(index), ref_(route.parentRefs[index]),
          parent_(parent)
    {
    }

    void judge()
    {
        parent_.ref = &ref_;
        if (!findParent())
            return;
        const ListenerSetNode* set = parent_.listenerSet ? &graph_[*parent_.listenerSet] : nullptr;
        if (set && !set->allowed) {
            refuse({reason::notAllowedByListeners,
                    toString(set->resource->key) + " is not allowed by " + toString(graph_[set->gateway].resource->key),
                    "let spec.allowedListeners of the Gateway select its namespace"});
            return;
        }
        bool selected = false;
        Stage best = Stage::Selected;
        for (const ListenerIndex index : set ? set->listeners : graph_[parent_.gateway].listeners) {
            const ListenerNode& listener = graph_[index];
            if (!set && listener.listenerSet)
                break; // the Gateway's own listeners come first
            if (!isSelected(*listener.resource))
                continue;
            selected = true;
            best = std::max(best, offer(index, listener));
        }
        if (!selected)
            refuse({reason::noMatchingParent, noListenerText(set), noListenerAdvice()}, mend());
        else if (best != Stage::Attached)
            refuseBy(best == Stage::Allowed ? reason::noMatchingListenerHostname : reason::notAllowedByListeners);
        else
            for (const Line& line : lines_) // accepted, but not by these
                parent_.refusals.push_back(std::string(line.reason) + ": " + line.whole());
    }

private:
    [[nodiscard]] NotePlace place() const
    {
        return {route_, "spec.parentRefs[" + std::to_string(index_) + ']', ref_.position};
    }

    /// Fills in whose listeners the reference means; false when they are not ours, which is only noted.
    bool findParent()
    {
        const ObjectName name{ref_.namespace_.value_or(route_.namespace_()), ref_.name};
        const bool isGateway = ref_.group == gatewayGroup && ref_.kind == "Gateway";
        const bool isSet = ref_.group == gatewayGroup && ref_.kind == "ListenerSet";
        if (!isGateway && !isSet) {
            inform(graph_, place(),
                   {note::parentKindUnknown, "parents of kind " + ref_.kind + " are not played by Gatehouse", {}});
            return false;
        }
        if (isGateway) {
            if (const auto it = context_.gateways.find(name); it != context_.gateways.end())
                parent_.gateway = it->second;
        } else if (const auto it = context_.listenerSets.find(name); it != context_.listenerSets.end()) {
            parent_.listenerSet = it->second;
            parent_.gateway = graph_[it->second].gateway;
        }
        parent_.ours = parent_.gateway.valid();
        if (parent_.ours)
            return true;
        const bool exists =
            isGateway ? context_.resources.gateways.contains(name) : context_.resources.listenerSets.contains(name);
        if (exists)
            inform(graph_, place(),
                   {note::parentNotOurs, ref_.kind + ' ' + toString(name) + " is played by another controller", {}});
        else
            warn(graph_, place(),
                 {note::parentNotFound, ref_.kind + ' ' + toString(name) + " does not exist",
                  missingParentAdvice(context_.resources, ref_, name, place().fieldPath)});
        return false;
    }

    [[nodiscard]] bool isSelected(const Listener& listener) const
    {
        return (!ref_.sectionName || listener.name == *ref_.sectionName) && (!ref_.port || listener.port == *ref_.port);
    }

    /// Tries one listener; attaches, or leaves a line that says why not.
    Stage offer(ListenerIndex index, const ListenerNode& listener)
    {
        const RouteKindInfo& kind = routeKindInfo(route_.kind);
        const bool takesKind =
            std::any_of(listener.supportedKinds.begin(), listener.supportedKinds.end(),
                        [&](const RouteGroupKind& k) { return k.kind == kind.name && k.group == kind.group; });
        if (!takesKind) {
            addLine(listener, {reason::notAllowedByListeners, kindText(listener), kindAdvice(listener)});
            return Stage::Selected;
        }
        const Resource& owner = ownerOf(graph_, listener);
        const NamespaceSelection& selection = listener.resource->allowedNamespaces;
        if (!context_.namespaces.selects(selection, owner.namespace_(), route_.namespace_())) {
            const std::string path = fieldPathOf(graph_, listener) + ".allowedRoutes.namespaces";
            addLine(listener,
                    {reason::notAllowedByListeners, "routes from namespace " + route_.namespace_() + " are not allowed",
                     selectionAdvice(selection, path, route_.namespace_()) + " in " + toString(owner.key)});
            return Stage::Selected;
        }
        Attachment attachment{index, {}};
        if (kind.hasHostnames) {
            auto hostnames = effectiveHostnames(listener.resource->hostname, route_.hostnames);
            if (!hostnames) {
                addLine(listener, {reason::noMatchingListenerHostname,
                                   "spec.hostnames (" + joined(route_.hostnames) + ") and the listener's hostname " +
                                       listener.resource->hostname->text() + " have no host in common",
                                   "change spec.hostnames, or " + fieldPathOf(graph_, listener) + ".hostname in " +
                                       toString(owner.key)});
                return Stage::Allowed;
            }
            attachment.hostnames = std::move(*hostnames);
        }
        parent_.attachments.push_back(std::move(attachment));
        return Stage::Attached;
    }

    [[nodiscard]] std::string kindText(const ListenerNode& listener) const
    {
        std::string kinds;
        for (const RouteGroupKind& kind : listener.supportedKinds)
            kinds += (kinds.empty() ? "" : ", ") + kind.kind;
        return "kind " + std::string(toString(route_.kind)) + " is not allowed (protocol " +
               listener.resource->protocolText +
               (kinds.empty() ? ", which takes no routes)" : ", takes " + kinds + ')');
    }

    [[nodiscard]] std::string kindAdvice(const ListenerNode& listener) const
    {
        const std::string owner = toString(ownerOf(graph_, listener).key);
        const std::string path = fieldPathOf(graph_, listener);
        return listener.resource->allowedKinds.empty()
                   ? "attach to a listener of another protocol, or change " + path + ".protocol in " + owner
                   : "add it to " + path + ".allowedRoutes.kinds in " + owner + " if the protocol supports it";
    }

    [[nodiscard]] std::string noListenerText(const ListenerSetNode* set) const
    {
        std::string wanted;
        if (ref_.sectionName)
            wanted = " named " + *ref_.sectionName;
        if (ref_.port)
            wanted += (wanted.empty() ? " with port " : " and with port ") + std::to_string(*ref_.port);
        std::string has;
        for (const ListenerIndex index : set ? set->listeners : graph_[parent_.gateway].listeners) {
            const ListenerNode& listener = graph_[index];
            if (!set && listener.listenerSet)
                break;
            has += (has.empty() ? "" : ", ") + listener.resource->name + ':' + std::to_string(listener.resource->port);
        }
        const Resource& parent = set ? static_cast<const Resource&>(*set->resource) : *graph_[parent_.gateway].resource;
        return toString(parent.key) + " has no listener" + wanted + " (it has " + (has.empty() ? "none" : has) + ')';
    }

    [[nodiscard]] std::string noListenerAdvice() const
    {
        const std::string path = place().fieldPath;
        if (ref_.sectionName && ref_.port)
            return "correct " + path + ".sectionName or " + path + ".port";
        return "correct " + path + (ref_.port ? ".port" : ".sectionName");
    }

    void addLine(const ListenerNode& listener, const Refusal& refusal)
    {
        lines_.push_back(
            {refusal.reason, "listener " + listener.resource->name + ": " + refusal.problem, refusal.remedy});
    }

    /// The parent as a whole refuses, before any listener was asked.
    void refuse(const Refusal& refusal, const std::string& mend = {})
    {
        parent_.refusals.push_back(std::string(refusal.reason) + ": " + refusal.problem + "; " + refusal.remedy);
        parent_.conditions.push_back(condition::notAccepted(refusal.reason, refusal.problem + "; " + refusal.remedy));
        warn(graph_, place(),
             {note::attachmentRefused, std::string(refusal.reason) + ": " + refusal.problem,
              mend.empty() ? refusal.remedy : mend});
    }

    /// The single field that would mend the reference; only a refused one pays for the search.
    [[nodiscard]] std::string mend()
    {
        const bool ofSet = parent_.listenerSet.has_value();
        return smallestMend(context_, {route_, index_},
                            ofSet ? graph_[*parent_.listenerSet].listeners : graph_[parent_.gateway].listeners, ofSet);
    }

    /// Every listener refused; their lines are the message. A line names its reason only where that is another one.
    void refuseBy(std::string_view reason)
    {
        std::string message, problems;
        for (const Line& line : lines_) {
            const std::string own = line.reason == reason ? std::string() : std::string(line.reason) + ": ";
            parent_.refusals.push_back(own + line.whole());
            message += (message.empty() ? "" : "; ") + parent_.refusals.back();
            problems += (problems.empty() ? "" : "; ") + own + line.problem;
        }
        // The condition repeats what each listener says; the note advises on the one that is nearest.
        warn(graph_, place(), {note::attachmentRefused, std::string(reason) + ": " + problems, mend()});
        parent_.conditions.push_back(condition::notAccepted(reason, std::move(message)));
    }

    ResolveContext& context_;
    Graph& graph_;
    const Route& route_;
    std::size_t index_;
    const ParentReference& ref_;
    ParentNode& parent_;
    std::vector<Line> lines_; ///< one of each listener that refused
};

} // namespace

void attachRoutes(ResolveContext& context)
{
    for (RouteDraft& draft : context.routes) {
        RouteNode& node = *draft.node;
        node.parents.resize(node.resource->parentRefs.size());
        std::swap(context.graph.notes, draft.notes.attachment);
        for (std::size_t i = 0; i < node.parents.size(); ++i)
            ParentJudge(context, *node.resource, i, node.parents[i]).judge();
        std::swap(context.graph.notes, draft.notes.attachment);
    }
}

} // namespace gatehouse::model

// What stands between a route and a listener, field by field. Attachment itself stops at the first obstacle, as the
// reason of a condition has to be one; whoever wants to mend it has to know whether another one waits behind.

#include "model/graph/mending.h"

#include "model/graph/hostname_intersection.h"
#include "model/graph/listener_kinds.h"
#include "model/graph/suggestion.h"

#include <algorithm>
#include <tuple>

namespace gatehouse::model {
namespace {

/// Whose field it is: a route's author can change the first at once, the others belong to whoever owns the Gateway.
enum class Owner : std::uint8_t { Route, Listener };

struct Obstacle {
    Owner owner;
    std::string remedy;
};

std::string quoted(const std::string& text)
{
    return '"' + text + '"';
}

class Obstacles {
public:
    Obstacles(ResolveContext& context, const RouteParent& parent)
        : context_(context), route_(parent.route), ref_(route_.parentRefs[parent.index]),
          refPath_("spec.parentRefs[" + std::to_string(parent.index) + ']')
    {
    }

    std::vector<Obstacle> of(const ListenerNode& node)
    {
        found_.clear();
        const Listener& listener = *node.resource;
        path_ = fieldPathOf(context_.graph, node);
        owner_ = toString(ownerOf(context_.graph, node).key);
        if (ref_.sectionName && *ref_.sectionName != listener.name)
            found_.push_back({Owner::Route, "set " + refPath_ + ".sectionName to " + quoted(listener.name)});
        if (ref_.port && *ref_.port != listener.port)
            found_.push_back({Owner::Route, "set " + refPath_ + ".port to " + std::to_string(listener.port)});
        addKind(node);
        const std::string& home = ownerOf(context_.graph, node).namespace_();
        if (!context_.namespaces.selects(listener.allowedNamespaces, home, route_.namespace_()))
            found_.push_back(
                {Owner::Listener,
                 selectionAdvice(listener.allowedNamespaces, path_ + ".allowedRoutes.namespaces", route_.namespace_()) +
                     " in " + owner_});
        if (routeKindInfo(route_.kind).hasHostnames && !effectiveHostnames(listener.hostname, route_.hostnames))
            found_.push_back({Owner::Route, "give spec.hostnames a host of " + listener.hostname->text()});
        return found_;
    }

    /// How far the name that was asked for is from a listener's: a slip of the pen is likelier than another listener.
    [[nodiscard]] bool isSlip(const Listener& listener) const
    {
        return ref_.sectionName && isNear(*ref_.sectionName, listener.name);
    }

private:
    void addKind(const ListenerNode& node)
    {
        const RouteKindInfo& kind = routeKindInfo(route_.kind);
        const auto& kinds = node.supportedKinds;
        if (std::any_of(kinds.begin(), kinds.end(),
                        [&](const RouteGroupKind& k) { return k.kind == kind.name && k.group == kind.group; }))
            return;
        Listener open = *node.resource;
        open.allowedKinds.clear();
        const ListenerKinds byProtocol = listenerKinds(open);
        const bool protocolTakesIt =
            std::any_of(byProtocol.supported.begin(), byProtocol.supported.end(),
                        [&](const RouteGroupKind& k) { return k.kind == kind.name && k.group == kind.group; });
        if (protocolTakesIt)
            found_.push_back({Owner::Listener,
                              "add " + std::string(kind.name) + " to " + path_ + ".allowedRoutes.kinds in " + owner_});
        else
            found_.push_back({Owner::Listener, "change " + path_ + ".protocol (" + node.resource->protocolText +
                                                   ") in " + owner_ + " to one that takes " + std::string(kind.name) +
                                                   's'});
    }

    ResolveContext& context_;
    const Route& route_;
    const ParentReference& ref_;
    std::string refPath_, path_, owner_;
    std::vector<Obstacle> found_;
};

/// Fewer fields first, then a slip of the pen, then the route's own fields.
using Effort = std::tuple<std::size_t, bool, std::size_t>;

Effort effortOf(const std::vector<Obstacle>& obstacles, bool isSlip)
{
    const auto foreign =
        std::count_if(obstacles.begin(), obstacles.end(), [](const Obstacle& o) { return o.owner != Owner::Route; });
    return {obstacles.size(), !isSlip, static_cast<std::size_t>(foreign)};
}

template <class Map>
std::string adviceFrom(const Map& map, const ObjectName& name, const std::string& fieldPath)
{
    std::string near;
    for (const auto& [candidate, resource] : map) {
        if (candidate.name == name.name)
            return toString(resource->key) + " exists: set " + fieldPath + ".namespace to " +
                   quoted(candidate.namespace_);
        if (near.empty() && candidate.namespace_ == name.namespace_ && isNear(candidate.name, name.name))
            near = "did you mean " + quoted(candidate.name) + "? Set " + fieldPath + ".name";
    }
    return near;
}

} // namespace

std::string smallestMend(ResolveContext& context, const RouteParent& parent,
                         const std::vector<ListenerIndex>& listeners, bool ofSet)
{
    Obstacles obstacles(context, parent);
    std::vector<Obstacle> best;
    Effort least{};
    const ListenerNode* nearest = nullptr;
    for (const ListenerIndex index : listeners) {
        const ListenerNode& node = context.graph[index];
        if (!ofSet && node.listenerSet)
            break; // the Gateway's own come first
        std::vector<Obstacle> found = obstacles.of(node);
        const Effort effort = effortOf(found, obstacles.isSlip(*node.resource));
        if (!nearest || effort < least) {
            nearest = &node;
            least = effort;
            best = std::move(found);
        }
    }
    if (!nearest || best.empty())
        return {};
    if (best.size() == 1)
        return best.front().remedy;
    std::string all;
    for (const Obstacle& obstacle : best)
        all += (all.empty() ? "" : ", and ") + obstacle.remedy;
    return "no single field mends it; the nearest is listener " + nearest->resource->name + ": " + all;
}

std::string missingParentAdvice(const ResourceSet& resources, const ParentReference& ref, const ObjectName& name,
                                const std::string& fieldPath)
{
    const std::string advice = ref.kind == "Gateway" ? adviceFrom(resources.gateways, name, fieldPath)
                                                     : adviceFrom(resources.listenerSets, name, fieldPath);
    return advice.empty() ? "correct the name or the namespace, or add the " + ref.kind : advice;
}

} // namespace gatehouse::model

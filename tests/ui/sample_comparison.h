#pragma once

#include "sample_topology.h"
#include "ui/document/comparison.h"

/// What became of the sample topology: the base has a route and its backend more (old), own is new, shop's hostnames
/// changed, and requests of shop go elsewhere.
namespace sample {

inline const ObjectKey oldRoute = key("HTTPRoute", "team-a", "old");
inline const ObjectKey oldService = key("Service", "team-a", "old");

inline Topology base()
{
    Topology t = make();
    // own, the last of routes and of backends, is not there yet.
    std::erase_if(t.edges, [](const TopologyEdge& edge) { return edge.to == 4 || edge.to == 7; });
    t.nodes[4] = node(NodeKind::Route, oldRoute, "old.example.com");
    t.nodes[7] = node(NodeKind::Backend, oldService, "Service");
    attach(t, 0, 4, Relation::OneToMany);
    refer(t, 4, 7);
    return t;
}

inline gatehouse::ui::Comparison comparison()
{
    using namespace gatehouse::ui;
    Comparison made;
    made.base = QStringLiteral("git:main:.");
    made.topology = share(base());
    const auto file = std::make_shared<const std::string>("shop.yaml");
    const auto object = [&](ChangeMark mark, const ObjectKey& key) -> Change& {
        Change& change = made.objects.emplace_back();
        change.mark = mark;
        change.what = QString::fromStdString(toString(key));
        change.key = key;
        change.location = {file, {7, 1}};
        return change;
    };
    object(ChangeMark::Added, ownRoute);
    object(ChangeMark::Removed, oldRoute);
    Change& field = object(ChangeMark::Changed, shopRoute).parts.emplace_back();
    field.what = QStringLiteral("spec.hostnames[0]");
    field.before = QStringLiteral("\"shop.test\"");
    field.after = QStringLiteral("\"shop.example.com\"");
    Change& attachment = made.attachments.emplace_back();
    attachment.mark = ChangeMark::Removed;
    attachment.what = QStringLiteral("HTTPRoute team-a/old on Gateway infra/shared listener http");
    attachment.key = oldRoute;
    Change& request = made.behaviour.emplace_back();
    request.mark = ChangeMark::Rerouted;
    request.what = QStringLiteral("GET http://old.example.com/");
    request.before = QStringLiteral("team-a/old:80");
    request.after = QStringLiteral("team-a/shop:80");
    request.key = shopRoute;
    request.location = {file, {12, 3}};
    request.witness.emplace().target = QStringLiteral("http://old.example.com/");
    made.markdown = QStringLiteral("**differences: 3 objects**\n");
    return made;
}

} // namespace sample

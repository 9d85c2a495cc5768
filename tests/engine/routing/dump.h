#pragma once

#include "engine/routing/match.h"
#include "engine/routing/reach/entrance.h"
#include "engine/routing/route_stream.h"
#include "model/graph/status.h"

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

/// Everything in a graph, a snapshot or statuses as text, so that two of them can be compared whatever they share.
namespace gatehouse::test {

class Dump {
public:
    static std::string of(const model::Graph& graph)
    {
        Dump dump(graph);
        dump.graph();
        return dump.out_.str();
    }

    /// Rules, tables and endpoints; places of clusters play no part. Problems are sorted.
    static std::string of(const routing::Snapshot& snapshot, const std::vector<model::Diagnostic>& problems)
    {
        Dump dump(*snapshot.graph);
        dump.snapshot(snapshot);
        std::vector<std::string> lines;
        for (const model::Diagnostic& problem : problems)
            lines.push_back(toString(problem));
        std::sort(lines.begin(), lines.end());
        for (const std::string& line : lines)
            dump.out_ << line << '\n';
        return dump.out_.str();
    }

    static std::string of(const model::Statuses& statuses)
    {
        std::ostringstream out;
        for (const auto& [key, status] : statuses) {
            out << toString(key) << ' ';
            write(out, *status);
            out << '\n';
        }
        return out.str();
    }

private:
    explicit Dump(const model::Graph& graph) : graph_(graph) {}

    static void write(std::ostream& out, const model::Value& value)
    {
        if (const auto* text = value.asString())
            out << '"' << *text << '"';
        else if (const auto number = value.asInt())
            out << *number;
        else if (const auto* items = value.asArray()) {
            out << '[';
            for (const model::Value& item : *items)
                write(out, item), out << ',';
            out << ']';
        } else if (const auto* members = value.asObject()) {
            out << '{';
            for (const model::Member& member : *members)
                out << member.name << ':', write(out, member.value), out << ',';
            out << '}';
        } else {
            out << "other";
        }
    }

    static std::string nameOf(const model::Resource* resource) { return resource ? toString(resource->key) : "none"; }
    static std::string at(model::Position position)
    {
        return std::to_string(position.line) + ':' + std::to_string(position.column);
    }

    void conditions(const std::vector<model::Condition>& all)
    {
        for (const model::Condition& condition : all)
            out_ << "  " << condition.type << '=' << toString(condition.status) << '/' << condition.reason << ' '
                 << condition.message << '\n';
    }

    void backend(const model::ResolvedBackend& backend)
    {
        out_ << "    " << toString(backend.outcome) << ' ' << nameOf(backend.service) << ' '
             << (backend.port ? backend.port->port : 0) << ' ' << backend.message;
        if (backend.port) // reads what a stale node would have lost
            out_ << ' ' << backend.port->name << ' ' << backend.port->appProtocol;
        out_ << '\n';
    }

    void graph()
    {
        for (const model::GatewayClassNode& node : graph_.gatewayClasses) {
            out_ << node.name << ' ' << nameOf(node.resource) << node.ours << '\n';
            conditions(node.conditions);
        }
        for (const model::GatewayNode& node : graph_.gateways) {
            out_ << nameOf(node.resource) << node.accepted << node.unsupportedAddress << ' '
                 << nameOf(node.backendClientCertificate) << node.listeners.size() << node.listenerSets.size() << '\n';
            conditions(node.conditions);
        }
        for (const model::ListenerSetNode& node : graph_.listenerSets) {
            out_ << nameOf(node.resource) << node.gateway.value << node.allowed << node.accepted << '\n';
            conditions(node.conditions);
        }
        for (const model::ListenerNode& node : graph_.listeners) {
            out_ << node.resource->name << ' ' << node.resource->port << " attached " << node.attachedRoutes
                 << node.accepted << node.conflicted << node.serves << node.developmentCertificate;
            for (const model::Secret* secret : node.certificates)
                out_ << ' ' << nameOf(secret);
            out_ << '\n';
            conditions(node.conditions);
        }
        for (const model::RouteNode& node : graph_.routes)
            route(node);
        for (const model::BackendTLSPolicyNode& node : graph_.backendTLSPolicies) {
            out_ << nameOf(node.resource) << '\n';
            for (const model::PolicyAncestor& ancestor : node.ancestors) {
                out_ << " by " << ancestor.gateway.value << '\n';
                conditions(ancestor.conditions);
            }
        }
        for (const model::Diagnostic& note : graph_.notes)
            out_ << toString(note) << '\n';
    }

    void route(const model::RouteNode& node)
    {
        out_ << nameOf(node.resource) << ' ' << node.resource->meta.generation << '\n';
        for (const model::ParentNode& parent : node.parents) {
            out_ << " parent " << parent.ref->name << parent.ours << parent.accepted << ' ' << parent.gateway.value
                 << ' ' << (parent.listenerSet ? std::to_string(parent.listenerSet->value) : "-") << ' '
                 << toString(parent.relation);
            for (const model::Attachment& attachment : parent.attachments) {
                out_ << " on " << attachment.listener.value;
                for (const model::Hostname& hostname : attachment.hostnames)
                    out_ << ' ' << hostname.text();
            }
            out_ << '\n';
            conditions(parent.conditions);
            for (const std::string& refusal : parent.refusals)
                out_ << "  " << refusal << '\n';
        }
        for (const model::RuleNode& rule : node.rules) {
            out_ << "  rule " << rule.brokenFilter << ' ' << rule.dropped << '\n';
            for (const model::ResolvedBackend& each : rule.backends)
                out_ << each.ref->weight << each.ref->ref.name, backend(each);
            for (const model::ResolvedMirror& each : rule.mirrors)
                out_ << each.mirror->backendRef.name, backend(each.backend);
            for (const model::ResolvedAuth& each : rule.auths)
                out_ << each.auth->backendRef.name, backend(each.backend);
        }
    }

    void cluster(const routing::Snapshot& snapshot, routing::ClusterIndex index)
    {
        if (!index.valid()) {
            out_ << " none";
            return;
        }
        const routing::Cluster& cluster = snapshot.clusters.at(index.value);
        out_ << ' ' << cluster.name << ' ' << toString(cluster.protocol) << ' ' << cluster.refusal
             << static_cast<int>(cluster.proxyProtocol);
        if (cluster.tls)
            out_ << " tls " << cluster.tls->hostname << ' ' << nameOf(cluster.tls->clientCertificate)
                 << cluster.tls->caCertificates.size();
        for (const routing::BackendEndpoint& endpoint : cluster.endpoints)
            out_ << ' ' << endpoint.address << ':' << endpoint.port << ' ' << endpoint.pod
                 << (endpoint.echo ? endpoint.echo->service + endpoint.echo->pod : std::string("-"));
    }

    void rule(const routing::Snapshot& snapshot, const routing::CompiledRule& rule)
    {
        out_ << rule.origin.routeName << '[' << rule.origin.rule << "] of "
             << nameOf(graph_[rule.origin.route].resource) << ' ' << rule.broken << rule.totalWeight << ' '
             << rule.filters.size() << (rule.session ? rule.session->name : "") << rule.retry.has_value();
        for (const routing::WeightedBackend& backend : rule.backends) {
            out_ << " (" << backend.weight << ' ' << backend.problem << backend.filters.size();
            cluster(snapshot, backend.cluster);
            out_ << ')';
        }
        for (const routing::CompiledFilter& filter : rule.filters)
            if (const auto* mirror = std::get_if<routing::CompiledMirror>(&filter))
                out_ << " mirror" << mirror->problem, cluster(snapshot, mirror->cluster);
            else if (const auto* auth = std::get_if<routing::CompiledAuth>(&filter))
                out_ << " auth", cluster(snapshot, auth->cluster);
        out_ << '\n';
    }

    void match(const routing::Snapshot& snapshot, const routing::MatchPlace& place, std::vector<std::string>& lines)
    {
        std::ostringstream line;
        const routing::PathPattern& pattern = place.pattern();
        line << "  " << (place.hostname() ? place.hostname()->text() : "*") << ' ' << static_cast<int>(pattern.type)
             << ' ' << pattern.value << ' ' << at(pattern.position) << pattern.isGrpc
             << (pattern.call && pattern.call->service ? *pattern.call->service : "");
        if (const routing::Conditions* conditions = place.conditions()) {
            line << ' ' << conditions->method << conditions->hasPathRegex << (conditions->pathRegex != nullptr);
            for (const routing::ValueCondition& header : conditions->headers)
                line << ' ' << header.name << '=' << header.value << (header.regex != nullptr);
        }
        const routing::RuleOrigin& origin = snapshot.rules[place.get().rule.value].origin;
        line << " to " << origin.routeName << '[' << origin.rule << "] match " << place.get().match;
        lines.push_back(line.str());
    }

    std::string ruleName(const routing::Snapshot& snapshot, routing::RuleIndex rule) const
    {
        if (!rule.valid())
            return "none";
        const routing::RuleOrigin& origin = snapshot.rules.at(rule.value).origin;
        return origin.routeName + '[' + std::to_string(origin.rule) + ']';
    }

    void listener(const routing::Snapshot& snapshot, const routing::ListenerTable& table)
    {
        out_ << ' ' << table.gatewayName << '/' << table.listenerName << ' ' << table.listener.value << ' '
             << (table.hostname ? table.hostname->text() : "*") << table.passthrough << " stream "
             << ruleName(snapshot, table.streamRule);
        for (const routing::RuleIndex rule : table.outrankedRules)
            out_ << " before " << ruleName(snapshot, rule);
        for (const model::Secret* secret : table.certificates)
            out_ << ' ' << nameOf(secret);
        for (const std::string& name : table.developmentNames)
            out_ << ' ' << name;
        out_ << '\n';
        if (table.serverNames)
            for (const routing::ServerNameTable::Entry& entry : table.serverNames->entries) {
                out_ << "  " << (entry.hostname ? entry.hostname->text() : "*");
                for (const routing::RuleIndex rule : entry.rules)
                    out_ << ' ' << ruleName(snapshot, rule);
                out_ << '\n';
            }
        // Of one hostname and one node of its tree the order counts, which decisions show.
        std::vector<std::string> lines;
        routing::forEachMatch(table, [&](const routing::MatchPlace& place) { match(snapshot, place, lines); });
        std::sort(lines.begin(), lines.end());
        for (const std::string& line : lines)
            out_ << line << '\n';
    }

    void snapshot(const routing::Snapshot& snapshot)
    {
        for (const routing::CompiledRule& each : snapshot.rules)
            rule(snapshot, each);
        std::vector<std::string> names;
        for (const routing::Cluster& each : snapshot.clusters)
            if (!each.name.empty())
                names.push_back(each.name);
        std::sort(names.begin(), names.end());
        for (const std::string& name : names)
            out_ << name << '\n';
        out_ << "mirrors " << snapshot.mirrors << " version " << snapshot.version << '\n';
        for (const routing::PortTable& port : snapshot.ports) {
            out_ << port.key.address << ':' << port.key.port << port.key.udp << ' ' << toString(port.carrier)
                 << port.peeksHello << '\n';
            for (const routing::ListenerTable& table : port.listeners)
                listener(snapshot, table);
        }
    }

    const model::Graph& graph_;
    std::ostringstream out_;
};

} // namespace gatehouse::test

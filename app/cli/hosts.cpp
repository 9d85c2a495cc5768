#include "app/cli/commands.h"

#include "app/cli/input.h"
#include "app/cli/output/words.h"
#include "app/cli/run/urls.h"

#include <map>
#include <set>

namespace gatehouse::cli {

namespace {

/// One way to a hostname: through which Gateway, address and port.
struct Target {
    std::string gateway, address, scheme, hostname;
    std::uint16_t port = 0;
    auto operator<=>(const Target&) const = default;
};

/// Every hostname that a route serves on an HTTP listener, with where to connect; sorted.
std::set<Target> targetsOf(const control::State& state, const CommonOptions& common)
{
    std::set<Target> targets;
    const model::Graph& graph = *state.graph;
    for (const model::RouteNode& route : graph.routes) {
        if (!common.wants(route.resource->namespace_()))
            continue;
        for (const model::ParentNode& parent : route.parents)
            for (const model::Attachment& attachment : parent.attachments) {
                const std::string url = listenerUrl(state, attachment.listener.value);
                if (url.empty())
                    continue;
                const model::ListenerNode& listener = graph[attachment.listener];
                Target target;
                target.gateway = toString(graph[listener.gateway].resource->key.name);
                target.address = state.programming.gateways[listener.gateway.value].addresses.front();
                target.scheme = url.substr(0, url.find(':'));
                target.port = state.programming.listeners[attachment.listener.value].localPort;
                for (const model::Hostname& hostname : attachment.hostnames) {
                    target.hostname = hostname.text();
                    targets.insert(target);
                }
            }
    }
    return targets;
}

void printBlock(std::ostream& out, const std::set<Target>& targets)
{
    struct Block {
        std::set<std::string> hosts, wildcards;
        std::set<std::pair<std::string, std::uint16_t>> ports;
    };
    std::map<std::pair<std::string, std::string>, Block> blocks; // by Gateway and address
    for (const Target& target : targets) {
        Block& block = blocks[{target.gateway, target.address}];
        (target.hostname.starts_with('*') ? block.wildcards : block.hosts).insert(target.hostname);
        block.ports.insert({target.scheme, target.port});
    }
    out << "# BEGIN gatehouse\n";
    for (const auto& [key, block] : blocks) {
        std::vector<std::string> ports;
        for (const auto& [scheme, port] : block.ports)
            ports.push_back(scheme + " on port " + std::to_string(port));
        out << "# Gateway " << key.first << ": " << join(ports, ", ") << '\n';
        if (!block.hosts.empty())
            out << key.second << ' ' << join({block.hosts.begin(), block.hosts.end()}, " ") << '\n';
        for (const std::string& wildcard : block.wildcards)
            out << "# " << wildcard << ": a hosts file has no wildcards; add the names that you use\n";
    }
    out << "# END gatehouse\n";
}

void printCurl(std::ostream& out, const std::set<Target>& targets)
{
    for (const Target& target : targets) {
        if (target.scheme != "http" && target.scheme != "https")
            continue;
        std::string host = target.hostname;
        if (host.starts_with('*')) {
            host.replace(0, 1, "www");
            out << "# " << target.hostname << " takes every name below, for instance\n";
        }
        const bool v6 = target.address.find(':') != std::string::npos;
        const std::string address = v6 ? '[' + target.address + ']' : target.address;
        const std::string port = std::to_string(target.port);
        out << "curl --resolve " << host << ':' << port << ':' << address << ' ' << target.scheme << "://" << host
            << ':' << port << "/\n";
    }
}

class Hosts final : public Command {
public:
    void define(Parser& parser) override
    {
        input_.define(parser);
        common_.define(parser);
        parser.flag("--resolve", resolve_, "Print curl commands with --resolve instead of an /etc/hosts block");
    }

    int run(Context& context, const Parser&) override
    {
        const Loaded loaded = loadInput(context, {input_, common_, false, true});
        if (!loaded.state)
            return loaded.exitCode;
        const std::set<Target> targets = targetsOf(*loaded.state, common_);
        if (targets.empty())
            context.err << "gatehouse: no attached route names a host\n";
        else if (resolve_)
            printCurl(context.out, targets);
        else
            printBlock(context.out, targets);
        return loaded.exitCode;
    }

private:
    InputOptions input_;
    CommonOptions common_;
    bool resolve_ = false;
};

} // namespace

std::unique_ptr<Command> makeHosts()
{
    return std::make_unique<Hosts>();
}

} // namespace gatehouse::cli

#include "engine/routing/development_names.h"

#include <algorithm>
#include <set>

namespace gatehouse::routing {
namespace {

/// Whether a certificate for `pattern` is good for `name`; either may be a wildcard.
bool covers(const std::string& pattern, const std::string& name)
{
    if (pattern == name)
        return true;
    if (!pattern.starts_with("*.") || name.starts_with("*."))
        return false;
    const std::size_t dot = name.find('.');
    return dot != std::string::npos && name.substr(dot) == pattern.substr(1);
}

} // namespace

std::vector<std::string> developmentNames(const model::Graph& graph, model::ListenerIndex listener,
                                          const std::vector<std::string>& addresses)
{
    std::vector<std::string> names;
    const model::Listener& resource = *graph[listener].resource;
    if (resource.hostname)
        names.push_back(resource.hostname->text());
    else
        names.emplace_back("localhost");
    std::set<std::string> more;
    if (!resource.hostname)
        more.insert(addresses.begin(), addresses.end());
    for (const model::RouteNode& route : graph.routes)
        for (const model::ParentNode& parent : route.parents) {
            if (!parent.accepted)
                continue;
            for (const model::Attachment& attachment : parent.attachments)
                if (attachment.listener == listener)
                    for (const model::Hostname& hostname : attachment.hostnames)
                        if (!covers(names.front(), hostname.text()))
                            more.insert(hostname.text());
        }
    for (const std::string& name : more) {
        if (names.size() == mostDevelopmentNames)
            break;
        names.push_back(name);
    }
    return names;
}

} // namespace gatehouse::routing

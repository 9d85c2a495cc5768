#include "app/cli/run/urls.h"

#include "app/control/config_text.h"

#include <map>

namespace gatehouse::cli {

namespace {

std::string variableName(const std::string& text)
{
    std::string name = "GATEHOUSE_URL_";
    for (const char c : text) {
        if (c >= 'a' && c <= 'z')
            name += static_cast<char>(c - 'a' + 'A');
        else
            name += (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '_';
    }
    return name;
}

const char* schemeOf(model::Protocol protocol)
{
    switch (protocol) {
    case model::Protocol::HTTP:
        return "http";
    case model::Protocol::HTTPS:
        return "https";
    case model::Protocol::TLS:
        return "tls";
    case model::Protocol::TCP:
        return "tcp";
    case model::Protocol::UDP:
        return "udp";
    case model::Protocol::Other:
        break;
    }
    return "unknown";
}

} // namespace

std::string listenerUrl(const control::State& state, std::size_t listener)
{
    const model::ListenerNode& node = state.graph->listeners[listener];
    const model::ListenerProgramming& programming = state.programming.listeners[listener];
    const auto& addresses = state.programming.gateways[node.gateway.value].addresses;
    if (!programming.programmed || addresses.empty())
        return {};
    const std::string scheme = schemeOf(node.resource->protocol);
    std::string authority = control::formatHostPort(addresses.front(), programming.localPort);
    const bool implied =
        (scheme == "http" && programming.localPort == 80) || (scheme == "https" && programming.localPort == 443);
    if (implied)
        authority.erase(authority.rfind(':'));
    return scheme + "://" + authority;
}

std::vector<std::string> urlVariableNames(const std::vector<ListenerName>& listeners)
{
    std::map<std::string, int> uses;
    const auto shortName = [](const ListenerName& l) { return variableName(l.gateway + '_' + l.listener); };
    for (const ListenerName& listener : listeners)
        ++uses[shortName(listener)];
    std::vector<std::string> names;
    for (const ListenerName& listener : listeners) {
        const std::string name = shortName(listener);
        names.push_back(uses[name] == 1
                            ? name
                            : variableName(listener.namespace_ + '_' + listener.gateway + '_' + listener.listener));
    }
    return names;
}

std::vector<std::pair<std::string, std::string>> urlVariables(const control::State& state)
{
    std::vector<ListenerName> listeners;
    std::vector<std::string> urls;
    for (std::size_t i = 0; i < state.graph->listeners.size(); ++i) {
        std::string url = listenerUrl(state, i);
        if (url.empty())
            continue;
        const model::ListenerNode& node = state.graph->listeners[i];
        const model::Resource& gateway = *(*state.graph)[node.gateway].resource;
        listeners.push_back({gateway.namespace_(), gateway.name(), node.resource->name});
        urls.push_back(std::move(url));
    }
    const std::vector<std::string> names = urlVariableNames(listeners);
    std::vector<std::pair<std::string, std::string>> variables;
    for (std::size_t i = 0; i < names.size(); ++i)
        variables.emplace_back(names[i], urls[i]);
    return variables;
}

} // namespace gatehouse::cli

#include "app/control/codes/examples.h"

#include <algorithm>

namespace gatehouse::control {
namespace {

std::string head(std::string_view kind, std::string_view name)
{
    return "apiVersion: gateway.networking.k8s.io/v1\nkind: " + std::string(kind) +
           "\nmetadata: {name: " + std::string(name) + "}\nspec:\n";
}

/// Raw strings begin on a line of their own.
std::string trimmed(std::string_view text)
{
    if (text.starts_with('\n'))
        text.remove_prefix(1);
    return std::string(text) + (text.ends_with('\n') ? "" : "\n");
}

std::string ruleOf(std::string_view kind, std::string_view rule)
{
    return routeWith(kind, "  rules:\n  - " + trimmed(rule));
}

} // namespace

std::string gatewayWith(std::string_view spec)
{
    return head("Gateway", "gw") + "  gatewayClassName: example\n" + trimmed(spec);
}

std::string gatewayOf(std::string_view listeners)
{
    std::string text = "  listeners:\n";
    for (std::string_view rest = listeners; !rest.empty();) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        text += "  - " + std::string(rest.substr(0, end)) + '\n';
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return gatewayWith(text);
}

std::string httpRouteWith(std::string_view spec)
{
    return routeWith("HTTPRoute", spec);
}

std::string httpRule(std::string_view rule)
{
    return ruleOf("HTTPRoute", rule);
}

std::string grpcRule(std::string_view rule)
{
    return ruleOf("GRPCRoute", rule);
}

std::string routeWith(std::string_view kind, std::string_view spec)
{
    return head(kind, "shop") + "  parentRefs: [{name: gw}]\n" + trimmed(spec);
}

std::string listenerSetWith(std::string_view listeners)
{
    return head("ListenerSet", "extra") + "  parentRef: {name: gw}\n  listeners:\n  - " + trimmed(listeners);
}

std::string policyWith(std::string_view spec)
{
    return head("BackendTLSPolicy", "web-tls") + trimmed(spec);
}

std::string core(std::string_view kind, std::string_view name, std::string_view rest)
{
    return "apiVersion: v1\nkind: " + std::string(kind) + "\nmetadata: {name: " + std::string(name) + "}\n" +
           trimmed(rest);
}

std::string documents(std::string_view first, std::string_view second)
{
    return std::string(first) + "---\n" + std::string(second);
}

} // namespace gatehouse::control

#include "engine/routing/route_stream.h"

namespace gatehouse::routing {
namespace {

StreamDecision decide(const Snapshot& snapshot, const ListenerTable& listener, RuleIndex rule) noexcept
{
    return {&listener, rule.valid() ? &snapshot.rules[rule.value] : nullptr, rule};
}

} // namespace

StreamDecision routeSni(const Snapshot& snapshot, const PortTable& port, std::string_view serverName) noexcept
{
    const ListenerTable* listener = port.findServerName(serverName);
    if (!listener)
        return {};
    RuleIndex rule = listener->streamRule;
    if (listener->serverNames)
        listener->serverNames->hosts.visit(serverName, [&](std::uint32_t number) {
            rule = listener->serverNames->entries[number].rules.front();
            return true;
        });
    return decide(snapshot, *listener, rule);
}

StreamDecision routeStream(const Snapshot& snapshot, const PortTable& port) noexcept
{
    // Listeners of one such port conflict, so that it has one.
    if (port.listeners.empty())
        return {};
    return decide(snapshot, port.listeners.front(), port.listeners.front().streamRule);
}

} // namespace gatehouse::routing

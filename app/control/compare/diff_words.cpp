#include "app/control/compare/diff_words.h"

#include "app/control/words.h"

#include <algorithm>

namespace gatehouse::control {

using routing::BehaviourChange;
using routing::RoutedTo;

namespace {

/// For one argument of a shell.
std::string quoted(const std::string& text)
{
    std::string out = "'";
    for (const char c : text)
        out += c == '\'' ? "'\\''" : std::string(1, c);
    return out + '\'';
}

bool isPlain(const std::string& text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               std::string_view("-._~/:%").find(c) != std::string_view::npos;
    });
}

} // namespace

std::string witnessUrl(const BehaviourChange& change)
{
    const routing::ExplainRequest& witness = change.witness;
    const std::string port = std::to_string(change.entrance.port);
    if (witness.scheme == "tls")
        return "tls://" + witness.authority + ':' + port;
    if (witness.scheme == "tcp" || witness.scheme == "udp")
        return witness.scheme + "://:" + port;
    std::string url = witness.scheme + "://" + witness.authority;
    if (change.entrance.port != (witness.scheme == "https" ? 443 : 80) &&
        url.find(':', url.find("//")) == std::string::npos)
        url += ':' + port;
    return url + witness.path + (witness.query.empty() ? "" : '?' + witness.query);
}

std::string witnessText(const BehaviourChange& change)
{
    const routing::ExplainRequest& witness = change.witness;
    if (witness.scheme == "tls" && witness.authority.empty())
        return "TLS without a server name";
    const std::string url = witnessUrl(change);
    if (witness.scheme == "tls" || witness.scheme == "tcp" || witness.scheme == "udp")
        return url;
    std::string text = witness.method + ' ' + (isPlain(url) ? url : quoted(url));
    for (const auto& [name, value] : witness.headers)
        text += " -H " + quoted(name + ": " + value);
    return text;
}

std::string endText(const RoutedTo& to)
{
    if (to.routeName.empty())
        return to.outcome.destination;
    std::string text = to.outcome.destination + " by " + to.routeName + " rules[" + std::to_string(to.rule) + ']';
    if (const std::string location = toString(to.location); !location.empty())
        text += " (" + location + ')';
    return text;
}

std::string diffSummary(const SetDiff& diff)
{
    if (diff.empty())
        return "no differences";
    const auto& changes = diff.behaviour.changes;
    const auto destinations = static_cast<std::size_t>(
        std::count_if(changes.begin(), changes.end(), [](const BehaviourChange& c) { return c.isDestination(); }));
    std::vector<std::string> parts;
    const auto add = [&](std::size_t n, const std::string& noun) {
        if (n > 0)
            parts.push_back(counted(n, noun));
    };
    add(diff.resources.size(), "object");
    add(diff.attachments.size(), "attachment");
    add(diff.statuses.size(), "condition");
    add(destinations, "destination");
    add(changes.size() - destinations, "treatment");
    if (!diff.behaviour.undecided.empty())
        parts.push_back(counted(diff.behaviour.undecided.size(), "pair") + " not decided");
    return "differences: " + join(parts, ", ");
}

} // namespace gatehouse::control

#include "model/graph/hostname_intersection.h"

#include <algorithm>

namespace gatehouse::model {
namespace {

/// The suffixes of a name that begin with a dot, longest first: "a.b.c" has ".b.c" and ".c". A wildcard's own suffix is
/// not among them: ".b.c" has only ".c".
template <class Visit>
bool anySuffixAbove(std::string_view text, Visit&& visit)
{
    for (std::size_t dot = text.find('.', 1); dot != std::string_view::npos; dot = text.find('.', dot + 1))
        if (visit(text.substr(dot)))
            return true;
    return false;
}

} // namespace

std::optional<Hostname> intersect(const Hostname& listener, const Hostname& route)
{
    if (listener == route)
        return listener;
    if (!listener.isWildcard())
        return route.isWildcard() && route.matches(listener.text()) ? std::optional(listener) : std::nullopt;
    if (!route.isWildcard())
        return listener.matches(route.text()) ? std::optional(route) : std::nullopt;
    const bool routeIsLonger = route.suffix().size() > listener.suffix().size();
    const Hostname& longer = routeIsLonger ? route : listener;
    const Hostname& shorter = routeIsLonger ? listener : route;
    return longer.suffix().ends_with(shorter.suffix()) ? std::optional(longer) : std::nullopt;
}

std::optional<std::vector<Hostname>> effectiveHostnames(const std::optional<Hostname>& listener,
                                                        const std::vector<Hostname>& route)
{
    if (!listener)
        return route;
    if (route.empty())
        return std::vector{*listener};
    std::vector<Hostname> left;
    for (const Hostname& hostname : route)
        if (auto common = intersect(*listener, hostname);
            common && std::find(left.begin(), left.end(), *common) == left.end())
            left.push_back(std::move(*common));
    if (left.empty())
        return std::nullopt;
    return left;
}

void HostnameIndex::insert(const std::optional<Hostname>& hostname)
{
    if (!hostname) {
        all_ = true;
        return;
    }
    const std::string text(hostname->suffix());
    if (!(hostname->isWildcard() ? wildcards_ : exact_).insert(text).second)
        return;
    anySuffixAbove(text, [&](std::string_view suffix) {
        above_.emplace(suffix);
        return false;
    });
}

bool HostnameIndex::contains(const Hostname& hostname) const
{
    return (hostname.isWildcard() ? wildcards_ : exact_).contains(std::string(hostname.suffix()));
}

bool HostnameIndex::overlaps(const std::optional<Hostname>& hostname) const
{
    if (!hostname)
        return all_ || !exact_.empty() || !wildcards_.empty();
    return contains(*hostname) || overlapsAnother(hostname);
}

bool HostnameIndex::overlapsAnother(const std::optional<Hostname>& hostname) const
{
    if (!hostname)
        return !exact_.empty() || !wildcards_.empty();
    if (all_)
        return true;
    if (hostname->isWildcard() && above_.contains(std::string(hostname->suffix())))
        return true;
    return anySuffixAbove(hostname->suffix(),
                          [&](std::string_view suffix) { return wildcards_.contains(std::string(suffix)); });
}

} // namespace gatehouse::model

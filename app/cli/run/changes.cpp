#include "app/cli/run/changes.h"

#include "app/cli/output/listeners.h"
#include "app/cli/output/words.h"
#include "app/cli/run/urls.h"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>

namespace gatehouse::cli {

namespace {

/// "1 route added (a), 2 routes changed (b, c)", appended to `parts`.
class Differences {
public:
    explicit Differences(std::string noun) : noun_(std::move(noun)) {}

    void added(const std::string& name) { added_.push_back(name); }
    void removed(const std::string& name) { removed_.push_back(name); }
    void changed(const std::string& name) { changed_.push_back(name); }

    void describe(std::vector<std::string>& parts) const
    {
        describe(parts, added_, "added");
        describe(parts, removed_, "removed");
        describe(parts, changed_, "changed");
    }

private:
    void describe(std::vector<std::string>& parts, const std::vector<std::string>& names, const char* what) const
    {
        constexpr std::size_t shown = 3;
        if (names.empty())
            return;
        std::vector<std::string> first(names.begin(),
                                       names.begin() + std::min<std::ptrdiff_t>(shown, std::ssize(names)));
        if (names.size() > shown)
            first.push_back("...");
        parts.push_back(counted(names.size(), noun_) + ' ' + what + " (" + join(first, ", ") + ')');
    }

    std::string noun_;
    std::vector<std::string> added_, removed_, changed_;
};

/// Compares two sorted maps of names to anything comparable.
template <class Map, class Same>
void compare(const Map& before, const Map& after, Differences& differences, Same same)
{
    for (const auto& [name, value] : before)
        if (!after.contains(name))
            differences.removed(name);
    for (const auto& [name, value] : after) {
        const auto old = before.find(name);
        if (old == before.end())
            differences.added(name);
        else if (!same(old->second, value))
            differences.changed(name);
    }
}

std::map<std::string, std::string> listeners(const control::State& state)
{
    std::map<std::string, std::string> result;
    for (std::size_t i = 0; i < state.graph->listeners.size(); ++i) {
        const model::ListenerNode& node = state.graph->listeners[i];
        const std::string hostname = node.resource->hostname ? node.resource->hostname->text() : "*";
        result[listenerOwner(*state.graph, node) + '/' + node.resource->name] =
            hostname + ' ' + portText(state, i) + ' ' + listenerUrl(state, i);
    }
    return result;
}

/// Routes that the two States do not share, by name.
struct OwnRoutes {
    std::map<std::string, const model::RouteNode*> before, after;
};
OwnRoutes ownRoutes(const model::RouteNodes& before, const model::RouteNodes& after)
{
    using Pointer = model::RouteNodes::Pointer;
    OwnRoutes own;
    const auto add = [](std::map<std::string, const model::RouteNode*>& all, const Pointer* node) {
        if (node)
            all[toString((*node)->resource->key)] = node->get();
    };
    model::RouteNodes::Pointers::forEachDifference(
        before.pointers(), after.pointers(),
        [](const Pointer& a, const Pointer& b) {
            return std::tie(a->resource->kind, a->resource->key.name) <
                   std::tie(b->resource->kind, b->resource->key.name);
        },
        [](const Pointer& a, const Pointer& b) { return a == b; },
        [&](const Pointer* a, const Pointer* b) { add(own.before, a), add(own.after, b); });
    return own;
}

bool sameRoute(const model::RouteNode* a, const model::RouteNode* b)
{
    if (a->resource != b->resource && !(*a->resource->document == *b->resource->document))
        return false;
    for (std::size_t i = 0; i < a->parents.size(); ++i)
        if (a->parents[i].accepted != b->parents[i].accepted ||
            a->parents[i].attachments.size() != b->parents[i].attachments.size())
            return false;
    for (std::size_t r = 0; r < a->rules.size(); ++r)
        for (std::size_t i = 0; i < a->rules[r].backends.size(); ++i)
            if (a->rules[r].backends[i].outcome != b->rules[r].backends[i].outcome)
                return false;
    return true;
}

} // namespace

std::string describeChanges(const control::State& before, const control::State& after)
{
    Differences ofListeners("listener"), ofRoutes("route");
    compare(listeners(before), listeners(after), ofListeners, std::equal_to<>{});
    const OwnRoutes own = ownRoutes(before.graph->routes, after.graph->routes);
    compare(own.before, own.after, ofRoutes, sameRoute);
    std::vector<std::string> parts;
    ofListeners.describe(parts);
    ofRoutes.describe(parts);
    return parts.empty() ? "nothing changed" : join(parts, ", ");
}

} // namespace gatehouse::cli

// A mirror that copies requests to the very backend that serves them: it gets them twice, and what is not idempotent
// is done twice.

#include "model/lint/check.h"

#include <algorithm>

namespace gatehouse::model::checks {
namespace {

struct Mirrors {
    const RouteNode& node;
    std::size_t rule;
    Findings& findings;

    [[nodiscard]] const RuleNode& ruleNode() const { return node.rules[rule]; }

    [[nodiscard]] const ResolvedBackend* resolved(const RequestMirror& mirror) const
    {
        const auto& all = ruleNode().mirrors;
        const auto it =
            std::find_if(all.begin(), all.end(), [&](const ResolvedMirror& m) { return m.mirror == &mirror; });
        return it == all.end() ? nullptr : &it->backend;
    }

    /// `serves` says which backends of the rule the filters are for.
    template <class Serves>
    void judge(const std::vector<HTTPRouteFilter>& filters, const std::string& holder, Serves&& serves) const
    {
        for (std::size_t f = 0; f < filters.size(); ++f) {
            const auto* mirror = std::get_if<RequestMirror>(&filters[f]);
            const ResolvedBackend* target = mirror ? resolved(*mirror) : nullptr;
            if (!target || !target->port || mirror->numerator == 0)
                continue;
            const auto& backends = ruleNode().backends;
            const bool same = std::any_of(backends.begin(), backends.end(), [&](const ResolvedBackend& b) {
                return b.port == target->port && b.ref && b.ref->weight > 0 && serves(b);
            });
            if (!same)
                continue;
            findings.add({*node.resource, holder + ".filters[" + std::to_string(f) + "].requestMirror.backendRef",
                          mirror->backendRef.position},
                         {lint_code::mirrorToItself,
                          Severity::Warning,
                          "requests are mirrored to the backend that serves them (" +
                              toString(target->service->key.name) + ':' + std::to_string(target->port->port) +
                              "), which gets them twice",
                          {},
                          "mirror to another Service, or remove the filter"});
        }
    }
};

} // namespace

void mirrors(const Graph& graph, Findings& findings)
{
    for (const RouteNode& node : graph.routes)
        for (std::size_t r = 0; r < node.rules.size(); ++r) {
            if (node.rules[r].mirrors.empty() || !node.rules[r].dropped.empty())
                continue;
            const Mirrors check{node, r, findings};
            check.judge(node.resource->filters(r), rulePath(r), [](const ResolvedBackend&) { return true; });
            const auto& refs = node.resource->backendRefs(r);
            for (std::size_t b = 0; b < refs.size(); ++b)
                check.judge(refs[b].filters, rulePath(r) + ".backendRefs[" + std::to_string(b) + ']',
                            [&](const ResolvedBackend& backend) { return backend.ref == &refs[b]; });
        }
}

} // namespace gatehouse::model::checks

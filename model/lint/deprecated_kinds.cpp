// Kinds that are read as they are and that Kubernetes itself has given up. Old versions and moved fields of the Gateway
// API are reported where they are converted (GH1301, GH1302).

#include "model/lint/check.h"

namespace gatehouse::model::checks {

void deprecatedKinds(const Graph& graph, Findings& findings)
{
    const Value* last = nullptr; // the subsets of one object share its document
    for (const auto& [name, slice] : graph.resources->endpointSlices) {
        if (slice->key.kind != "Endpoints" || (slice->document && slice->document.get() == last))
            continue;
        last = slice->document.get();
        findings.add({*slice, "kind", {}},
                     {lint_code::deprecatedKind,
                      Severity::Info,
                      "Endpoints are deprecated since Kubernetes 1.33",
                      {},
                      "write a discovery.k8s.io/v1 EndpointSlice with the label kubernetes.io/service-name: " +
                          slice->serviceName});
    }
}

} // namespace gatehouse::model::checks

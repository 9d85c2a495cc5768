#pragma once

#include "model/graph/graph.h"

#include <string>

namespace gatehouse::routing {

/// The CA certificates that a reference names: the PEM text of the ConfigMap's ca.crt; null when the reference is to
/// something else, or there is nothing that is well formed. Grants are the caller's. Lifetime: of `resources`.
const std::string* caBundleOf(const model::ResourceSet& resources, const model::ObjectReference& ref,
                              const std::string& home);

} // namespace gatehouse::routing

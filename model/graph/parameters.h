#pragma once

#include "model/graph/graph.h"

#include <string>

namespace gatehouse::model {

/// Judges a parametersRef of a GatewayClass or a Gateway. The only kind that is known is a ConfigMap that exists; what
/// it holds is meant for another implementation and is not read. "" when fine, else what is wrong, for people. `home`:
/// the namespace of a reference that has none; "" for cluster-scoped owners, which must name one.
std::string checkParameters(const ResourceSet& resources, const ObjectReference& ref, const std::string& home);

} // namespace gatehouse::model

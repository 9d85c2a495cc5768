#pragma once

#include "model/topology/topology.h"

#include <map>
#include <string>

namespace gatehouse::model {

/// Whose each namespace is. A Namespace says so by an annotation or a label: gatehouse.dev/owner before any other key
/// whose name is `owner` ("example.com/owner"), these before any whose name is `team`; annotations before labels.
/// Where none says it, it is the one file that all nodes of the namespace come from, or else the one folder, when that
/// is not the folder of everything: teams mostly keep their manifests apart. Pure. Cost: linear in nodes.
std::map<std::string, NamespaceOwner> namespaceOwners(const ResourceSet& resources, const Topology& topology);

} // namespace gatehouse::model

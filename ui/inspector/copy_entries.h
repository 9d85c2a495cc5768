#pragma once

#include "ui/document/topology_index.h"

#include <QString>

#include <vector>

namespace gatehouse::ui {

/// What can be copied for an object, and what the menu calls it.
struct CopyEntry {
    QString title, text;
};

/// For any object its name and a kubectl command; for Gateways and routes that serve HTTP, a curl command and the URL
/// of the first listener, and for those with hostnames curl's --resolve options and a line of /etc/hosts for all of
/// them. Pure.
std::vector<CopyEntry> copyEntries(const TopologyIndex& index, const model::TopologyNode& node);

/// "kubectl -n team-a get httproute.gateway.networking.k8s.io shop -o yaml", for any shell.
QString kubectlCommand(const model::ObjectKey& key);

} // namespace gatehouse::ui

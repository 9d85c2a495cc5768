#pragma once

#include "ui/document/topology_index.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace gatehouse::ui {

/// What can be copied for an object, and what the menu calls it.
struct CopyEntry {
    enum class Kind : std::uint8_t { Name, Request, Url, Resolve, Hosts, Kubectl }; ///< Request: for curl or grpcurl
    Kind kind = Kind::Name;
    QString title, text;
};

/// For any object its name and a kubectl command, of `context` unless that is ""; for Gateways and routes that serve
/// HTTP or gRPC, a curl or grpcurl command for each listener with a request that the first rule takes, and the URL; for
/// those with hostnames curl's --resolve options and lines of /etc/hosts. Pure.
std::vector<CopyEntry> copyEntries(const TopologyIndex& index, const model::TopologyNode& node,
                                   const QString& context = {});

/// "kubectl -n team-a get httproute.gateway.networking.k8s.io shop -o yaml", for any shell.
QString kubectlCommand(const model::ObjectKey& key, const QString& context = {});

} // namespace gatehouse::ui

#pragma once

#include "importers/ingress/servers.h"
#include "model/base/value.h"

#include <vector>

namespace gatehouse::importers::ingress {

/// Whether a GRPCRoute says all that a server does: every backend speaks gRPC, every path is a service or a method, and
/// nothing is asked for that only HTTPRoute has. HTTPRoute and GRPCRoute do not share a host.
bool isGrpcServer(const Server& server);

/// Rules of an HTTPRoute for paths of one Ingress and host; neighbours that do the same are one rule.
std::vector<model::Value> httpRules(const std::vector<const ServedPath*>& paths);
/// The same paths, each redirected to https.
std::vector<model::Value> httpsRedirectRules(const std::vector<const ServedPath*>& paths);
/// Rules of a GRPCRoute.
std::vector<model::Value> grpcRules(const std::vector<const ServedPath*>& paths);

} // namespace gatehouse::importers::ingress

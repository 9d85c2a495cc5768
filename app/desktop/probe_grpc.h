#pragma once

#include "app/control/explain_request.h"
#include "app/grpc/reflection.h"
#include "engine/routing/snapshot.h"
#include "ui/document/probe.h"

#include <memory>
#include <optional>
#include <string>

namespace gatehouse::desktop {

/// Whom a gRPC call goes to.
struct GrpcTarget {
    std::shared_ptr<const routing::Snapshot> snapshot;
    control::RequestText asked;
    routing::Explanation explanation;
};

struct FoundSchema {
    grpc::Schema schema;
    std::string source; ///< in words
};

/// The services of a target: of `protoFile` when there is one; else by reflection through the Gateway, or, where no
/// route leads to it, as the backend of the call tells them itself. `live`: somebody can be asked. The error says what
/// was tried.
model::Result<FoundSchema, std::string> findSchema(const testing::Connection& connection, const GrpcTarget& target,
                                                   const std::string& protoFile, bool live);

struct GrpcAnswer {
    testing::HttpAnswer answer;
    std::optional<std::string> json; ///< the messages, an array where there are several; nullopt: their form is unknown
};

/// Calls a method with a message given as JSON. The error: the message cannot be made. Nothing but an empty message
/// can be sent to a target that says nothing of its services.
model::Result<GrpcAnswer, std::string> callGrpc(const testing::Connection& connection, const GrpcTarget& target,
                                                const ui::ProbeRequest& request, std::size_t keptBytes);

} // namespace gatehouse::desktop

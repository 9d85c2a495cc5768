#pragma once

#include "app/grpc/schema.h"
#include "app/testing/client.h"

#include <string>

namespace gatehouse::grpc {

/// Asks a server what it serves, by gRPC's server reflection (grpc.reflection.v1, else v1alpha; see
/// grpc/doc/server-reflection.md). `url` is scheme and authority of the calls; `symbol` a service to ask for, "" for
/// all. The error says how far it came. Thread: any; waits for the answers.
model::Result<Schema, std::string> reflect(const testing::Connection& connection, const std::string& url,
                                           const std::string& symbol = {});

/// The gRPC status of an answer, from its trailers or, without any, its headers; nullopt: it has none.
struct Status {
    int code = 0;
    std::string message; ///< decoded
};
std::optional<Status> statusOf(const testing::HttpAnswer& answer);

/// The messages of a body; the error says what is no frame.
model::Result<std::vector<std::string>, std::string> messagesOf(std::string_view body);

} // namespace gatehouse::grpc

#pragma once

#include "importers/kube_api/status_error.h"
#include "model/base/value.h"

#include <string_view>

namespace gatehouse::importers {

/// The media type in which clients made from Kubernetes' own types send built-in kinds, whatever the server says.
inline constexpr std::string_view protobufType = "application/vnd.kubernetes.protobuf";

/// The object in a body of that type, as its JSON form would read: apiVersion, kind and the members that are set.
/// Members newer than our tables are passed over, as every reader of protobuf does.
/// Errors: 400 for what is no such message, is cut short or has too many members; 415 for a kind without a known form.
/// The caller limits the body's size. Thread: any.
Answer<model::Value> readProtobuf(std::string_view body);

} // namespace gatehouse::importers

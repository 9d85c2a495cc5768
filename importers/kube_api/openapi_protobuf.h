#pragma once

#include "model/base/value.h"

#include <string>

namespace gatehouse::importers {

/// An OpenAPI 2 document in the protobuf form of gnostic (openapiv2/OpenAPIv2.proto), the only one in which kubectl
/// asks for it: before 1.28 always, later to tell of kinds that it does not know. What validates values (limits, enums,
/// defaults) is left out: the server validates, clients look at names and types. Thread: any.
std::string openApiProtobuf(const model::Value& document);

} // namespace gatehouse::importers

#pragma once

#include "importers/kube_api/status_error.h"

#include <cstddef>
#include <string_view>

namespace gatehouse::importers {

inline constexpr std::size_t maxBodyBytes = 3u << 20; ///< as API servers have it

/// "application/json" of "application/json; charset=utf-8", in lower case.
std::string bareMediaType(std::string_view contentType);

/// The one object of a request's body, JSON, YAML or protobuf (built-in kinds) by its Content-Type. Errors: 413 beyond
/// maxBodyBytes, 415 for CBOR and other types, 400 for what does not parse, is nested too deeply or is no object.
Answer<model::Value> readObjectBody(const ApiRequest& request);

/// A body that is read whatever its type says: JSON, or YAML (which contains it) when `yaml` is set. "" gives null.
Answer<model::Value> readBodyText(std::string_view body, bool yaml);

} // namespace gatehouse::importers

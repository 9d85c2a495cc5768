#pragma once

#include "model/base/value.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::importers {

/// One request to the Kubernetes API, without a socket. Strings are decoded: the path's percent escapes are resolved,
/// and `query` holds what stood behind "?" in order, repeated names included.
struct ApiRequest {
    std::string method;
    std::vector<std::string> path; ///< segments without the slashes
    std::vector<std::pair<std::string, std::string>> query;
    std::string accept, contentType, userAgent;
    std::string body;

    /// The first value of a query parameter; "" when it is absent.
    [[nodiscard]] const std::string& parameter(std::string_view name) const noexcept;
    [[nodiscard]] bool hasParameter(std::string_view name) const noexcept;
};

/// A request target ("/api/v1/pods?limit=3") taken apart into `path` and `query`; false when an escape is broken, or a
/// segment is "." or "..", or holds a NUL or a slash.
bool splitTarget(std::string_view target, ApiRequest& request);

/// Who an object of the API is: the served resource and the object's name.
struct ObjectId {
    std::string group, resource; ///< "" and "pods"
    std::string namespace_;      ///< "" for cluster-scoped objects
    std::string name;

    auto operator<=>(const ObjectId&) const = default;
};

/// The answer. Most are whole; a watch answers a stream, whose further pieces come from KubeApi::nextEvents().
struct ApiResponse {
    std::uint16_t status = 200;
    std::string contentType = "application/json";
    std::string body;
    std::vector<std::string> warnings;  ///< texts of Warning headers
    std::optional<std::uint64_t> watch; ///< the stream to follow; `body` is its first piece
};

/// A failed request as metav1.Status says it. `reason` is the API's word ("NotFound"); the code follows from it.
struct ApiError {
    struct Cause {
        std::string reason, message, field; ///< FieldValueInvalid, FieldValueRequired, ...
    };
    std::uint16_t code = 500;
    std::string reason;
    std::string message;
    std::string group, kind, name, uid; ///< details; kind is the resource's plural name, as API servers put it
    std::vector<Cause> causes;
    std::int64_t retryAfterSeconds = 0;
};

/// The error as a response with a Status object as its body.
ApiResponse errorResponse(const ApiError& error);
/// A Value as a JSON response.
ApiResponse jsonResponse(const model::Value& value, std::uint16_t status = 200);

/// Decides between the forms of an answer by the Accept header. Nothing fits: nullopt (406).
struct MediaType {
    std::string type;                              ///< "application/json"
    std::map<std::string, std::string> parameters; ///< "as" to "Table", "g", "v", ...
};
/// The parts of an Accept header in the client's order of preference; an empty header means JSON.
std::vector<MediaType> acceptedTypes(std::string_view accept);

} // namespace gatehouse::importers

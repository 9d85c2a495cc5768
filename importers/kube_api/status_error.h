#pragma once

#include "importers/kube_api/api_kinds.h"
#include "importers/kube_api/api_message.h"
#include "model/base/diagnostic.h"
#include "model/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::importers {

/// What was asked for, or the error to send instead.
template <class T>
using Answer = model::Result<T, ApiError>;

/// "httproutes.gateway.networking.k8s.io", or "pods" in the core group: how messages call a resource.
std::string qualifiedResource(const ApiKind& kind);
/// "HTTPRoute.gateway.networking.k8s.io", or "Pod".
std::string qualifiedKind(const ApiKind& kind);

// The errors of the API, with the reasons, codes and sentences that clients know. Each names the object where it can.
ApiError notFound(const ApiKind& kind, const std::string& name);
/// A path that nothing is served at.
ApiError unknownPath();
ApiError alreadyExists(const ApiKind& kind, const std::string& name);
ApiError conflict(const ApiKind& kind, const std::string& name, const std::string& why);
/// The object was changed since the version that the request is based on.
ApiError modifiedMeanwhile(const ApiKind& kind, const std::string& name);
ApiError forbidden(const ApiKind& kind, const std::string& name, const std::string& why);
ApiError invalid(const ApiKind& kind, const std::string& name, std::vector<ApiError::Cause> causes);
ApiError badRequest(std::string message);
ApiError methodNotAllowed(std::string message);
ApiError notAcceptable();
ApiError unsupportedMediaType(const std::string& accepted, const std::string& hint = {});
ApiError tooLarge(std::size_t limitBytes);
ApiError expired(std::string message);
ApiError tooManyRequests(std::string message, std::int64_t retryAfterSeconds);

/// The Errors among the problems as causes of a 422.
std::vector<ApiError::Cause> causesOf(const std::vector<model::Diagnostic>& problems);
/// metav1.Status of an error, as it also stands in a watch's ERROR event.
model::Value statusValue(const ApiError& error);

} // namespace gatehouse::importers

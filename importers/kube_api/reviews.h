#pragma once

#include "importers/kube_api/api_message.h"

#include <optional>

namespace gatehouse::importers {

/// POST of SelfSubjectAccessReview, SelfSubjectRulesReview (authorization.k8s.io/v1) and SelfSubjectReview
/// (authentication.k8s.io/v1): whoever has the token may do everything. nullopt: the path is none of these.
std::optional<ApiResponse> answerReview(const ApiRequest& request);

} // namespace gatehouse::importers

#pragma once

#include "importers/kube_api/status_error.h"
#include "model/base/value.h"

namespace gatehouse::importers {

/// autoscaling/v1 Scale of a Deployment.
model::Value scaleOf(const model::Value& deployment);

/// The Deployment with the replicas of a Scale. Errors: 422 when it names none, 409 for another resourceVersion.
Answer<model::Value> scaledBy(const model::Value& deployment, const model::Value& scale, const ApiKind& kind);

} // namespace gatehouse::importers

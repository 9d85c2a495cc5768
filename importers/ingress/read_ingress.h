#pragma once

#include "importers/ingress/ingress.h"
#include "importers/ingress/ingress_types.h"

namespace gatehouse::importers::ingress {

/// The Ingresses, IngressClasses and Services among `objects`. Errors: what is no valid Ingress is reported, and the
/// part that is wrong is left out.
Input readInput(const std::vector<SourceObject>& objects, Reports& reports);

} // namespace gatehouse::importers::ingress

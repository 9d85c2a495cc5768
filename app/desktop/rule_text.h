#pragma once

#include "model/api/resource_set.h"
#include "ui/document/object_details.h"

#include <vector>

namespace gatehouse::desktop {

/// The rules of a route in words; empty for any other object.
std::vector<ui::RuleText> rulesOf(const model::ResourceSet& resources, const model::ObjectKey& key);

} // namespace gatehouse::desktop

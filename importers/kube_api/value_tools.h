#pragma once

#include "model/base/value.h"

#include <string>
#include <string_view>

namespace gatehouse::importers {

/// Equal content whatever the order of members: clients send them sorted, files as written.
bool sameContent(const model::Value& a, const model::Value& b);
/// The same, leaving out the members of the two objects for which `skip` says so.
bool sameBut(const model::Value& a, const model::Value& b, bool (*skip)(std::string_view name));
/// The member `name`, made an empty object when it is absent or none.
model::Value& memberObject(model::Value& object, std::string_view name);
/// The text of a member of metadata; "" when there is none.
const std::string& metadataText(const model::Value& object, std::string_view name);
/// Takes the places in a request's body off the tree: nobody can look them up.
void clearPositions(model::Value& value);
/// True when containers are nested more than `depth` deep.
bool isDeeperThan(const model::Value& value, std::size_t depth);
/// True for a list with at least one item.
bool hasItems(const model::Value* list);

} // namespace gatehouse::importers

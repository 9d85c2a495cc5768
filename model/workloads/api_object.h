#pragma once

#include "model/api/meta.h"
#include "model/base/value.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

/// Builders of API objects as Values. Thread: any.
namespace gatehouse::model {

Value objectOf(std::initializer_list<std::pair<std::string_view, Value>> members);
Value objectOf(const std::map<std::string, std::string>& texts);

/// An object with apiVersion, kind and metadata: name, namespace, uid, labels, annotations and creationTimestamp, as
/// far as there are any.
Value apiObject(const ObjectKey& key, const std::string& apiVersion, const ObjectMeta& meta);

/// An item of metadata.ownerReferences: the controller of what it owns.
Value ownerReference(const ObjectKey& key, const std::string& apiVersion, const std::string& uid);

/// A condition with the time at which it came true, where that is known.
Value conditionOf(std::string_view type, bool isTrue, const std::optional<Timestamp>& since,
                  std::string_view reason = {}, std::string_view message = {});

} // namespace gatehouse::model

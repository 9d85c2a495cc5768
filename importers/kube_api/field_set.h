#pragma once

#include "model/base/value.h"

#include <map>
#include <string>
#include <vector>

namespace gatehouse::importers {

/// A set of places in an object as a tree, each step spelled as FieldsV1 spells it: "f:spec", "k:{\"name\":\"a\"}",
/// "v:\"x\"". A node's `member` says that the place itself is in the set.
struct FieldSet {
    bool member = false;
    std::map<std::string, FieldSet> children;

    [[nodiscard]] bool empty() const noexcept { return !member && children.empty(); }
    bool operator==(const FieldSet&) const = default;

    void add(const FieldSet& other);
    /// Takes out the places of `other`, each by itself.
    void subtract(const FieldSet& other);
    /// The same, and with a place that `other` has as a leaf goes everything below it.
    void subtractWithContent(const FieldSet& other);
    [[nodiscard]] FieldSet intersection(const FieldSet& other) const;
    /// The places as people read them: ".spec.listeners[name=\"http\"].port".
    [[nodiscard]] std::vector<std::string> paths() const;
};

/// FieldsV1 of metadata.managedFields, and back. What is no FieldsV1 is read as far as it goes.
model::Value toFieldsV1(const FieldSet& set);
FieldSet fromFieldsV1(const model::Value& fields);

} // namespace gatehouse::importers

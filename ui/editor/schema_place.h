#pragma once

#include "model/schema/schema.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::ui {

/// Where a cursor stands in a manifest, in the schema's terms.
struct SchemaPlace {
    enum class At : std::uint8_t {
        Nothing, ///< in a comment, or where nothing is known of
        Key,     ///< a member's name is (to be) typed
        Value,   ///< a scalar is (to be) typed
    };
    At at = At::Nothing;
    const model::KindSchema* kind = nullptr; ///< of the object around the cursor; null while it does not say its kind
    std::string objectKind, apiVersion;      ///< as written
    /// Kubernetes' own path of what the cursor is on: the member that is named or whose value it is; of the surrounding
    /// object when nothing is typed yet.
    std::string path;
    std::vector<std::string> steps; ///< the members' names on the way, without indexes
    /// Key: the object that gets the member. Value: what the value must be. Null where the schema says nothing.
    const model::SchemaNode* node = nullptr;
    const model::SchemaField* field = nullptr; ///< the member the cursor is on or in; null for none that is known
    bool newItem = false;   ///< Key: the members are of a list's items, and the dash is not typed yet
    bool flow = false;      ///< inside { } or [ ]
    std::size_t column = 0; ///< Key: where the name begins in its line
    std::size_t begin = 0,
                end = 0;     ///< what a completion replaces, in bytes of the text; `begin` up to the cursor is typed
    bool hasColon = false;   ///< Key: what is replaced is followed by a colon
    bool needsBlank = false; ///< Value: there is no blank between the colon and the value
    std::vector<std::string> present; ///< Key: the other members that the object has
    std::string siblingKind;          ///< the member `kind` beside the cursor's, for references; "" for none
    std::string siblingName;          ///< the same for `name`
    std::string siblingNamespace;     ///< the same for `namespace`
    std::string objectNamespace;      ///< metadata.namespace of the object; "" when it says none
};

/// Finds the place of byte `offset` in `text`, which may be half typed. Cost: one pass over the document around it.
/// Thread: any.
SchemaPlace placeAt(std::string_view text, std::size_t offset);

} // namespace gatehouse::ui

#pragma once

#include "importers/kube_api/object_store.h"
#include "importers/kube_api/status_error.h"
#include "model/api/references.h"

#include <string>
#include <utility>
#include <vector>

namespace gatehouse::importers {

/// Which objects a list, a watch or a deletecollection is about: labelSelector and fieldSelector.
struct Selection {
    struct LabelTerm {
        enum class Operator : std::uint8_t { In, NotIn, Exists, DoesNotExist } op = Operator::In;
        std::string key;
        std::vector<std::string> values; ///< of In and NotIn; "=" is In of one
    };
    struct FieldTerm {
        std::vector<std::string> path; ///< members from the object's top
        std::string value;
        bool equal = true;
    };
    std::vector<LabelTerm> labels;
    std::vector<FieldTerm> fields;

    [[nodiscard]] bool all() const noexcept { return labels.empty() && fields.empty(); }
    [[nodiscard]] bool matches(const model::Value& object) const;
};

/// Reads both selectors of a request. Errors: 400 for what does not parse, and for a field that the kind does not
/// offer.
Answer<Selection> readSelection(const ApiRequest& request, const ApiKind& kind);

} // namespace gatehouse::importers

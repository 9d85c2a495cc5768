#pragma once

#include "model/api/resource_set.h"
#include "model/base/diagnostic.h"
#include "model/base/value.h"

#include <memory>
#include <string>
#include <vector>

namespace gatehouse::importers {

/// What became of one object of the input.
struct DecodedObject {
    std::shared_ptr<const model::Resource> resource; ///< null: it had Errors, or its kind is skipped
    bool skipped = false;                            ///< a kind that we do not read: counted by the caller
};

/// One manifest object (no List) to a typed resource: finds the kind, reads old versions as the canonical one (with a
/// deprecation Warning), validates, prunes and defaults by the schema, checks the rules between fields, decodes.
/// EndpointSlices may come out as several resources (Endpoints with several subsets), hence the vector.
/// Errors: appended to `problems`, all of them. Thread: any.
std::vector<DecodedObject> decodeObject(model::Value object, const std::shared_ptr<const std::string>& file,
                                        std::vector<model::Diagnostic>& problems);

/// Puts a resource into its map. The same object twice is an Error that names both places; the first stays.
void insert(model::ResourceSet& set, std::shared_ptr<const model::Resource> resource,
            std::vector<model::Diagnostic>& problems);

} // namespace gatehouse::importers

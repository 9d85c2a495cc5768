#pragma once

#include "importers/importer.h"
#include "model/base/value.h"

#include <istream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::importers {

/// One object as it was written, with the file that it was read from.
struct SourceObject {
    model::Value value;
    std::shared_ptr<const std::string> file;
};

/// Objects of every kind, unchecked, in the order of the files.
struct ReadObjects {
    std::vector<SourceObject> objects;
    std::vector<model::Diagnostic> diagnostics;
    std::size_t files = 0;
    bool unreadable = false; ///< a PATH could not be read at all
};

/// Reads what ManifestImporter would, and `texts` (shown name and content), but leaves the objects as they were
/// written: for kinds that are no resources of ours. Errors: in ReadObjects::diagnostics. Thread: any but the UI
/// thread.
ReadObjects readObjects(const std::vector<std::string>& paths, std::istream* standardInput,
                        const std::vector<std::pair<std::string, std::string>>& texts = {},
                        const ImportLimits& limits = {});

} // namespace gatehouse::importers

#pragma once

#include "importers/decode/object_pipeline.h"
#include "importers/text_document.h"
#include "model/base/diagnostic.h"

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace gatehouse::importers {

/// What one object became, with all the typed resources that it stands for.
struct ImportedObject {
    std::vector<std::shared_ptr<const model::Resource>> resources;
    bool skipped = false;
};

/// What one document became.
struct ImportedDocument {
    std::vector<ImportedObject> objects;
    std::vector<model::Diagnostic> problems;
};

/// Remembers documents by file, text and first line, so that importing again parses only what changed. A document that
/// moved is another one: its resources carry their positions.
/// Lifetime: entries live until a whole import passes without them. Thread: one at a time.
class DocumentCache {
public:
    /// Starts an import; what it does not use, endImport() forgets.
    void beginImport() { ++generation_; }
    void endImport();

    /// The shared name of a file, the same as in earlier imports.
    std::shared_ptr<const std::string> fileName(const std::string& name);
    /// Null when it is not known. Lifetime: until the next endImport().
    const ImportedDocument* find(const std::shared_ptr<const std::string>& file, const TextDocument& document);
    const ImportedDocument& store(const std::shared_ptr<const std::string>& file, const TextDocument& document,
                                  ImportedDocument imported);

private:
    struct Entry {
        std::shared_ptr<const std::string> file;
        std::string text;
        std::uint32_t line = 1;
        std::uint64_t generation = 0;
        ImportedDocument imported;
    };
    struct FileName {
        std::shared_ptr<const std::string> name;
        std::uint64_t generation = 0;
    };

    static std::size_t hashOf(const TextDocument& document);

    std::unordered_multimap<std::size_t, Entry> entries_;
    std::unordered_map<std::string, FileName> files_;
    std::uint64_t generation_ = 0;
};

} // namespace gatehouse::importers

#pragma once

#include "importers/document_cache.h"
#include "importers/importer.h"
#include "importers/text_document.h"

#include <cstddef>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace gatehouse::importers {

/// One document on its way from text to resources. Lifetime: `document` refers to its file's text.
struct PendingDocument {
    std::shared_ptr<const std::string> file;
    TextDocument document;
    const ImportedDocument* known = nullptr; ///< from an earlier import: nothing is left to do
    ImportedDocument imported;               ///< filled by importDocuments() where nothing is known
};

/// Parses and decodes every document that is not known. A document depends on no other, so a batch that is worth it is
/// shared among the machine's cores; what comes out is the same. Errors: of documents, in ImportedDocument::problems;
/// what is thrown while a document is read is thrown here. Returns when all are done; once `stop` is requested it
/// returns early, and leaves documents as they were. Thread: any.
void importDocuments(std::vector<PendingDocument>& batch, const ImportLimits& limits, const std::stop_token& stop);

} // namespace gatehouse::importers

#pragma once

#include "model/api/resource_set.h"
#include "model/base/diagnostic.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <istream>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::importers {

/// Limits against hostile or accidental input (contract section 7). Beyond each there is a clear Error.
struct ImportLimits {
    std::size_t fileBytes = 32u << 20;   ///< one file
    std::size_t totalBytes = 512u << 20; ///< all files of an import
    std::size_t depth = 64;              ///< nesting of one document
    std::size_t nodes = 2'000'000;       ///< nodes of one document, aliases expanded
    std::size_t aliases = 1'000;         ///< aliases in one document
    std::size_t files = 20'000;
};

/// What one import found. `resources` holds every object without an Error, also when others had some: the caller
/// decides whether to use it (`run` and reloads do so only without errors).
struct ImportResult {
    std::shared_ptr<const model::ResourceSet> resources;
    std::vector<model::Diagnostic> diagnostics; ///< by file, line, column
    std::vector<std::string> files;             ///< files read, sorted, as given or found below the given directories
    std::size_t objects = 0;                    ///< accepted objects
    std::size_t skippedKinds = 0;               ///< objects of kinds that we do not read
    bool unreadable = false;                    ///< a PATH could not be read at all (exit code 2)
};

/// Shown names, and content.
using NamedTexts = std::vector<std::pair<std::string, std::string>>;

/// Texts that take the place of files' by the files' names, as ImportResult::files has them (unsaved edits).
using TextOverlay = std::map<std::string, std::string>;

/// Reads manifests: files, directories (recursive; *.yaml *.yml *.json; hidden, *~ and editor swap files skipped), "-"
/// for standard input. Keeps what it parsed by document text, so that importing again after one edit parses only what
/// changed. Thread: one at a time; not the UI thread. Lifetime: results share their resources and outlive the importer.
class ManifestImporter {
public:
    /// Once `stop` is requested, an import ends early, with an incomplete result that nobody is to use.
    explicit ManifestImporter(ImportLimits limits = {}, std::stop_token stop = {});
    ~ManifestImporter();
    ManifestImporter(const ManifestImporter&) = delete;
    ManifestImporter& operator=(const ManifestImporter&) = delete;

    /// Errors: all in ImportResult::diagnostics. `standardInput` is read at most once, for "-". `beneath` is what the
    /// files would be applied to, as a cluster: its objects give way to those of the files, with what there is to say
    /// of them. A file in `overlay` is not read: its text there counts, also when the file is gone.
    ImportResult import(const std::vector<std::string>& paths, std::istream* standardInput = nullptr,
                        const NamedTexts& beneath = {}, const TextOverlay& overlay = {});

    /// Imports texts instead of files, as those of another revision.
    ImportResult importTexts(const NamedTexts& texts, const NamedTexts& beneath = {});

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace gatehouse::importers

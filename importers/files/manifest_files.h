#pragma once

#include "importers/importer.h"
#include "importers/text_problem.h"

#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::importers {

/// True for the names that are read inside directories: *.yaml, *.yml and *.json, but no hidden file, no backup or swap
/// file of an editor (*~, .#*, #*#, *.swp), and not gatehouse.yaml, which is the program's own configuration.
bool isManifestName(std::string_view fileName);
/// True for directories that are entered below a given one: all but hidden ones.
bool isManifestDirectory(std::string_view directoryName);

/// The manifests that `paths` stand for.
struct FoundFiles {
    std::vector<std::string> files;       ///< as given, or the given directory with the rest; sorted, each file once
    std::vector<std::string> directories; ///< every directory that was looked through, sorted
    bool unreadable = false;              ///< a given path cannot be read
};

/// Looks through `paths` ("-" is left out). Symbolic links are followed, loops end.
/// Errors: what cannot be read, and more files than the limit, are Errors in `problems`.
FoundFiles findManifests(const std::vector<std::string>& paths, const ImportLimits& limits,
                         std::vector<model::Diagnostic>& problems);

/// Reads a whole file, `mostBytes` at most; nullopt with an Error in `problems`. Pipes are read to their end.
std::optional<std::string> readFile(const std::string& path, std::size_t mostBytes, ProblemList& problems);
/// The same for an open stream, which is standard input.
std::optional<std::string> readStream(std::istream& stream, std::size_t mostBytes, ProblemList& problems);

/// Says that a text is larger than one file may be.
void addTooLarge(std::size_t mostBytes, ProblemList& problems);

} // namespace gatehouse::importers

#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace gatehouse::importers {

/// What tells two states of the manifests below some paths apart without reading them.
struct ManifestSnapshot {
    struct File {
        std::uintmax_t size = 0;
        std::filesystem::file_time_type modified;
        bool operator==(const File&) const = default;
    };
    std::map<std::string, File> files;
    std::vector<std::string> directories; ///< that hold or may get manifests

    /// Looks at the files that importing `paths` would read. Errors: what cannot be read is left out.
    static ManifestSnapshot take(const std::vector<std::string>& paths);
};

} // namespace gatehouse::importers

#include "importers/files/manifest_snapshot.h"

#include "importers/files/manifest_files.h"

namespace gatehouse::importers {

ManifestSnapshot ManifestSnapshot::take(const std::vector<std::string>& paths)
{
    ManifestSnapshot snapshot;
    std::vector<model::Diagnostic> problems; // importing reports them
    FoundFiles found = findManifests(paths, ImportLimits{}, problems);
    snapshot.directories = std::move(found.directories);
    for (std::string& path : found.files) {
        std::error_code error;
        File file;
        file.modified = std::filesystem::last_write_time(path, error);
        if (error)
            continue;
        file.size = std::filesystem::file_size(path, error); // none for a pipe: its time alone counts
        file.size = error ? 0 : file.size;
        snapshot.files.emplace(std::move(path), file);
    }
    return snapshot;
}

} // namespace gatehouse::importers

#pragma once

#include <string>
#include <vector>

namespace gatehouse::control {

struct LibraryVersion {
    std::string name;
    std::string version; ///< "" where neither the library nor its package tells
    std::string licence; ///< as SPDX names it
};

/// The libraries of the importers, the engine and control, by name: versions as they run here where a library tells,
/// else as it was built. Thread: any.
std::vector<LibraryVersion> libraryVersions();

} // namespace gatehouse::control

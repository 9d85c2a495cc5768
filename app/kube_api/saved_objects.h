#pragma once

#include "model/base/diagnostic.h"
#include "model/base/value.h"

#include <map>
#include <string>
#include <vector>

namespace gatehouse::kube {

/// The directory of --save: a manifest for each applied object, named KIND.NAME.yaml in a folder for its namespace
/// (`_cluster` for objects without one). Thread: control.
class SavedObjects {
public:
    explicit SavedObjects(std::string directory) : directory_(std::move(directory)) {}

    /// What an earlier run left there, in order of file names. Problems name file, line and column.
    std::vector<model::Value> load(std::vector<model::Diagnostic>& problems);
    /// Makes the directory hold exactly `objects`: each file is replaced whole, files of objects that are gone are
    /// removed, files that are not ours are left alone. The error says what could not be written; "" if nothing.
    std::string save(const std::vector<model::Value>& objects);

private:
    std::string directory_;
    std::map<std::string, model::Value> saved_; ///< by path below the directory
};

} // namespace gatehouse::kube

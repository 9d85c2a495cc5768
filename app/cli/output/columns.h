#pragma once

#include "app/cli/output/table.h"
#include "model/api/meta.h"
#include "model/base/value.h"

#include <functional>
#include <string>
#include <vector>

namespace gatehouse::cli {

/// A row of `get`: the object and its status (null when it has none).
struct Row {
    const model::Resource& resource;
    const model::Value* status;
    model::Timestamp now; ///< for AGE
};

struct Column {
    const char* head;
    bool wide; ///< only with -o wide
    std::function<Cell(const Row&)> cell;
};

/// The columns after NAME that kubectl shows for a kind (the CRDs' printer columns), and more for -o wide.
std::vector<Column> columnsOf(const std::string& kind);

/// kubectl's short form of an age: 45s, 12m, 3h20m, 5d; "<unknown>" without a creationTimestamp.
std::string ageText(const model::Resource& resource, model::Timestamp now);

} // namespace gatehouse::cli

#pragma once

#include "app/testing/field_reader.h"
#include "app/testing/test_file.h"

namespace gatehouse::testing {

/// What stands under `expect`. Errors: in the reader's list.
Expectation readExpectation(FieldReader& reader, const std::string& path, const model::Value& value);

} // namespace gatehouse::testing

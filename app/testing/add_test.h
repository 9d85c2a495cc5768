#pragma once

#include "app/testing/test_file.h"
#include "model/base/result.h"
#include "model/base/value.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::testing {

/// A test file with one test more.
struct GrownTests {
    std::string text;
    std::string name;     ///< of the test: a number behind it where the one that was wished is taken
    std::size_t line = 0; ///< where it begins, from 1
};

/// Adds a test to the text of a test file ("": a new one) and leaves the rest as it stands, comments included. It goes
/// to the end of the last document, or becomes a document of its own where that one is of other manifests, has defaults
/// that would change the request, or is written otherwise than a line a test. `path` is the file's; `manifests` can be
/// opened from here. What comes out was read again. The error is a sentence: the text is no test file, has errors, or
/// is JSON. Pure but for links among paths. Thread: any.
model::Result<GrownTests, std::string> addTest(const std::string& path, std::string_view text,
                                               const std::vector<std::string>& manifests, TestCase test,
                                               const model::Value& expect);

} // namespace gatehouse::testing

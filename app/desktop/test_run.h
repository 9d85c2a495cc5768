#pragma once

#include "app/desktop/controller.h"
#include "ui/document/test_report.h"

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace gatehouse::desktop {

/// Where tests are, and what they are asked of.
struct TestPlaces {
    std::vector<std::string> opened;  ///< the opened paths: searched for test files, and asked where a file names none
    std::vector<std::string> extra;   ///< further test files and folders
    std::vector<std::string> watched; ///< filled: all that tests and their manifests are read from
    Controller::Setup setup;
};

/// How a run goes on; both may be called on any thread.
struct TestProgress {
    std::function<void(int done, int all)> told;
    std::stop_token stop;
};

/// The tests that there are, none of them run. Thread: any but the UI thread, as for the next.
ui::TestReport listTests(TestPlaces& places);

/// Runs tests by the code of `gatehouse test`: by the tables, or by an engine of their own. Errors: in the report.
ui::TestReport runTests(TestPlaces& places, const ui::TestWish& wish, const TestProgress& progress);

} // namespace gatehouse::desktop

#include "app/testing/test_file.h"
#include "importers/files/manifest_files.h"

#include <algorithm>
#include <iterator>

namespace gatehouse::testing {

TestFiles readTestFiles(const std::vector<std::string>& paths, std::istream* standardInput,
                        std::vector<model::Diagnostic>& problems)
{
    TestFiles result;
    const importers::ImportLimits limits;
    const importers::FoundFiles found = importers::findManifests(paths, limits, problems);
    result.unreadable = found.unreadable;
    for (const std::string& path : found.files) {
        importers::ProblemList list(std::make_shared<const std::string>(path), problems);
        const auto text = importers::readFile(path, limits.fileBytes, list);
        if (!text) {
            result.unreadable = true;
            continue;
        }
        // Manifests that lie in a directory of tests are nobody's mistake.
        const bool given = std::find(paths.begin(), paths.end(), path) != paths.end();
        if (!given && text->find(testKind) == std::string::npos)
            continue;
        std::vector<TestFile> files = readTestText(path, *text, problems);
        result.unreadable = result.unreadable || (given && files.empty());
        std::move(files.begin(), files.end(), std::back_inserter(result.files));
    }
    if (standardInput && std::find(paths.begin(), paths.end(), "-") != paths.end()) {
        importers::ProblemList list(std::make_shared<const std::string>("<stdin>"), problems);
        const auto text = importers::readStream(*standardInput, limits.fileBytes, list);
        std::vector<TestFile> files = text ? readTestText("<stdin>", *text, problems) : std::vector<TestFile>();
        result.unreadable = result.unreadable || files.empty();
        std::move(files.begin(), files.end(), std::back_inserter(result.files));
    }
    return result;
}

} // namespace gatehouse::testing

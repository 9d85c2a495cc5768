#include "app/control/config.h"
#include "importers/yaml/manifest_reader.h"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace gatehouse::control {

namespace {

namespace fs = std::filesystem;

constexpr const char* fileName = "gatehouse.yaml";

/// gatehouse.yaml in the folder of the first path (or in the path itself, when that is a folder), else in the working
/// directory; "" if there is none. A path from the working directory is shown as the user would write it.
std::string findConfigFile(const std::vector<std::string>& paths)
{
    std::vector<fs::path> folders;
    std::error_code ignored;
    for (const std::string& path : paths) {
        if (path == "-")
            continue;
        if (fs::is_directory(path, ignored))
            folders.emplace_back(path);
        folders.push_back(fs::path(path).parent_path());
        break;
    }
    folders.emplace_back();
    for (const fs::path& folder : folders)
        if (fs::is_regular_file(folder / fileName, ignored))
            return (folder / fileName).string();
    return {};
}

model::Diagnostic fileProblem(const std::string& file, std::string message)
{
    model::Diagnostic problem;
    problem.code = "GH3001";
    problem.message = std::move(message);
    problem.location.file = std::make_shared<const std::string>(file);
    return problem;
}

} // namespace

void readConfigFile(Config& config, const std::string& explicitFile, std::vector<model::Diagnostic>& problems)
{
    const std::string file = explicitFile.empty() ? findConfigFile(config.paths) : explicitFile;
    if (file.empty())
        return;
    const importers::ImportLimits limits;
    std::error_code error;
    const auto size = fs::file_size(file, error);
    std::ifstream stream(file, std::ios::binary);
    if (error || !stream) {
        problems.push_back(fileProblem(file, "cannot be read: " + (error ? error.message() : "no permission")));
        return;
    }
    if (size > limits.fileBytes) {
        problems.push_back(fileProblem(file, "is larger than " + std::to_string(limits.fileBytes) + " bytes"));
        return;
    }
    std::ostringstream text;
    text << stream.rdbuf();
    std::vector<model::Value> documents;
    if (!importers::readYaml(text.str(), std::make_shared<const std::string>(file), limits, documents, problems))
        return;
    config.configFile = file;
    if (documents.size() > 1) {
        model::Diagnostic problem = fileProblem(file, "holds more than one document");
        problem.expected = "one";
        problem.location.position = documents[1].position();
        problems.push_back(std::move(problem));
    }
    if (!documents.empty())
        applyConfig(config, documents.front(), file, problems);
}

} // namespace gatehouse::control

#include "app/kube_api/saved_objects.h"

#include "app/control/atomic_file.h"
#include "importers/writers.h"
#include "importers/yaml/manifest_reader.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace gatehouse::kube {

namespace fs = std::filesystem;
using model::Value;

namespace {

constexpr const char* clusterFolder = "_cluster";

const std::string& textAt(const Value* object, std::string_view name)
{
    static const std::string none;
    const Value* member = object ? object->find(name) : nullptr;
    const std::string* text = member ? member->asString() : nullptr;
    return text ? *text : none;
}

/// Kinds and names are DNS-like words, so they are file names as they are.
std::string fileOf(const Value& object)
{
    const Value* metadata = object.find("metadata");
    const std::string& ns = textAt(metadata, "namespace");
    std::string kind = textAt(&object, "kind");
    std::transform(kind.begin(), kind.end(), kind.begin(), [](unsigned char c) { return std::tolower(c); });
    return (ns.empty() ? clusterFolder : ns) + '/' + kind + '.' + textAt(metadata, "name") + ".yaml";
}

model::Diagnostic unreadable(const fs::path& file, const std::string& why)
{
    model::Diagnostic problem;
    problem.code = "GH1001";
    problem.message = "cannot read: " + why;
    problem.location.file = std::make_shared<const std::string>(file.string());
    return problem;
}

} // namespace

std::vector<Value> SavedObjects::load(std::vector<model::Diagnostic>& problems)
{
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::recursive_directory_iterator each(directory_, error), end; !error && each != end; each.increment(error))
        if (each->path().extension() == ".yaml" && each->is_regular_file(error))
            files.push_back(each->path());
    // A directory that is not there yet is made by the first save().
    if (error && error != std::errc::no_such_file_or_directory)
        problems.push_back(unreadable(directory_, error.message()));
    std::sort(files.begin(), files.end());
    std::vector<Value> objects;
    for (const fs::path& file : files) {
        std::ifstream stream(file, std::ios::binary);
        const std::string text((std::istreambuf_iterator<char>(stream)), {});
        if (!stream) {
            problems.push_back(unreadable(file, "input error"));
            continue;
        }
        std::vector<Value> documents;
        importers::readYaml(text, std::make_shared<const std::string>(file.string()), {}, documents, problems);
        for (Value& document : documents) {
            saved_[fileOf(document)] = document;
            objects.push_back(std::move(document));
        }
    }
    return objects;
}

std::string SavedObjects::save(const std::vector<Value>& objects)
{
    std::map<std::string, Value> now;
    for (const Value& object : objects)
        now.emplace(fileOf(object), object);
    for (const auto& [file, object] : now) {
        const auto before = saved_.find(file);
        if (before != saved_.end() && before->second == object)
            continue;
        const fs::path path = fs::path(directory_) / file;
        std::error_code error;
        fs::create_directories(path.parent_path(), error);
        if (error)
            return "cannot make the directory " + path.parent_path().string() + ": " + error.message();
        // A Secret may be among them.
        if (std::string why = control::writeFileAtomically(path.string(), importers::toYaml(object), 0600);
            !why.empty())
            return why;
    }
    for (const auto& [file, object] : saved_) {
        if (now.contains(file))
            continue;
        const fs::path path = fs::path(directory_) / file;
        std::error_code error;
        fs::remove(path, error);
        if (error)
            return "cannot remove " + path.string() + ": " + error.message();
    }
    saved_ = std::move(now);
    return {};
}

} // namespace gatehouse::kube

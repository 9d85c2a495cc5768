#include "importers/files/manifest_files.h"
#include "model/base/ascii.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>

namespace gatehouse::importers {

namespace {

namespace fs = std::filesystem;

model::Diagnostic cannotRead(const std::string& path, const std::string& why)
{
    model::Diagnostic problem;
    problem.code = code::cannotRead;
    problem.message = "cannot read " + (path.empty() ? std::string("a path without a name") : path) + ": " + why;
    problem.location.file = std::make_shared<const std::string>(path);
    return problem;
}

std::string lowerFirst(std::string text)
{
    if (text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && !(text[1] >= 'A' && text[1] <= 'Z'))
        text[0] = static_cast<char>(text[0] + 32);
    return text;
}

/// Walks directories and collects manifests, each real file and directory once.
class Search {
public:
    Search(const ImportLimits& limits, std::vector<model::Diagnostic>& problems) : limits_(limits), problems_(problems)
    {
    }

    void addGiven(const std::string& path)
    {
        std::error_code error;
        const fs::file_status status = fs::status(path, error);
        if (!fs::exists(status)) {
            found_.unreadable = true;
            problems_.push_back(cannotRead(
                path,
                lowerFirst((error ? error : std::make_error_code(std::errc::no_such_file_or_directory)).message())));
            return;
        }
        if (!fs::is_directory(status)) {
            addFile(path, identity(path));
            return;
        }
        const std::size_t before = found_.files.size();
        const std::size_t problemsBefore = problems_.size();
        const bool known = directories_.contains(identity(path));
        walk(path, true);
        if (found_.files.size() == before && problems_.size() == problemsBefore && !known) {
            model::Diagnostic problem = cannotRead(path, "");
            problem.severity = model::Severity::Warning;
            problem.code = code::nothingFound;
            problem.message = "no manifest was found in " + path;
            problem.expected = "files named *.yaml, *.yml or *.json";
            problems_.push_back(std::move(problem));
        }
    }

    FoundFiles take()
    {
        std::sort(found_.files.begin(), found_.files.end());
        std::sort(found_.directories.begin(), found_.directories.end());
        return std::move(found_);
    }

private:
    static std::string identity(const fs::path& path)
    {
        std::error_code error;
        const fs::path real = fs::canonical(path, error);
        return error ? path.string() : real.string();
    }

    void addFile(const fs::path& path, std::string id)
    {
        if (tooMany_ || !files_.insert(std::move(id)).second)
            return;
        if (found_.files.size() == limits_.files) {
            tooMany_ = true;
            model::Diagnostic problem = cannotRead(path.string(), "");
            problem.code = code::tooLarge;
            problem.message = "more than " + std::to_string(limits_.files) + " files, the limit of one import";
            problem.remedy = "name fewer directories";
            problems_.push_back(std::move(problem));
            return;
        }
        found_.files.push_back(path.string());
    }

    void walk(const fs::path& top, bool given)
    {
        // A list of what is left instead of recursion: a deep tree costs memory, not stack.
        std::vector<fs::path> left{top};
        while (!left.empty() && !tooMany_) {
            const fs::path directory = std::move(left.back());
            left.pop_back();
            const std::string id = identity(directory);
            if (!directories_.insert(id).second)
                continue;
            found_.directories.push_back(directory.string());
            std::error_code error;
            std::vector<fs::directory_entry> entries;
            for (fs::directory_iterator it(directory, error), end; !error && it != end; it.increment(error))
                entries.push_back(*it);
            if (error) {
                problems_.push_back(cannotRead(directory.string(), lowerFirst(error.message())));
                found_.unreadable = found_.unreadable || (given && directory == top);
            }
            std::sort(entries.begin(), entries.end());
            for (const fs::directory_entry& entry : entries) {
                const std::string name = entry.path().filename().string();
                std::error_code gone; // an entry that vanished meanwhile is neither
                if (entry.is_directory(gone)) {
                    if (isManifestDirectory(name))
                        left.push_back(entry.path());
                } else if (isManifestName(name)) {
                    // A dangling link is listed, so that reading it says what is wrong. Pipes and sockets would block.
                    const fs::file_status status = entry.status(gone);
                    if (fs::is_regular_file(status) || (!fs::exists(status) && entry.is_symlink(gone)))
                        addFile(entry.path(), entry.is_symlink(gone) ? identity(entry.path()) : id + '/' + name);
                }
            }
        }
    }

    const ImportLimits& limits_;
    std::vector<model::Diagnostic>& problems_;
    FoundFiles found_;
    std::set<std::string> files_;
    std::set<std::string> directories_;
    bool tooMany_ = false;
};

} // namespace

void addTooLarge(std::size_t mostBytes, ProblemList& problems)
{
    problems.error(code::tooLarge, {}, "larger than " + std::to_string(mostBytes) + " bytes, the limit of one file")
        .remedy = "split it, or leave it out";
}

bool isManifestName(std::string_view fileName)
{
    if (fileName.empty() || fileName[0] == '.' || fileName[0] == '#' || fileName == "gatehouse.yaml")
        return false;
    const std::string name = model::lowered(fileName);
    return name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".json");
}

bool isManifestDirectory(std::string_view directoryName)
{
    return !directoryName.starts_with('.');
}

FoundFiles findManifests(const std::vector<std::string>& paths, const ImportLimits& limits,
                         std::vector<model::Diagnostic>& problems)
{
    Search search(limits, problems);
    for (const std::string& path : paths)
        if (path != "-")
            search.addGiven(path);
    return search.take();
}

std::optional<std::string> readStream(std::istream& stream, std::size_t mostBytes, ProblemList& problems)
{
    std::string text;
    std::array<char, 65536> chunk;
    while (stream.read(chunk.data(), chunk.size()) || stream.gcount() > 0) {
        text.append(chunk.data(), static_cast<std::size_t>(stream.gcount()));
        if (text.size() > mostBytes) {
            addTooLarge(mostBytes, problems);
            return std::nullopt;
        }
    }
    if (stream.bad()) {
        problems.error(code::cannotRead, {}, "cannot read " + *problems.file());
        return std::nullopt;
    }
    return text;
}

std::optional<std::string> readFile(const std::string& path, std::size_t mostBytes, ProblemList& problems)
{
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::error_code error;
    const std::uintmax_t size = fs::file_size(path, error); // fails for a pipe, which is then limited while it is read
    if (!error && size > mostBytes) {
        addTooLarge(mostBytes, problems);
        return std::nullopt;
    }
    const auto refuse = [&](int number) {
        problems.error(code::cannotRead, {},
                       "cannot read " + path + ": " + lowerFirst(std::generic_category().message(number)));
        return std::nullopt;
    };
    const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rb"));
    if (!file)
        return refuse(errno);
    std::string text;
    text.reserve(error ? 0 : static_cast<std::size_t>(size));
    std::array<char, 65536> chunk;
    while (const std::size_t count = std::fread(chunk.data(), 1, chunk.size(), file.get())) {
        text.append(chunk.data(), count);
        if (text.size() > mostBytes) {
            addTooLarge(mostBytes, problems);
            return std::nullopt;
        }
    }
    if (std::ferror(file.get()))
        return refuse(errno);
    return text;
}

} // namespace gatehouse::importers

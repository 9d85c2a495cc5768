#include "app/control/compare/git_source.h"

#include "app/control/subprocess.h"
#include "importers/files/manifest_files.h"

#include <algorithm>
#include <charconv>

namespace gatehouse::control {
namespace {

constexpr std::string_view scheme = "git:";

struct GitFile {
    std::string path, object;
};

model::Result<std::string, std::string> git(const std::string& directory, std::vector<std::string> arguments,
                                            std::string input = {})
{
    if (!directory.empty())
        arguments.insert(arguments.begin(), {"-C", directory});
    arguments.insert(arguments.begin(), "git");
    ProcessLimits limits;
    limits.input = std::move(input);
    ProcessResult result = runProcess(arguments, limits);
    if (result.notFound)
        return model::Unexpected{std::string("git is not installed; install it, or check the revision out")};
    if (!result.failure.empty())
        return model::Unexpected{"git " + result.failure};
    if (result.exitCode != 0) {
        const std::string words = result.err.substr(0, result.err.find('\n'));
        return model::Unexpected{words.empty() ? "git failed" : "git: " + words};
    }
    return std::move(result.out);
}

/// As in directories: hidden folders below the given one are not entered.
bool isWanted(std::string_view path, std::string_view below)
{
    if (path == below) // named itself
        return true;
    std::string_view rest = path;
    if (path.starts_with(below))
        rest.remove_prefix(below.size());
    while (rest.starts_with('/'))
        rest.remove_prefix(1);
    for (std::size_t slash = rest.find('/'); slash != std::string_view::npos; slash = rest.find('/')) {
        if (!importers::isManifestDirectory(rest.substr(0, slash)))
            return false;
        rest.remove_prefix(slash + 1);
    }
    return importers::isManifestName(rest);
}

/// Reads `ls-tree -z`: "100644 blob 1234abcd\tpath" and a NUL each.
std::vector<GitFile> filesOf(std::string_view listing, std::string_view below)
{
    std::vector<GitFile> files;
    while (!listing.empty()) {
        const std::string_view line = listing.substr(0, listing.find('\0'));
        listing.remove_prefix(std::min(listing.size(), line.size() + 1));
        const std::size_t tab = line.find('\t');
        const std::size_t blob = line.find(" blob ");
        if (tab == std::string_view::npos || blob == std::string_view::npos || !line.starts_with("100"))
            continue; // a link or a submodule
        const std::string_view path = line.substr(tab + 1);
        if (isWanted(path, below))
            files.push_back({std::string(path), std::string(line.substr(blob + 6, tab - blob - 6))});
    }
    return files;
}

} // namespace

bool isGitSource(const std::string& text)
{
    return text.starts_with(scheme) && text.find(':', scheme.size()) != std::string::npos;
}

model::Result<std::vector<std::pair<std::string, std::string>>, std::string> readGitSource(const std::string& text,
                                                                                           const std::string& directory)
{
    const std::size_t colon = text.find(':', scheme.size());
    const std::string revision = text.substr(scheme.size(), colon - scheme.size());
    std::string path = text.substr(colon + 1);
    while (path.size() > 1 && path.ends_with('/'))
        path.pop_back();
    if (path == ".")
        path.clear();
    if (revision.empty() || revision.starts_with('-'))
        return model::Unexpected{"'" + text + "' names no revision; expected git:REF:PATH, as in git:main:manifests"};

    std::vector<std::string> arguments{"ls-tree", "-r", "-z", revision, "--"};
    if (!path.empty())
        arguments.push_back(path);
    const auto listing = git(directory, arguments);
    if (!listing)
        return model::Unexpected{"'" + text + "': " + listing.error()};
    const std::vector<GitFile> files = filesOf(*listing, path);
    if (files.empty())
        return model::Unexpected{"'" + text + "': the revision has no manifest there"};

    std::string wanted;
    for (const GitFile& file : files)
        wanted += file.object + '\n';
    const auto contents = git(directory, {"cat-file", "--batch"}, wanted);
    if (!contents)
        return model::Unexpected{"'" + text + "': " + contents.error()};
    // Each: "1234abcd blob 42\n", 42 bytes, "\n".
    std::string_view rest = *contents;
    std::vector<std::pair<std::string, std::string>> texts;
    for (const GitFile& file : files) {
        const std::string_view head = rest.substr(0, rest.find('\n'));
        const std::string_view digits = head.substr(head.rfind(' ') + 1);
        std::size_t size = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
        if (error != std::errc() || rest.size() < head.size() + 2 + size)
            return model::Unexpected{"'" + text + "': git has no content of " + file.path};
        texts.emplace_back(std::string(scheme) + revision + ':' + file.path, rest.substr(head.size() + 1, size));
        rest.remove_prefix(head.size() + 2 + size);
    }
    return texts;
}

} // namespace gatehouse::control

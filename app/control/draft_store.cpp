#include "app/control/draft_store.h"

#include "app/control/atomic_file.h"
#include "app/control/private_directory.h"

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <sys/stat.h>
#include <unistd.h>

namespace gatehouse::control {

namespace {

constexpr std::string_view magic = "gatehouse-draft 1";

/// One name for one file, whatever the working directory was.
std::string absolute(const std::string& file)
{
    std::error_code error;
    const auto path = std::filesystem::absolute(file, error);
    return error ? file : path.lexically_normal().string();
}

/// FNV-1a: the same in every build, which std::hash does not promise. The name in the file tells two files of one hash
/// apart.
std::uint64_t hashOf(const std::string& text)
{
    std::uint64_t hash = 14695981039346656037u;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    return hash;
}

} // namespace

DraftStore::DraftStore(std::string directory) : directory_(std::move(directory))
{
}

std::string DraftStore::defaultDirectory()
{
    const std::string data = userDataDirectory();
    return data.empty() ? data : data + "/drafts";
}

std::string DraftStore::pathOf(const std::string& file) const
{
    char name[40];
    std::snprintf(name, sizeof name, "/%016llx.draft", static_cast<unsigned long long>(hashOf(absolute(file))));
    return directory_ + name;
}

// A kept draft is a line with the magic and the lengths of name and base, then these two, then the text as it is.

std::string DraftStore::keep(const std::string& file, const std::string& text, const std::string& base)
{
    if (directory_.empty())
        return {};
    if (!prepared_) {
        if (std::string error = makePrivateDirectory(directory_); !error.empty())
            return error;
        prepared_ = true;
    }
    const std::string name = absolute(file);
    std::string whole(magic);
    whole += ' ' + std::to_string(name.size()) + ' ' + std::to_string(base.size()) + '\n' + name + base + text;
    return writeFileAtomically(pathOf(file), whole, 0600);
}

std::optional<KeptDraft> DraftStore::find(const std::string& file) const
{
    if (directory_.empty())
        return std::nullopt;
    const std::string path = pathOf(file);
    std::ifstream in(path, std::ios::binary);
    std::string first;
    if (!in || !std::getline(in, first) || !first.starts_with(magic))
        return std::nullopt;
    std::istringstream lengths(first.substr(magic.size()));
    std::size_t nameLength = 0, baseLength = 0;
    if (!(lengths >> nameLength >> baseLength))
        return std::nullopt;
    const std::string rest{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const std::string name = absolute(file);
    if (nameLength != name.size() || rest.size() < nameLength + baseLength || !rest.starts_with(name))
        return std::nullopt;
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0)
        return std::nullopt;
    KeptDraft draft;
    draft.base = rest.substr(nameLength, baseLength);
    draft.text = rest.substr(nameLength + baseLength);
    draft.keptAt = std::chrono::system_clock::from_time_t(found.st_mtime);
    return draft;
}

void DraftStore::forget(const std::string& file)
{
    if (!directory_.empty())
        ::unlink(pathOf(file).c_str());
}

} // namespace gatehouse::control

#include "app/cli/commands.h"

#include "app/cli/input.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <sstream>
#include <unistd.h>

namespace gatehouse::cli {

namespace {

constexpr const char* desktop = "gatehouse-desktop";

bool executable(const std::filesystem::path& path)
{
    return access(path.c_str(), X_OK) == 0;
}

/// Beside this program first, so that a build folder starts its own; then PATH.
std::string findDesktop(const std::string& program)
{
    namespace fs = std::filesystem;
    std::error_code error;
    fs::path self = fs::read_symlink("/proc/self/exe", error);
    if (error)
        self = program;
    if (self.has_parent_path() && executable(self.parent_path() / desktop))
        return (self.parent_path() / desktop).string();
    const char* path = std::getenv("PATH");
    std::istringstream folders(path ? path : "");
    for (std::string folder; std::getline(folders, folder, ':');)
        if (executable(fs::path(folder.empty() ? "." : folder) / desktop))
            return (fs::path(folder.empty() ? "." : folder) / desktop).string();
    return {};
}

class Ui final : public Command {
public:
    void define(Parser& parser) override
    {
        parser.positionals("PATH", paths_, "Files and directories to open");
        parser.list("-f,--filename", files_, "PATH", "A file or a directory; may be repeated");
        cluster_.define(parser);
        common_.define(parser, false);
    }

    int run(Context& context, const Parser&) override
    {
        if (const std::string problem = cluster_.problem(); !problem.empty())
            return usageError(context, "ui: " + problem);
        const std::string program = findDesktop(context.program);
        if (program.empty()) {
            context.err << "gatehouse: ui: " << desktop
                        << " is neither beside this program nor in PATH; build or install it first\n";
            return code(Exit::CannotStart);
        }
        std::vector<std::string> words = desktopWords(program);
        std::vector<char*> arguments;
        for (std::string& word : words)
            arguments.push_back(word.data());
        arguments.push_back(nullptr);
        context.out.flush();
        execv(program.c_str(), arguments.data());
        context.err << "gatehouse: ui: cannot run " << program << ": " << std::strerror(errno) << '\n';
        return code(Exit::CannotStart);
    }

private:
    [[nodiscard]] std::vector<std::string> desktopWords(const std::string& program) const
    {
        std::vector<std::string> words{program};
        if (cluster_.fromCluster)
            words.emplace_back("--from-cluster");
        if (!cluster_.context.empty())
            words.push_back("--context=" + cluster_.context);
        std::vector<std::string> paths = paths_;
        paths.insert(paths.end(), files_.begin(), files_.end());
        // A file that is named like an option is none over there either.
        if (std::any_of(paths.begin(), paths.end(), [](const std::string& path) { return path.starts_with('-'); }))
            words.emplace_back("--");
        words.insert(words.end(), paths.begin(), paths.end());
        return words;
    }

    std::vector<std::string> paths_, files_;
    ClusterOptions cluster_;
    CommonOptions common_;
};

} // namespace

std::unique_ptr<Command> makeUi()
{
    return std::make_unique<Ui>();
}

} // namespace gatehouse::cli

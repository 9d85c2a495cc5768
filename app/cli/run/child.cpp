#include "app/cli/run/child.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ; // NOLINT: POSIX names it

namespace gatehouse::cli {

namespace {

/// A child must not inherit the signals that run() blocks and ignores.
class SpawnAttributes {
public:
    SpawnAttributes()
    {
        posix_spawnattr_init(&attributes_);
        sigset_t none, defaults;
        sigemptyset(&none);
        sigemptyset(&defaults);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGUSR2})
            sigaddset(&defaults, signal);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setsigdefault(&attributes_, &defaults);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~SpawnAttributes() { posix_spawnattr_destroy(&attributes_); }
    SpawnAttributes(const SpawnAttributes&) = delete;
    SpawnAttributes& operator=(const SpawnAttributes&) = delete;
    [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

private:
    posix_spawnattr_t attributes_{};
};

std::vector<char*> pointers(std::vector<std::string>& texts)
{
    std::vector<char*> result;
    for (std::string& text : texts)
        result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

int waitFor(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

} // namespace

model::Result<std::unique_ptr<Child>, std::string>
Child::start(const std::vector<std::string>& command, const Environment& environment, std::function<void(int)> ended)
{
    std::vector<std::string> variables;
    for (char** variable = environ; *variable; ++variable) {
        const std::string_view text(*variable);
        bool replaced = false;
        for (const auto& [name, value] : environment)
            replaced = replaced || (text.starts_with(name) && text.substr(name.size()).starts_with('='));
        if (!replaced)
            variables.emplace_back(text);
    }
    for (const auto& [name, value] : environment)
        variables.push_back(name + '=' + value);

    std::vector<std::string> words = command;
    const std::vector<char*> arguments = pointers(words);
    const std::vector<char*> all = pointers(variables);
    const SpawnAttributes attributes;
    pid_t pid = 0;
    const int error = posix_spawnp(&pid, arguments[0], nullptr, attributes.get(), arguments.data(), all.data());
    if (error != 0)
        return model::Unexpected{"cannot run " + command[0] + ": " + std::strerror(error)};
    return std::unique_ptr<Child>(new Child(pid, std::move(ended)));
}

Child::Child(pid_t pid, std::function<void(int)> ended)
    : pid_(pid), waiting_([pid, ended = std::move(ended)] { ended(waitFor(pid)); })
{
}

Child::~Child()
{
    waiting_.join();
}

void Child::forward(int signal) const
{
    const bool sentByTerminal = signal == SIGINT && isatty(STDIN_FILENO) && tcgetpgrp(STDIN_FILENO) == getpgrp();
    if (!sentByTerminal)
        kill(pid_, signal);
}

} // namespace gatehouse::cli

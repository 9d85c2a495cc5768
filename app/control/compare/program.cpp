#include "app/control/compare/program.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ; // NOLINT: POSIX names it

namespace gatehouse::control {
namespace {

/// Both ends of a pipe, closed on exec, so that the child has only what it is given.
class Pipe {
public:
    Pipe() { ok_ = pipe2(ends_.data(), O_CLOEXEC) == 0; }
    ~Pipe()
    {
        close(0);
        close(1);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    [[nodiscard]] bool ok() const { return ok_; }
    [[nodiscard]] int end(std::size_t i) const { return ends_[i]; }
    void close(std::size_t i)
    {
        if (ok_ && ends_[i] >= 0)
            ::close(ends_[i]);
        ends_[i] = -1;
    }

private:
    std::array<int, 2> ends_{-1, -1};
    bool ok_ = false;
};

/// Moves bytes both ways until the child has closed its ends; false: it writes too much.
class Dialogue {
public:
    Dialogue(Pipe& in, Pipe& out, Pipe& err, const std::string& input) : in_(in), out_(out), err_(err), rest_(input)
    {
        fcntl(in_.end(1), F_SETFL, O_NONBLOCK); // NOLINT: POSIX' own
    }

    bool run(ProgramOutput& output, std::size_t mostBytes)
    {
        if (rest_.empty())
            in_.close(1);
        while (out_.end(0) >= 0 || err_.end(0) >= 0) {
            std::array<pollfd, 3> waits{
                pollfd{out_.end(0), POLLIN, 0}, {err_.end(0), POLLIN, 0}, {in_.end(1), POLLOUT, 0}};
            if (poll(waits.data(), waits.size(), -1) < 0 && errno != EINTR)
                return false;
            if (waits[2].revents != 0)
                write();
            if (waits[0].revents != 0)
                read(out_, output.out);
            if (waits[1].revents != 0)
                read(err_, output.err);
            if (output.out.size() + output.err.size() > mostBytes)
                return false;
        }
        return true;
    }

private:
    void write()
    {
        const ssize_t sent = ::write(in_.end(1), rest_.data(), rest_.size());
        if (sent > 0)
            rest_.remove_prefix(static_cast<std::size_t>(sent));
        else if (errno == EAGAIN || errno == EINTR)
            return;
        else
            rest_ = {}; // it reads no more
        if (rest_.empty())
            in_.close(1);
    }

    static void read(Pipe& pipe, std::string& text)
    {
        std::array<char, 65536> buffer;
        const ssize_t got = ::read(pipe.end(0), buffer.data(), buffer.size());
        if (got > 0)
            text.append(buffer.data(), static_cast<std::size_t>(got));
        else if (got == 0 || errno != EINTR)
            pipe.close(0);
    }

    Pipe &in_, &out_, &err_;
    std::string_view rest_;
};

int waitFor(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/// A child that ends before it has read all must not end us with SIGPIPE: the write fails instead.
class IgnoredPipeSignal {
public:
    IgnoredPipeSignal()
    {
        struct sigaction ignore {};
        ignore.sa_handler = SIG_IGN;
        sigaction(SIGPIPE, &ignore, &before_);
    }
    ~IgnoredPipeSignal() { sigaction(SIGPIPE, &before_, nullptr); }
    IgnoredPipeSignal(const IgnoredPipeSignal&) = delete;
    IgnoredPipeSignal& operator=(const IgnoredPipeSignal&) = delete;

private:
    struct sigaction before_ {};
};

} // namespace

model::Result<ProgramOutput, std::string> runProgram(const std::vector<std::string>& command, const std::string& input,
                                                     std::size_t mostBytes)
{
    Pipe in, out, err;
    if (!in.ok() || !out.ok() || !err.ok())
        return model::Unexpected{std::string("no pipe: ") + std::strerror(errno)};
    const IgnoredPipeSignal ignored;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in.end(0), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out.end(1), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err.end(1), STDERR_FILENO);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    std::vector<std::string> words = command;
    std::vector<char*> arguments;
    for (std::string& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t pid = 0;
    const int error = posix_spawnp(&pid, arguments[0], &actions, &attributes, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error != 0)
        return model::Unexpected{"cannot run " + command[0] + ": " + std::strerror(error)};
    in.close(0);
    out.close(1);
    err.close(1);
    ProgramOutput output;
    const bool whole = Dialogue(in, out, err, input).run(output, mostBytes);
    if (!whole)
        kill(pid, SIGKILL);
    output.exitCode = waitFor(pid);
    if (!whole)
        return model::Unexpected{command[0] + " wrote more than " + std::to_string(mostBytes >> 20) + " MiB"};
    return output;
}

} // namespace gatehouse::control

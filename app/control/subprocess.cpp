#include "app/control/subprocess.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ; // NOLINT: POSIX names it

namespace gatehouse::control {

namespace {

using Clock = std::chrono::steady_clock;

/// One end of a pipe; closed at the end.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    void reset(int fd)
    {
        close();
        fd_ = fd;
    }
    void close()
    {
        if (fd_ >= 0)
            ::close(fd_);
        fd_ = -1;
    }
    [[nodiscard]] int get() const { return fd_; }

private:
    int fd_ = -1;
};

struct Pipe {
    Descriptor read, write;

    bool open()
    {
        std::array<int, 2> ends{};
        // Close-on-exec, so that no other child keeps our reader waiting for the end.
#if defined(GATEHOUSE_PORTABLE)
        if (pipe(ends.data()) != 0)
            return false;
        for (const int end : ends)
            fcntl(end, F_SETFD, FD_CLOEXEC);
#else
        if (pipe2(ends.data(), O_CLOEXEC) != 0)
            return false;
#endif
        read.reset(ends[0]);
        write.reset(ends[1]);
        return true;
    }
};

/// posix_spawn's settings: the pipes as standard output and error, and no signal that we block or ignore.
class Spawn {
public:
    /// `input`: what is its standard input; null for none of its own.
    Spawn(const Pipe& out, const Pipe& err, std::FILE* input)
    {
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_adddup2(&actions_, out.write.get(), STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions_, err.write.get(), STDERR_FILENO);
        if (input)
            posix_spawn_file_actions_adddup2(&actions_, fileno(input), STDIN_FILENO);
        else if (isatty(STDIN_FILENO) != 1)
            posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
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
    ~Spawn()
    {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }
    Spawn(const Spawn&) = delete;
    Spawn& operator=(const Spawn&) = delete;

    int start(std::vector<std::string> words, pid_t& pid) const
    {
        std::vector<char*> arguments;
        for (std::string& word : words)
            arguments.push_back(word.data());
        arguments.push_back(nullptr);
        return posix_spawnp(&pid, arguments[0], &actions_, &attributes_, arguments.data(), environ);
    }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

/// Reads what is there; false at the end.
bool drain(Descriptor& from, std::string& into)
{
    char piece[65536];
    const ssize_t got = ::read(from.get(), piece, sizeof piece);
    if (got > 0) {
        into.append(piece, static_cast<std::size_t>(got));
        return true;
    }
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return true;
    from.close();
    return false;
}

constexpr const char* stoppedFailure = "was stopped";

/// Reads both pipes to their ends; the text says which limit was exceeded first, "" for none. `stopped` closes its end
/// of writing when nobody waits for the process any more.
std::string readAll(Pipe& out, Pipe& err, Pipe& stopped, ProcessResult& result, const ProcessLimits& limits)
{
    const std::stop_callback stop(limits.stop, [&stopped] { stopped.write.close(); });
    const auto deadline = Clock::now() + limits.timeout;
    while (out.read.get() >= 0 || err.read.get() >= 0) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0)
            return "did not end within " + std::to_string(limits.timeout.count() / 1000) + " s";
        std::array<pollfd, 3> waiting{
            {{out.read.get(), POLLIN, 0}, {err.read.get(), POLLIN, 0}, {stopped.read.get(), POLLIN, 0}}};
        if (poll(waiting.data(), waiting.size(), static_cast<int>(std::min<long long>(left, 1'000'000))) < 0 &&
            errno != EINTR)
            return std::string("cannot be waited for: ") + std::strerror(errno);
        if (waiting[2].revents != 0)
            return stoppedFailure;
        if (waiting[0].revents != 0)
            drain(out.read, result.out);
        if (waiting[1].revents != 0)
            drain(err.read, result.err);
        if (result.out.size() > limits.outputBytes || result.err.size() > limits.outputBytes)
            return "printed more than " + std::to_string(limits.outputBytes) + " bytes";
    }
    return {};
}

} // namespace

ProcessResult runProcess(const std::vector<std::string>& command, const ProcessLimits& limits)
{
    ProcessResult result;
    if (limits.stop.stop_requested()) {
        result.failure = stoppedFailure;
        return result;
    }
    Pipe out, err, stopped;
    if (!out.open() || !err.open() || !stopped.open()) {
        result.failure = std::string("cannot make a pipe: ") + std::strerror(errno);
        return result;
    }
    // A file, so that nobody has to write while the other reads.
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> input(limits.input.empty() ? nullptr : std::tmpfile(),
                                                                &std::fclose);
    if (!limits.input.empty() &&
        (!input || std::fwrite(limits.input.data(), 1, limits.input.size(), input.get()) != limits.input.size() ||
         std::fflush(input.get()) != 0 || lseek(fileno(input.get()), 0, SEEK_SET) != 0)) {
        result.failure = std::string("cannot be given its input: ") + std::strerror(errno);
        return result;
    }
    pid_t pid = 0;
    const int error = Spawn(out, err, input.get()).start(command, pid);
    out.write.close();
    err.write.close();
    if (error != 0) {
        result.notFound = error == ENOENT;
        result.failure = std::string("cannot be run: ") + std::strerror(error);
        return result;
    }
    result.failure = readAll(out, err, stopped, result, limits);
    if (!result.failure.empty())
        kill(pid, SIGKILL);
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    result.exitCode = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return result;
}

} // namespace gatehouse::control

#include "app/cli/run/ready.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace gatehouse::cli {

namespace {

bool writeAll(int descriptor, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t n = write(descriptor, text.data(), text.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

/// Whoever waits for the file must never see half of it: write beside it, then rename.
bool replaceFile(const std::string& file, const std::string& text)
{
    const std::string temporary = file + ".part";
    const int descriptor = open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor < 0)
        return false;
    const bool whole = writeAll(descriptor, text);
    const bool closed = close(descriptor) == 0;
    if (whole && closed && std::rename(temporary.c_str(), file.c_str()) == 0)
        return true;
    const int error = errno;
    unlink(temporary.c_str());
    errno = error;
    return false;
}

} // namespace

ReadySignal::ReadySignal(std::string file, std::optional<int> descriptor)
    : file_(std::move(file)), descriptor_(descriptor)
{
    withdraw();
}

ReadySignal::~ReadySignal()
{
    withdraw();
}

void ReadySignal::withdraw()
{
    if (!file_.empty())
        unlink(file_.c_str());
}

std::string ReadySignal::announce(const std::vector<std::pair<std::string, std::string>>& urls)
{
    std::string text;
    for (const auto& [name, url] : urls)
        text += name + '=' + url + '\n';
    std::string error;
    if (!file_.empty() && !replaceFile(file_, text))
        error = "cannot write " + file_ + ": " + std::strerror(errno);
    if (descriptor_) {
        if (!writeAll(*descriptor_, text) && error.empty())
            error = "cannot write to file descriptor " + std::to_string(*descriptor_) + ": " + std::strerror(errno);
        giveUpDescriptor();
    }
    return error;
}

void ReadySignal::giveUpDescriptor()
{
    if (!descriptor_)
        return;
    if (*descriptor_ > STDERR_FILENO)
        close(*descriptor_);
    descriptor_.reset();
}

} // namespace gatehouse::cli

#include "app/cli/run/ready.h"

#include "app/control/atomic_file.h"

#include <cerrno>
#include <cstring>
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
    if (!file_.empty())
        error = control::writeFileAtomically(file_, text, 0644);
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

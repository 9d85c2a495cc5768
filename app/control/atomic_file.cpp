#include "app/control/atomic_file.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gatehouse::control {

namespace {

std::string failed(const std::string& what, const std::string& path)
{
    return "cannot " + what + ' ' + path + ": " + std::strerror(errno);
}

bool writeAll(int fd, const std::string& text)
{
    for (std::size_t done = 0; done < text.size();) {
        const ssize_t wrote = ::write(fd, text.data() + done, text.size() - done);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return false;
        done += static_cast<std::size_t>(wrote);
    }
    return true;
}

} // namespace

std::string writeFileAtomically(const std::string& path, const std::string& text, unsigned mode)
{
    // Beside the target: rename() replaces only within a file system. mkostemp() makes it 0600 from the start.
    std::string temporary = path + ".XXXXXX";
    const int fd = ::mkostemp(temporary.data(), O_CLOEXEC);
    if (fd < 0)
        return failed("write", path);
    std::string error;
    if (!writeAll(fd, text))
        error = failed("write", path);
    else if (::fchmod(fd, static_cast<mode_t>(mode)) != 0)
        error = failed("set the permissions of", path);
    if (::close(fd) != 0 && error.empty())
        error = failed("write", path);
    if (error.empty() && ::rename(temporary.c_str(), path.c_str()) != 0)
        error = failed("replace", path);
    if (!error.empty())
        ::unlink(temporary.c_str());
    return error;
}

} // namespace gatehouse::control

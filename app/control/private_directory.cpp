#include "app/control/private_directory.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include <sys/stat.h>

namespace gatehouse::control {

std::string userDataDirectory()
{
    if (const char* data = std::getenv("XDG_DATA_HOME"); data && *data == '/')
        return std::string(data) + "/gatehouse";
    if (const char* home = std::getenv("HOME"); home && *home == '/')
        return std::string(home) + "/.local/share/gatehouse";
    return {};
}

std::string makePrivateDirectory(const std::string& path)
{
    const auto failed = [&](const char* what) {
        return std::string("cannot ") + what + ' ' + path + ": " + std::strerror(errno);
    };
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0) {
        std::error_code error;
        std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
        if (error)
            return "cannot make the directory of " + path + ": " + error.message();
        if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
            return failed("make the directory");
    }
    // The mode of mkdir() passes the umask, and the directory may have been there with a wider one.
    return ::chmod(path.c_str(), 0700) == 0 ? std::string() : failed("set the permissions of");
}

} // namespace gatehouse::control

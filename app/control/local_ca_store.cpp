#include "app/control/local_ca_store.h"

#include "app/control/atomic_file.h"
#include "app/control/private_directory.h"
#include "engine/tls/local_ca.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gatehouse::control {

namespace {

constexpr std::size_t mostBytes = 64 * 1024;
constexpr std::string_view keyBegin = "-----BEGIN PRIVATE KEY-----";

std::string failed(const std::string& what, const std::string& path)
{
    return "cannot " + what + ' ' + path + ": " + std::strerror(errno);
}

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor()
    {
        if (fd_ >= 0)
            ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return fd_; }

private:
    int fd_;
};

/// Keeps other processes from making a CA at the same moment. The directory itself is locked: no file is left behind.
class DirectoryLock {
public:
    explicit DirectoryLock(const std::string& directory)
        : directory_(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    {
        while (directory_.get() >= 0 && ::flock(directory_.get(), LOCK_EX) != 0)
            if (errno != EINTR)
                return;
        held_ = directory_.get() >= 0;
    }
    [[nodiscard]] bool held() const { return held_; }

private:
    Descriptor directory_;
    bool held_ = false;
};

} // namespace

std::string defaultCaDirectory()
{
    return userDataDirectory();
}

std::string LocalCaStore::prepareDirectory() const
{
    if (directory_.empty())
        return "there is no place for the local CA: set HOME or XDG_DATA_HOME";
    return makePrivateDirectory(directory_);
}

LocalCaStore::Found LocalCaStore::load() const
{
    if (directory_.empty())
        return model::Unexpected{prepareDirectory()};
    const std::string path = identityPath();
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0)
        return model::Unexpected{errno == ENOENT ? std::string() : failed("read the local CA", path)};
    struct stat found {};
    if (::fstat(file.get(), &found) != 0)
        return model::Unexpected{failed("read the local CA", path)};
    if (found.st_uid != ::geteuid() || (found.st_mode & 077) != 0)
        return model::Unexpected{"the local CA " + path +
                                 " belongs to or may be read by others, who may know its key; "
                                 "`gatehouse ca renew` makes a new one"};
    std::string text;
    char piece[4096];
    for (;;) {
        const ssize_t n = ::read(file.get(), piece, sizeof piece);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return model::Unexpected{failed("read the local CA", path)};
        if (n == 0)
            break;
        text.append(piece, static_cast<std::size_t>(n));
        if (text.size() > mostBytes)
            break;
    }
    const std::size_t key = text.find(keyBegin);
    if (text.size() > mostBytes || key == std::string::npos || key == 0)
        return model::Unexpected{"the local CA " + path +
                                 " is damaged: it is to hold a certificate and a key; "
                                 "`gatehouse ca renew` makes a new one"};
    return engine::TlsIdentity{text.substr(0, key), text.substr(key)};
}

LocalCaStore::Found LocalCaStore::make(std::chrono::system_clock::time_point now) const
{
    auto made = engine::makeLocalCa("Gatehouse local CA", now);
    if (!made)
        return made;
    std::string error = writeFileAtomically(identityPath(), made->certificatePem + made->keyPem, 0600);
    if (error.empty())
        error = writeFileAtomically(certificatePath(), made->certificatePem, 0600);
    if (!error.empty())
        return model::Unexpected{std::move(error)};
    return made;
}

LocalCaStore::Found LocalCaStore::loadOrCreate(std::chrono::system_clock::time_point now) const
{
    if (std::string error = prepareDirectory(); !error.empty())
        return model::Unexpected{std::move(error)};
    const DirectoryLock lock(directory_);
    if (!lock.held())
        return model::Unexpected{failed("lock", directory_)};
    Found found = load();
    if (!found && found.error().empty())
        return make(now);
    // Somebody may have removed it, or a power cut come between the two files.
    if (found)
        if (std::string error = writeFileAtomically(certificatePath(), found->certificatePem, 0600); !error.empty())
            return model::Unexpected{std::move(error)};
    return found;
}

LocalCaStore::Found LocalCaStore::renew(std::chrono::system_clock::time_point now) const
{
    if (std::string error = prepareDirectory(); !error.empty())
        return model::Unexpected{std::move(error)};
    const DirectoryLock lock(directory_);
    if (!lock.held())
        return model::Unexpected{failed("lock", directory_)};
    return make(now);
}

} // namespace gatehouse::control

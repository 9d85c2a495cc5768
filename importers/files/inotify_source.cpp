#include "importers/files/change_source.h"
#include "importers/files/manifest_files.h"
#include "importers/files/manifest_snapshot.h"

#ifdef GATEHOUSE_HAS_INOTIFY
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <map>
#include <poll.h>
#include <set>
#include <sys/inotify.h>
#include <unistd.h>
#endif

namespace gatehouse::importers {

#ifndef GATEHOUSE_HAS_INOTIFY

std::unique_ptr<ChangeSource> makeInotifySource(std::vector<std::string>)
{
    return nullptr;
}

#else

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::uint32_t nameEvents =
    IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
constexpr std::uint32_t contentEvents = IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB;

/// What a watched directory is watched for. Files are never watched themselves: an editor replaces them by rename, and
/// a watch would stay with the old file.
struct Interest {
    bool tree = false;           ///< a given directory or one below: all manifests and directories in it
    std::set<std::string> files; ///< single manifests in it
    std::set<std::string> steps; ///< names through which a given path leads: when one comes or goes, look anew

    void add(const Interest& other)
    {
        tree = tree || other.tree;
        files.insert(other.files.begin(), other.files.end());
        steps.insert(other.steps.begin(), other.steps.end());
    }
};

/// How much an inotify event matters.
enum class Matter {
    Nothing, ///< a file that no import reads
    Look,    ///< the watches may have to change; whether a manifest did shows when they are looked at
    Changed,
};

class InotifySource final : public ChangeSource {
public:
    explicit InotifySource(std::vector<std::string> paths) : paths_(std::move(paths))
    {
        descriptor_ = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
        if (descriptor_ >= 0)
            look();
    }
    ~InotifySource() override
    {
        if (descriptor_ >= 0)
            close(descriptor_);
    }
    InotifySource(const InotifySource&) = delete;
    InotifySource& operator=(const InotifySource&) = delete;

    [[nodiscard]] bool works() const { return descriptor_ >= 0 && !exhausted_; }

    Event next(std::optional<std::chrono::milliseconds> timeout, Interrupt& interrupt) override
    {
        const auto end = timeout ? Clock::now() + *timeout : Clock::time_point::max();
        for (;;) {
            int pause = -1;
            if (timeout)
                pause = std::max(
                    0, static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count()));
            std::array<pollfd, 2> waited{{{interrupt.descriptor(), POLLIN, 0}, {descriptor_, POLLIN, 0}}};
            const int ready = poll(waited.data(), waited.size(), pause);
            if (ready < 0 && errno != EINTR)
                return Event::Failed;
            if (ready == 0)
                return Event::Quiet;
            if (ready > 0 && waited[0].revents != 0) {
                interrupt.reset();
                return Event::Interrupted;
            }
            if (ready < 0 || waited[1].revents == 0)
                continue;
            bool changed = false;
            switch (drain()) {
            case Matter::Nothing:
                break;
            case Matter::Look:
                changed = look();
                break;
            case Matter::Changed:
                look();
                changed = true;
                break;
            }
            if (exhausted_)
                return Event::Failed;
            if (changed)
                return Event::Changed;
        }
    }

private:
    Matter drain()
    {
        Matter most = Matter::Nothing;
        alignas(inotify_event) std::array<char, 16384> buffer;
        for (;;) {
            const ssize_t count = read(descriptor_, buffer.data(), buffer.size());
            if (count <= 0)
                return most;
            for (ssize_t at = 0; at < count;) {
                inotify_event event;
                std::memcpy(&event, buffer.data() + at, sizeof event);
                // The name is padded with NULs to `len`.
                const char* const name = event.len > 0 ? buffer.data() + at + offsetof(inotify_event, name) : "";
                most = std::max(most, weigh(event, name));
                at += static_cast<ssize_t>(sizeof event + event.len);
            }
        }
    }

    Matter weigh(const inotify_event& event, const std::string& name) const
    {
        if (event.mask & IN_Q_OVERFLOW)
            return Matter::Changed; // something was lost, and it may have been a manifest
        const auto it = watches_.find(event.wd);
        if (it == watches_.end() || (event.mask & IN_IGNORED))
            return Matter::Nothing; // a watch that was given up; what ended it was an event of its own
        if (event.mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT))
            return Matter::Look;
        const Interest& interest = it->second;
        const bool directory = (event.mask & IN_ISDIR) != 0;
        if (!directory && (interest.files.contains(name) || (interest.tree && isManifestName(name))))
            return Matter::Changed;
        const bool entered = directory && interest.tree && isManifestDirectory(name);
        return interest.steps.contains(name) || (entered && !(event.mask & contentEvents)) ? Matter::Look
                                                                                           : Matter::Nothing;
    }

    /// Sets watches on all that is there now; true when the manifests differ from the last look.
    bool look()
    {
        constexpr int mostTries = 8; // a tree that keeps growing reports the rest through its watches
        ManifestSnapshot now = ManifestSnapshot::take(paths_);
        for (int i = 0; i < mostTries && !exhausted_; ++i) {
            setWatches(now);
            // A directory that came before its parent was watched is not reported: look once more.
            ManifestSnapshot later = ManifestSnapshot::take(paths_);
            const bool same = later.directories == now.directories;
            now = std::move(later);
            if (same)
                break;
        }
        const bool changed = now.files != last_.files;
        last_ = std::move(now);
        return changed;
    }

    void setWatches(const ManifestSnapshot& now)
    {
        std::map<std::string, Interest> wanted;
        for (const std::string& path : paths_)
            if (path != "-")
                follow(path, wanted);
        for (const std::string& directory : now.directories)
            wanted[absolute(directory).string()].tree = true;
        for (const auto& [path, file] : now.files)
            if (std::error_code error; fs::is_symlink(path, error))
                follow(path, wanted);

        std::map<int, Interest> watches;
        for (const auto& [directory, interest] : wanted) {
            const bool contents = interest.tree || !interest.files.empty();
            // Two names of one directory share a watch: what each wants is added up.
            const std::uint32_t mask = nameEvents | (contents ? contentEvents : 0) | IN_MASK_ADD;
            const int watch = inotify_add_watch(descriptor_, directory.c_str(), mask);
            if (watch >= 0)
                watches[watch].add(interest);
            else if (errno == ENOSPC || errno == ENOMEM)
                exhausted_ = true; // the user's limit of watches; a directory that cannot be entered is the importer's
        }
        for (const auto& [watch, interest] : watches_)
            if (!watches.contains(watch))
                inotify_rm_watch(descriptor_, watch);
        watches_ = std::move(watches);
    }

    static fs::path absolute(const std::string& path)
    {
        std::error_code error;
        fs::path result = fs::absolute(path, error).lexically_normal();
        return result.has_filename() ? result : result.parent_path();
    }

    /// Watches for the file `path` and every directory that leads to it, also where symbolic links point.
    static void follow(const std::string& path, std::map<std::string, Interest>& wanted)
    {
        fs::path at = absolute(path);
        for (int links = 0; links < 16; ++links) {
            wanted[at.parent_path().string()].files.insert(at.filename().string());
            for (fs::path step = at; step != step.parent_path(); step = step.parent_path())
                wanted[step.parent_path().string()].steps.insert(step.filename().string());
            std::error_code error;
            const fs::path target = fs::read_symlink(at, error);
            if (error)
                return;
            at = (at.parent_path() / target).lexically_normal();
        }
    }

    std::vector<std::string> paths_;
    int descriptor_ = -1;
    bool exhausted_ = false;
    std::map<int, Interest> watches_;
    ManifestSnapshot last_;
};

} // namespace

std::unique_ptr<ChangeSource> makeInotifySource(std::vector<std::string> paths)
{
    auto source = std::make_unique<InotifySource>(std::move(paths));
    return source->works() ? std::move(source) : nullptr;
}

#endif

} // namespace gatehouse::importers

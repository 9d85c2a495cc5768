#pragma once

#include "importers/files/file_watcher.h"

#include <QObject>

#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse::desktop {

/// Follows files and folders on a thread of its own, and tells on the thread that it lives in. Once ready() came, no
/// change is missed.
class PathWatch final : public QObject {
    Q_OBJECT
public:
    explicit PathWatch(std::vector<std::string> paths, QObject* parent = nullptr);
    ~PathWatch() override;
    [[nodiscard]] const std::vector<std::string>& paths() const { return paths_; }

signals:
    void ready();
    void changed(); ///< bursts are one change

private:
    void follow();

    const std::vector<std::string> paths_;
    std::mutex mutex_; ///< guards the two below
    std::unique_ptr<importers::FileWatcher> watcher_;
    bool stopped_ = false;
    std::thread thread_;
};

} // namespace gatehouse::desktop

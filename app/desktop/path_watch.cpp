#include "app/desktop/path_watch.h"

namespace gatehouse::desktop {

PathWatch::PathWatch(std::vector<std::string> paths, QObject* parent) : QObject(parent), paths_(std::move(paths))
{
    thread_ = std::thread([this] { follow(); });
}

PathWatch::~PathWatch()
{
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
        if (watcher_)
            watcher_->stop();
    }
    thread_.join();
}

void PathWatch::follow()
{
    auto watcher = std::make_unique<importers::FileWatcher>(paths_); // looks through whole trees
    importers::FileWatcher* own = watcher.get();
    {
        const std::lock_guard lock(mutex_);
        if (stopped_)
            return;
        watcher_ = std::move(watcher);
    }
    QMetaObject::invokeMethod(
        this, [this] { emit ready(); }, Qt::QueuedConnection);
    while (own->wait())
        QMetaObject::invokeMethod(
            this, [this] { emit changed(); }, Qt::QueuedConnection);
}

} // namespace gatehouse::desktop

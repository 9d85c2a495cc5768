#include "app/desktop/edited_files.h"

#include "app/desktop/file_text.h"
#include "ui/docks/editor_dock.h"

#include <QFileInfo>

namespace gatehouse::desktop {

using namespace std::chrono_literals;

namespace {

/// What a file looks like to its editor: the text, and whether it may be written.
QString lookOf(const ui::FileText& disk)
{
    return disk.readOnly ? disk.version + QStringLiteral(" read-only") : disk.version;
}

} // namespace

EditedFiles::EditedFiles(ui::EditorDock& editor, std::string draftDirectory)
    : editor_(editor), store_(std::move(draftDirectory))
{
    work_.setMaxThreadCount(1);
    connect(&editor_, &ui::EditorDock::fileRequested, this, &EditedFiles::read);
    connect(&editor_, &ui::EditorDock::saveRequested, this, &EditedFiles::save);
    connect(&editor_, &ui::EditorDock::fileClosed, this, &EditedFiles::close);
    connect(&editor_, &ui::EditorDock::unsavedTextsChanged, this, &EditedFiles::setUnsaved);
    connect(&editor_, &ui::EditorDock::keptTextDropped, this,
            [this](const QString& file) { work_.start([this, name = toBytes(file)] { store_.forget(name); }); });
    // Editors write in several steps, and a directory tells of every file.
    lookTimer_.setSingleShot(true);
    lookTimer_.setInterval(80ms);
    connect(&lookTimer_, &QTimer::timeout, this, &EditedFiles::lookAgain);
    for (const auto signal : {&QFileSystemWatcher::fileChanged, &QFileSystemWatcher::directoryChanged})
        connect(&watcher_, signal, this, [this] { lookTimer_.start(); });
    keepTimer_.setSingleShot(true);
    keepTimer_.setInterval(300ms);
    connect(&keepTimer_, &QTimer::timeout, this, &EditedFiles::keep);
}

EditedFiles::~EditedFiles()
{
    keep();
    work_.waitForDone();
}

void EditedFiles::read(const QString& file)
{
    work_.start([this, file] {
        const ui::FileText disk = readFileText(file);
        std::optional<ui::KeptText> kept;
        if (const auto found = store_.find(toBytes(file)); found && disk.fault.isEmpty()) {
            kept.emplace();
            kept->text = QString::fromStdString(found->text);
            kept->keptAt = QDateTime::fromSecsSinceEpoch(std::chrono::system_clock::to_time_t(found->keptAt));
            kept->otherBase = QString::fromStdString(found->base) != disk.version;
            if (kept->text == disk.text)
                store_.forget(toBytes(file));
        }
        QMetaObject::invokeMethod(this, [this, file, disk, kept] {
            if (!editor_.openFiles().contains(file))
                return;
            known_[file] = lookOf(disk);
            watch(file);
            editor_.setFile(file, disk, kept);
        });
    });
}

void EditedFiles::offerKept(const std::vector<std::string>& files)
{
    work_.start([this, files] {
        QStringList found;
        for (const std::string& file : files)
            if (store_.find(file))
                found << QString::fromStdString(file);
        if (found.isEmpty())
            return;
        QMetaObject::invokeMethod(this, [this, found] {
            for (const QString& file : found)
                if (!editor_.openFiles().contains(file))
                    editor_.open(file);
        });
    });
}

void EditedFiles::save(const ui::SaveRequest& request)
{
    work_.start([this, request] {
        const ui::SaveResult result = saveFileText(request);
        QMetaObject::invokeMethod(this, [this, file = request.file, result] {
            if (!result.disk.version.isEmpty() && known_.contains(file))
                known_[file] = lookOf(result.disk);
            if (!result.changedElsewhere && result.fault.isEmpty())
                emit saved(file);
            watch(file);
            editor_.setSaved(file, result);
        });
    });
}

void EditedFiles::lookAgain()
{
    for (const auto& [file, version] : known_)
        look(file);
}

void EditedFiles::look(const QString& file)
{
    work_.start([this, file] {
        const ui::FileText disk = readFileText(file);
        QMetaObject::invokeMethod(this, [this, file, disk] {
            const auto known = known_.find(file);
            if (known == known_.end())
                return;
            watch(file);
            if (const QString now = lookOf(disk); std::exchange(known->second, now) != now)
                editor_.setDisk(file, disk);
        });
    });
}

/// A file that was replaced is another one, which has to be watched anew; that it was is the directory's to say.
void EditedFiles::watch(const QString& file)
{
    const QFileInfo info(file);
    QStringList wanted{info.absolutePath()};
    if (info.exists())
        wanted << file;
    for (const QString& path : wanted)
        if (!watcher_.files().contains(path) && !watcher_.directories().contains(path))
            watcher_.addPath(path);
}

void EditedFiles::close(const QString& file)
{
    known_.erase(file);
    if (watcher_.files().contains(file))
        watcher_.removePath(file);
    if (known_.empty() && !watcher_.directories().isEmpty())
        watcher_.removePaths(watcher_.directories());
}

void EditedFiles::setUnsaved(const ui::UnsavedTexts& texts)
{
    unsaved_ = texts;
    keepTimer_.start();
}

void EditedFiles::keep()
{
    keepTimer_.stop();
    for (const auto& [file, unsaved] : unsaved_) {
        const auto before = kept_.find(file);
        if (before != kept_.end() && before->second.text == unsaved.text && before->second.base == unsaved.base)
            continue;
        work_.start([this, name = toBytes(file), text = toBytes(unsaved.text), base = toBytes(unsaved.base)] {
            if (const std::string error = store_.keep(name, text, base); !error.empty())
                emit trouble(tr("Unsaved text is not kept: %1").arg(QString::fromStdString(error)));
        });
    }
    for (const auto& [file, before] : kept_)
        if (!unsaved_.contains(file))
            work_.start([this, name = toBytes(file)] { store_.forget(name); });
    kept_ = unsaved_;
}

} // namespace gatehouse::desktop

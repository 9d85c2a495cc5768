#pragma once

#include "app/desktop/controller.h"
#include "ui/icons.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

/// A sample copied into a folder of the test's own, and a window that has it open.
class Opened {
public:
    explicit Opened(const QString& sample, bool watch = true)
        : folder_(dir_.filePath(QStringLiteral("open"))), window_(nullptr),
          controller_(window_, {{}, {}, watch, nullptr})
    {
        copy(QStringLiteral(GATEHOUSE_SOURCE_DIR "/samples/") + sample, folder_);
    }

    void open()
    {
        QSignalSpy loaded(&controller_, &gatehouse::desktop::Controller::loaded);
        controller_.open({folder_});
        QTRY_COMPARE_WITH_TIMEOUT(loaded.size(), 1, 30'000);
    }

    static void copy(const QString& from, const QString& to)
    {
        QDirIterator files(from, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString file = files.next();
            const QString target = QDir(to).filePath(QDir(from).relativeFilePath(file));
            QVERIFY(QDir().mkpath(QFileInfo(target).path()));
            QVERIFY(QFile::copy(file, target));
            QVERIFY(QFile::setPermissions(target, QFile::ReadOwner | QFile::WriteOwner));
        }
    }

    /// Replaces `before` in a file by `after`, as an editor does: in one step.
    static void edit(const QString& path, const QString& before, const QString& after)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QString text = QString::fromUtf8(file.readAll());
        file.close();
        QVERIFY2(text.contains(before), qPrintable(before));
        write(path, text.replace(before, after));
    }

    static void write(const QString& path, const QString& text)
    {
        QFile fresh(path + QStringLiteral("~"));
        QVERIFY(fresh.open(QIODevice::WriteOnly));
        fresh.write(text.toUtf8());
        fresh.close();
        QVERIFY(std::rename(QFile::encodeName(fresh.fileName()).constData(), QFile::encodeName(path).constData()) == 0);
    }

    [[nodiscard]] QString path(const QString& name) const { return dir_.filePath(name); }
    [[nodiscard]] QString folder() const { return folder_; }
    gatehouse::ui::MainWindow& window() { return window_; }
    gatehouse::desktop::Controller& controller() { return controller_; }

private:
    QTemporaryDir dir_;
    const QString folder_;
    gatehouse::ui::MainWindow window_;
    gatehouse::desktop::Controller controller_;
};

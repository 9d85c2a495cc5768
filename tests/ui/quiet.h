#pragma once

#include <QMutex>
#include <QStringList>
#include <QTest>

/// Collects what Qt complains about while it lives, so that a test can demand that it says nothing.
class Quiet {
public:
    Quiet()
    {
        current() = this;
        previous() = qInstallMessageHandler(&Quiet::take);
    }
    ~Quiet()
    {
        qInstallMessageHandler(previous());
        current() = nullptr;
    }
    Quiet(const Quiet&) = delete;
    Quiet& operator=(const Quiet&) = delete;

    /// What was said since the last call.
    QStringList complaints()
    {
        const QMutexLocker lock(&mutex_);
        return std::exchange(complaints_, {});
    }

private:
    static Quiet*& current()
    {
        static Quiet* quiet = nullptr;
        return quiet;
    }
    static QtMessageHandler& previous()
    {
        static QtMessageHandler handler = nullptr;
        return handler;
    }
    static void take(QtMsgType type, const QMessageLogContext& context, const QString& text)
    {
        // What the offscreen platform says of itself.
        const bool platform = text.startsWith(QLatin1String("This plugin does not support")) ||
                              text.startsWith(QLatin1String("QStandardPaths: XDG_RUNTIME_DIR not set"));
        if (!platform && (type == QtWarningMsg || type == QtCriticalMsg)) {
            const QMutexLocker lock(&current()->mutex_);
            current()->complaints_ << text;
        }
        if (!platform)
            previous()(type, context, text);
    }

    QMutex mutex_;
    QStringList complaints_;
};

/// The class of a test whose every function must end without a complaint of Qt's.
class QuietTest : public QObject {
    Q_OBJECT
protected slots:
    void init() { quiet_.complaints(); }
    void cleanup() { QCOMPARE(quiet_.complaints(), QStringList()); }

private:
    Quiet quiet_;
};

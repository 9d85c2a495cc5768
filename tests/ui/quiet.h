#pragma once

#include <QMutex>
#include <QStringList>
#include <QTest>

/// The class of a test whose every function must end without a complaint of Qt's. Its handler is in force from init()
/// to cleanup(), as Qt Test puts its own in force before that.
class QuietTest : public QObject {
    Q_OBJECT
protected slots:
    void init()
    {
        complaints().clear();
        previous() = qInstallMessageHandler(&QuietTest::take);
    }
    void cleanup()
    {
        qInstallMessageHandler(previous());
        const QMutexLocker lock(&mutex());
        QCOMPARE(complaints(), QStringList());
    }

private:
    static void take(QtMsgType type, const QMessageLogContext& context, const QString& text)
    {
        // What the offscreen platform says of itself.
        if (text.startsWith(QLatin1String("This plugin does not support")) ||
            text.startsWith(QLatin1String("QStandardPaths: XDG_RUNTIME_DIR not set")))
            return;
        if (type == QtWarningMsg || type == QtCriticalMsg) {
            const QMutexLocker lock(&mutex()); // any thread may complain
            complaints() << text;
        }
        previous()(type, context, text);
    }

    static QStringList& complaints()
    {
        static QStringList list;
        return list;
    }
    static QtMessageHandler& previous()
    {
        static QtMessageHandler handler = nullptr;
        return handler;
    }
    static QMutex& mutex()
    {
        static QMutex mutex;
        return mutex;
    }
};

#pragma once

#include <QAbstractEventDispatcher>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <string>
#include <utility>

/// What the benches of the desktop share.
namespace bench {

inline long residentMegabytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:"))
            return std::atol(line.c_str() + 6) / 1024;
    }
    return 0;
}

/// Prints each figure, and keeps it for the JSON that others read.
class Report {
public:
    void say(const char* key, const QString& what, double ms)
    {
        std::printf("  %-44s %9.1f ms\n", qPrintable(what), ms);
        figures_[QLatin1String(key)] = ms;
    }
    void check(const QString& key, const QString& what, double ms, double most)
    {
        const bool met = ms <= most;
        missed_ = missed_ || !met;
        std::printf("  %-44s %9.1f ms   goal %.1f ms: %s\n", qPrintable(what), ms, most, met ? "met" : "MISSED");
        figures_[key] = ms;
    }
    void count(const char* key, double value) { figures_[QLatin1String(key)] = value; }
    void memory(const char* key, const char* when)
    {
        const long megabytes = residentMegabytes();
        std::printf("  %ld MB resident, %s\n", megabytes, when);
        count(key, double(megabytes));
    }
    [[nodiscard]] bool missed() const { return missed_; }
    /// False when the file cannot be written; "" writes none.
    [[nodiscard]] bool write(const QString& path) const
    {
        if (path.isEmpty())
            return true;
        QFile file(path);
        const QByteArray text = QJsonDocument(figures_).toJson();
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    }

private:
    QJsonObject figures_;
    bool missed_ = false;
};

/// What this thread has spent: on a machine that builds beside it, the wall clock measures the others.
inline double threadMs()
{
    timespec spent{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return double(spent.tv_sec) * 1e3 + double(spent.tv_nsec) / 1e6;
}

/// Milliseconds of the longest stretch in which the event loop did not come round, while it lives or since restart():
/// a key that is typed in it waits until its end. Once a round the loop takes what the windowing system has.
class Stall {
public:
    Stall()
    {
        timer_.setInterval(1); // so that it comes round when there is nothing to do
        QObject::connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::awake, &timer_, [this] {
            longest_ = std::max(longest_, clock_.restart());
            const double own = threadMs();
            longestOwn_ = std::max(longestOwn_, own - std::exchange(own_, own));
        });
        clock_.start();
        timer_.start();
    }
    void restart()
    {
        clock_.restart();
        longest_ = 0;
        own_ = threadMs();
        longestOwn_ = 0;
    }
    double longest() const { return double(std::max(longest_, clock_.elapsed())); }
    /// The same in the thread's own time.
    double longestOwn() const { return std::max(longestOwn_, threadMs() - own_); }

private:
    QTimer timer_;
    QElapsedTimer clock_;
    qint64 longest_ = 0;
    double own_ = threadMs(), longestOwn_ = 0;
};

inline void waitFor(const std::function<bool()>& done)
{
    QEventLoop loop;
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
        if (done())
            loop.quit();
    });
    poll.start(1);
    if (!done())
        loop.exec();
}

} // namespace bench

#pragma once

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <utility>

/// What the benches of the desktop share.
namespace bench {

struct Goals {
    bool missed = false;

    void check(const char* what, double value, double most)
    {
        const bool met = value <= most;
        missed = missed || !met;
        std::printf("  %-44s %9.1f ms   goal %.1f ms: %s\n", what, value, most, met ? "met" : "MISSED");
    }
};

inline void say(const char* what, double ms)
{
    std::printf("  %-44s %9.1f ms\n", what, ms);
}

/// What this thread has spent: on a machine that builds beside it, the wall clock measures the others.
inline double threadMs()
{
    timespec spent{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return double(spent.tv_sec) * 1e3 + double(spent.tv_nsec) / 1e6;
}

/// Milliseconds of the longest stretch in which the event loop did not come round, while it lives.
class Stall {
public:
    Stall()
    {
        timer_.setInterval(1);
        QObject::connect(&timer_, &QTimer::timeout, &timer_, [this] {
            longest_ = std::max(longest_, clock_.restart());
            const double own = threadMs();
            longestOwn_ = std::max(longestOwn_, own - std::exchange(own_, own));
        });
        clock_.start();
        timer_.start();
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

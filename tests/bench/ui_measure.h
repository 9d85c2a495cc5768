#pragma once

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <string>

/// What the desktop's benchmarks measure with.
namespace gatehouse::bench {

inline long residentMegabytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:"))
            return std::atol(line.c_str() + 6) / 1024;
    }
    return 0;
}

/// What this thread has spent: on a machine that builds beside it, the wall clock measures the others.
inline double threadMs()
{
    timespec spent{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return double(spent.tv_sec) * 1e3 + double(spent.tv_nsec) / 1e6;
}

/// Milliseconds of the longest stretch in which the event loop did not come round, since it was made or asked last.
class Stall {
public:
    Stall()
    {
        timer_.setInterval(1);
        QObject::connect(&timer_, &QTimer::timeout, &timer_,
                         [this] { longest_ = std::max(longest_, clock_.restart()); });
        clock_.start();
        timer_.start();
    }
    double takeLongest()
    {
        const qint64 longest = std::max(longest_, clock_.restart());
        longest_ = 0;
        return double(longest);
    }

private:
    QTimer timer_;
    QElapsedTimer clock_;
    qint64 longest_ = 0;
};

/// Lets events run until `done`.
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

} // namespace gatehouse::bench

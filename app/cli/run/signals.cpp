#include "app/cli/run/signals.h"

#include <csignal>
#include <unistd.h>

namespace gatehouse::cli {

namespace {

/// SIGUSR2 is ours to end the thread.
constexpr int endSignal = SIGUSR2;

sigset_t watchedSignals()
{
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, endSignal})
        sigaddset(&set, signal);
    return set;
}

} // namespace

SignalThread::SignalThread(std::function<void(int)> received, std::function<void()> abandoned)
    : received_(std::move(received)), abandoned_(std::move(abandoned)), gentle_(!abandoned_)
{
    std::signal(SIGPIPE, SIG_IGN);
    const sigset_t set = watchedSignals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    thread_ = std::thread([this] { run(); });
}

SignalThread::~SignalThread()
{
    pthread_kill(thread_.native_handle(), endSignal);
    thread_.join();
    const sigset_t set = watchedSignals();
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

void SignalThread::run()
{
    const sigset_t set = watchedSignals();
    bool ending = false;
    for (;;) {
        int signal = 0;
        if (sigwait(&set, &signal) != 0 || signal == endSignal)
            return;
        if (signal != SIGHUP) {
            if (ending || !gentle_) {
                if (abandoned_)
                    abandoned_();
                _exit(ending ? 128 + signal : 0);
            }
            ending = true;
        }
        received_(signal);
    }
}

} // namespace gatehouse::cli

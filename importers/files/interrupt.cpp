#include "importers/files/interrupt.h"

#ifdef GATEHOUSE_HAS_INOTIFY
#include <sys/eventfd.h>
#include <unistd.h>
#endif

namespace gatehouse::importers {

#ifdef GATEHOUSE_HAS_INOTIFY

Interrupt::Interrupt() : descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
}

Interrupt::~Interrupt()
{
    if (descriptor_ >= 0)
        close(descriptor_);
}

#else

Interrupt::Interrupt() = default;
Interrupt::~Interrupt() = default;

#endif

void Interrupt::raise() noexcept
{
    {
        const std::lock_guard lock(mutex_);
        raised_ = true;
#ifdef GATEHOUSE_HAS_INOTIFY
        // The only failure is a full counter, and then the waiter is woken anyway.
        if (descriptor_ >= 0)
            eventfd_write(descriptor_, 1);
#endif
    }
    raisedChanged_.notify_all();
}

void Interrupt::reset() noexcept
{
    const std::lock_guard lock(mutex_);
    raised_ = false;
#ifdef GATEHOUSE_HAS_INOTIFY
    eventfd_t count;
    if (descriptor_ >= 0)
        eventfd_read(descriptor_, &count);
#endif
}

bool Interrupt::waitFor(std::chrono::milliseconds timeout)
{
    bool raised = false;
    {
        std::unique_lock lock(mutex_);
        raised = raisedChanged_.wait_for(lock, timeout, [&] { return raised_; });
    }
    if (raised)
        reset();
    return raised;
}

} // namespace gatehouse::importers

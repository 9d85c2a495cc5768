#pragma once

#include "engine/runtime/asio.h"

#if GATEHOUSE_EPOLL

#include <cstddef>
#include <memory>
#include <vector>

namespace gatehouse::engine {

/// A pipe that carries bytes from one socket to another inside the kernel. Non-blocking, closed on exec.
class SplicePipe {
public:
    SplicePipe() noexcept;
    ~SplicePipe();
    SplicePipe(const SplicePipe&) = delete;
    SplicePipe& operator=(const SplicePipe&) = delete;

    /// False when the process had no descriptors left: then bytes have to be copied.
    [[nodiscard]] bool open() const noexcept { return in_ >= 0; }
    [[nodiscard]] int in() const noexcept { return in_; }
    [[nodiscard]] int out() const noexcept { return out_; }

    std::size_t held = 0; ///< bytes inside

private:
    int in_ = -1, out_ = -1;
};

/// The pipes of a worker. A connection has one only while bytes are in it, so that idle ones cost no descriptor.
class SplicePipes {
public:
    /// An empty pipe; null when there are no descriptors left.
    std::unique_ptr<SplicePipe> take();
    /// A pipe that still holds bytes is closed, and they are lost: its connection failed.
    void give(std::unique_ptr<SplicePipe> pipe);

private:
    std::vector<std::unique_ptr<SplicePipe>> free_;
};

} // namespace gatehouse::engine

#endif

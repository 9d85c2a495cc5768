#include "engine/net/splice_pipe.h"

#if GATEHOUSE_EPOLL

#include "engine/net/descriptors.h"

#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace gatehouse::engine {

namespace {
constexpr std::size_t kept = 64;
} // namespace

SplicePipe::SplicePipe() noexcept
{
    int ends[2];
    if (::pipe2(ends, O_NONBLOCK | O_CLOEXEC) == 0) {
        out_ = ends[0];
        in_ = ends[1];
    }
}

SplicePipe::~SplicePipe()
{
    closeDescriptor(in_);
    closeDescriptor(out_);
}

std::unique_ptr<SplicePipe> SplicePipes::take()
{
    if (!free_.empty()) {
        std::unique_ptr<SplicePipe> pipe = std::move(free_.back());
        free_.pop_back();
        return pipe;
    }
    auto pipe = std::make_unique<SplicePipe>();
    return pipe->open() ? std::move(pipe) : nullptr;
}

void SplicePipes::give(std::unique_ptr<SplicePipe> pipe)
{
    if (pipe && pipe->held == 0 && free_.size() < kept)
        free_.push_back(std::move(pipe));
}

} // namespace gatehouse::engine

#endif

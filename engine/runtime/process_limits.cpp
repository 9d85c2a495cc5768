#include "engine/runtime/process_limits.h"

#include <sys/resource.h>

namespace gatehouse::engine {

void raiseDescriptorLimit() noexcept
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= limit.rlim_max)
        return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit); // refused: what was allowed before still is
}

} // namespace gatehouse::engine

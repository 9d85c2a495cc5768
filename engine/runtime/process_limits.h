#pragma once

namespace gatehouse::engine {

/// Raises the soft limit of open files to the hard one: each proxied request holds two.
void raiseDescriptorLimit() noexcept;

} // namespace gatehouse::engine

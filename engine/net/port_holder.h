#pragma once

#include <cstdint>
#include <string>

namespace gatehouse::engine {

/// Who listens on a TCP port, or holds a UDP port, for people: "nginx (pid 42)"; several are joined by ", ". "" where
/// the system does not say (another user's process, no /proc). Cost: reads the descriptor tables of all processes; for
/// errors only.
std::string portHolder(const std::string& address, std::uint16_t port, bool udp = false);

} // namespace gatehouse::engine

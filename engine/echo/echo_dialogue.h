#pragma once

#include <string>
#include <string_view>

namespace gatehouse::engine {

/// One connection of a built-in echo over TCP, without its socket: bytes in, bytes out. Thread: its worker.
class EchoDialogue {
public:
    virtual ~EchoDialogue() = default;
    /// Takes what was received and appends answers to `out`. False: the connection ends, after what was answered.
    [[nodiscard]] virtual bool receive(std::string_view bytes, std::string& out) = 0;
    /// The client sent its last byte.
    virtual void end(std::string& out) = 0;
};

} // namespace gatehouse::engine

#pragma once

#include "engine/http/exchange.h"

#include <cstddef>
#include <string>

namespace gatehouse::engine {

/// The body of a request on its way to a backend, kept as far as a limit allows, so that it can be sent once more. Used
/// again with its storage. Thread: its worker.
class RequestReplay {
public:
    /// For a new request. `limit`: bytes of a body that are kept; 0: none, and only a request whose body was not begun
    /// can be sent again.
    void start(std::size_t limit);
    /// The next piece for the backend: what was kept, from the place where rewind() left off, then what the client
    /// sends.
    BodyPiece read(ClientSide& client);
    /// True when the last piece was given for the first time.
    [[nodiscard]] bool isFresh() const noexcept { return fresh_; }
    /// What is kept of the body so far.
    [[nodiscard]] std::string_view kept() const noexcept { return kept_; }
    /// True while nothing of the body is lost.
    [[nodiscard]] bool possible() const noexcept { return !lost_; }
    /// The next piece is the first one. Only if possible().
    void rewind() noexcept { offset_ = 0; }
    /// As rewind(), for a reader that has seen nothing yet.
    void restart() noexcept { offset_ = seen_ = 0; }

private:
    std::string kept_;
    std::size_t limit_ = 0;
    std::size_t offset_ = 0; // in `kept_`: what read() gave already
    std::size_t seen_ = 0;   // the same, rewound or not
    bool ended_ = false;     // the client's body is complete
    bool lost_ = false;
    bool fresh_ = false;
};

} // namespace gatehouse::engine

#pragma once

#include "engine/http/byte_buffer.h"
#include "engine/http/exchange.h"
#include "engine/http/message_writer.h"
#include "engine/routing/match.h"
#include "engine/runtime/serving.h"

#include <cstddef>
#include <memory>
#include <optional>

namespace gatehouse::engine {

/// Room for a body behind the longest head.
inline constexpr std::size_t bodyRoom = 64 * 1024;

/// What a client's connection needs while it has a request, and none of it while it idles: 10,000 idle connections hold
/// no buffer. Reused, so that a steady stream of requests allocates nothing.
class Workspace {
public:
    explicit Workspace(std::size_t headLimit) : in(headLimit + bodyRoom) {}

    ByteBuffer in;
    MessageWriter out;
    H1RequestParser parser;
    BodyDecoder body;
    routing::TextArena arena;
    std::shared_ptr<Serving> serving; ///< of the request being served
    std::optional<Exchange> exchange;

    void clear()
    {
        in.clear();
        out.clear();
        nextRequest();
    }
    void nextRequest()
    {
        parser.reset();
        body.start(BodyKind::None, 0);
        arena.clear();
        exchange.reset();
    }
};

} // namespace gatehouse::engine

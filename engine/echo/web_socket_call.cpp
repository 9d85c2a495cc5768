#include "engine/echo/web_socket_call.h"

#include "engine/echo/web_socket.h"
#include "engine/http/answers.h"
#include "engine/http/web_socket_handshake.h"
#include "engine/runtime/worker.h"

#include <string>

namespace gatehouse::engine {

namespace {

class WebSocketCall final : public Handling {
public:
    explicit WebSocketCall(Exchange& exchange) : exchange_(exchange) {}

    Step step() override
    {
        ClientSide& client = exchange_.client;
        if (exchange_.waiter.takeExpired())
            return abort();
        for (;;) {
            // What was said is sent before more is listened to: a client that does not read is not read for.
            while (sent_ < out_.size()) {
                const std::size_t taken = client.sendBody(std::string_view(out_).substr(sent_));
                if (taken == 0)
                    break;
                sent_ += taken;
            }
            if (client.pending() && client.flush() == IoState::Failed)
                return abort();
            if (sent_ < out_.size() || client.pending())
                return wait();
            out_.clear();
            sent_ = 0;
            if (over_) {
                client.finishResponse(nullptr);
                return Step::Done;
            }
            const BodyPiece piece = client.readBody();
            switch (piece.state) {
            case BodyState::Data:
                over_ = !echo_.take(piece.data, out_);
                break;
            case BodyState::Blocked:
                return wait();
            case BodyState::End:
                over_ = true; // without a Close: it has none to expect either
                break;
            case BodyState::Failed:
                return abort();
            }
        }
    }
    void release() override { delete this; }

private:
    Step wait()
    {
        exchange_.client.watch();
        exchange_.worker.setDeadline(exchange_.waiter, Clock::now() + exchange_.worker.limits().tunnelIdleTimeout);
        return Step::Wait;
    }
    Step abort()
    {
        exchange_.client.abort();
        return Step::Done;
    }

    Exchange& exchange_;
    WebSocketEcho echo_;
    std::string out_; // a piece's echo
    std::size_t sent_ = 0;
    bool over_ = false;
};

} // namespace

Handling* startWebSocket(Exchange& exchange)
{
    const routing::RequestHead& head = exchange.client.head();
    const auto refuse = [&](std::uint16_t status, std::string_view why) {
        routing::HeaderFields extra;
        extra.add("sec-websocket-version", "13");
        if (status == 426)
            extra.add("upgrade", "websocket");
        answer(exchange, OwnAnswer{status, "text/plain; charset=utf-8", why, {}}, &extra);
        return nullptr;
    };
    if (head.method != "GET" || !routing::equalsIgnoreCase(exchange.client.upgrade(), "websocket"))
        return refuse(426, "/ws speaks WebSocket: send GET with Connection: Upgrade and Upgrade: websocket\n");
    const routing::HeaderField* version = head.headers.find("sec-websocket-version");
    if (!version || version->value != "13")
        return refuse(426, "the Sec-WebSocket-Version has to be 13\n");
    const routing::HeaderField* key = head.headers.find("sec-websocket-key");
    const auto accept = key ? webSocketAccept(key->value) : std::nullopt;
    if (!accept)
        return refuse(400, "the Sec-WebSocket-Key has to be 16 bytes in base64\n");
    routing::HeaderFields headers;
    headers.add("sec-websocket-accept", *accept);
    exchange.client.startTunnel("websocket", headers);
    return new WebSocketCall(exchange);
}

} // namespace gatehouse::engine

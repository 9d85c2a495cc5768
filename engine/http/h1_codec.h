#pragma once

#include "engine/routing/request_head.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse::engine {

/// Sans-I/O HTTP/1 codec (RFC 9112): bytes in, heads and body pieces out; no socket, no allocation in steady state.
/// All views point into the buffer given to the call and live as long as its bytes stay where they are.

enum class ParseState : std::uint8_t { NeedMore, Done, Failed };

/// How a message's end is found (RFC 9112 6.3).
enum class BodyKind : std::uint8_t { None, Length, Chunked, UntilClose };

struct ParseFailure {
    std::uint16_t status = 0; ///< what a server answers: 400, 414, 431, 501, 505; for responses 502
    std::string_view message; ///< static text for people and logs
};

struct HeadLimits {
    std::size_t bytes = 64 * 1024;
    std::size_t fields = 256;
};

struct H1Request {
    routing::RequestHead head; ///< scheme is left to the caller; absolute-form is taken apart into authority and path
    unsigned minorVersion = 1;
    BodyKind body = BodyKind::None;
    std::uint64_t contentLength = 0;
    bool keepAlive = true; ///< persistence as version and Connection say
    bool expectContinue = false;
    bool expectUnknown =
        false;            ///< Expect with anything but 100-continue: 417 is the caller's to answer (RFC 9110 10.1.1)
    bool upgrade = false; ///< Connection: upgrade with an Upgrade field
};

struct H1Response {
    std::uint16_t status = 0;
    std::string_view reason;
    unsigned minorVersion = 1;
    routing::HeaderFields headers;
    BodyKind body = BodyKind::None; ///< HEAD, 1xx, 204 and 304 have none
    std::uint64_t contentLength = 0;
    bool hasContentLength = false; ///< also for HEAD answers, whose length is forwarded
    bool keepAlive = true;
};

/// Parses one head. Call parse() again with the same bytes and more after NeedMore (the buffer may have moved); it does
/// not scan twice what it has seen. Leading empty lines before a request line are skipped and counted in headBytes().
class H1RequestParser {
public:
    ParseState parse(std::string_view buffer, const HeadLimits& limits);
    [[nodiscard]] H1Request& request() noexcept { return request_; }
    [[nodiscard]] std::size_t headBytes() const noexcept { return headBytes_; }
    [[nodiscard]] const ParseFailure& failure() const noexcept { return failure_; }
    void reset() noexcept;

private:
    H1Request request_;
    ParseFailure failure_;
    std::size_t headBytes_ = 0;
    std::size_t scanned_ = 0;
    bool startLineSeen_ = false;
};

class H1ResponseParser {
public:
    /// `headRequest`: the answer to HEAD, which never has a body.
    ParseState parse(std::string_view buffer, const HeadLimits& limits, bool headRequest);
    [[nodiscard]] H1Response& response() noexcept { return response_; }
    [[nodiscard]] std::size_t headBytes() const noexcept { return headBytes_; }
    [[nodiscard]] const ParseFailure& failure() const noexcept { return failure_; }
    void reset() noexcept;

private:
    H1Response response_;
    ParseFailure failure_;
    std::size_t headBytes_ = 0;
    std::size_t scanned_ = 0;
    bool startLineSeen_ = false;
};

/// Takes a message body out of the byte stream. Chunk extensions are dropped; trailers are kept for forwarding, without
/// those that frame, route or describe the message (RFC 9110 6.5.1). failure() says 400 or 431 as for a request; of a
/// response the caller makes 502.
class BodyDecoder {
public:
    struct Piece {
        std::size_t consumed = 0; ///< bytes of the input used up, framing included
        std::string_view data;    ///< payload among them, possibly empty
    };

    void start(BodyKind kind, std::uint64_t contentLength) noexcept;
    /// Done: the body ended with this piece. NeedMore: go on with the rest of the input, or with more of it.
    /// UntilClose never ends by itself: the caller calls closed().
    ParseState decode(std::string_view input, Piece& piece);
    /// The peer closed: Done for UntilClose or a finished body, Failed otherwise.
    ParseState closed() noexcept;
    [[nodiscard]] bool finished() const noexcept;
    /// Payload bytes still to come for Length; 0 for the rest.
    [[nodiscard]] std::uint64_t remaining() const noexcept { return remaining_; }
    /// Trailer section of a chunked body after Done; copied into own storage. Lifetime: until start(), a copy or a
    /// move.
    [[nodiscard]] const routing::HeaderFields& trailers() const noexcept { return trailers_; }
    [[nodiscard]] const ParseFailure& failure() const noexcept { return failure_; }

private:
    enum class State : std::uint8_t {
        Size,      ///< hexadecimal digits
        SizeSpace, ///< bad whitespace that must lead to an extension (RFC 9112 7.1.1)
        Extension, ///< skipped up to its CR
        SizeEnd,   ///< the LF of the size line
        Data,      ///< payload; all of a Length or UntilClose body
        DataEnd,   ///< the CR after a chunk
        DataEndLf, ///< its LF
        Trailers,  ///< field lines, gathered until the empty one
        Finished,
        Failed
    };
    void takeSizeByte(char c);
    void startChunk() noexcept;
    ParseState takeTrailers(std::string_view input, std::size_t& used);
    ParseState fail(std::uint16_t status, std::string_view message) noexcept;

    BodyKind kind_ = BodyKind::None;
    State state_ = State::Finished;
    std::uint64_t remaining_ = 0;
    unsigned sizeDigits_ = 0;
    std::size_t extensionBytes_ = 0; // of this chunk
    std::size_t excessBytes_ = 0;    // of all, less what the payload pays for
    std::string trailerText_;
    routing::HeaderFields trailers_;
    ParseFailure failure_;
};

/// What the serializers add to the end-to-end fields. Connection-specific fields of the incoming head (Connection and
/// what it names, Keep-Alive, Proxy-Connection, TE but "trailers", Transfer-Encoding, Upgrade, Content-Length) are
/// dropped and written anew from `body` (RFC 9110 7.6.1).
struct RequestForwarding {
    BodyKind body = BodyKind::None;
    std::uint64_t contentLength = 0;
    std::string_view clientAddress;  ///< appended to X-Forwarded-For; "" leaves the field alone
    std::string_view forwardedProto; ///< X-Forwarded-Proto; "" leaves it alone
    std::string_view upgrade;        ///< writes Connection: upgrade and this Upgrade field; "" asks for none
};
/// Appends a request head for a backend: origin-form, HTTP/1.1, Host from head.authority first.
void serializeRequest(std::string& out, const routing::RequestHead& head, const RequestForwarding& how);

struct ResponseForwarding {
    BodyKind body = BodyKind::None;
    std::uint64_t contentLength = 0;
    bool hasContentLength = false;
    unsigned clientMinorVersion = 1;
    bool keepAlive = true;    ///< false writes Connection: close; true to a 1.0 client writes keep-alive
    std::string_view upgrade; ///< for 101: writes Connection: upgrade and this Upgrade field
};
void serializeResponse(std::string& out, std::uint16_t status, std::string_view reason,
                       const routing::HeaderFields& headers, const ResponseForwarding& how);

/// Appends one chunk (nothing for empty data), and the last chunk with trailers.
void serializeChunk(std::string& out, std::string_view data);
void serializeLastChunk(std::string& out, const routing::HeaderFields* trailers);

/// "Not Found" for 404; "" for codes without a registered phrase.
std::string_view reasonPhrase(std::uint16_t status) noexcept;

} // namespace gatehouse::engine

#pragma once

#include "engine/http/h1_codec.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// Results of the HTTP/1 codec as text, and ways to feed it, for the tests and the fuzz target: two parses agree when
/// their texts are equal.
namespace gatehouse::engine::h1test {

inline std::string inQuotes(std::string_view text)
{
    return '"' + std::string(text) + '"';
}

inline std::string dump(BodyKind kind, std::uint64_t length)
{
    switch (kind) {
    case BodyKind::None:
        return "none";
    case BodyKind::Length:
        return "length " + std::to_string(length);
    case BodyKind::Chunked:
        return "chunked";
    case BodyKind::UntilClose:
        return "until close";
    }
    return "?";
}

inline std::string dump(const routing::HeaderFields& fields)
{
    std::string out;
    for (const routing::HeaderField& field : fields)
        out += '\n' + std::string(field.name) + ": " + inQuotes(field.value);
    return out;
}

inline std::string dump(const H1Request& request)
{
    const routing::RequestHead& head = request.head;
    std::string out = std::string(head.method) + ' ' + inQuotes(head.authority) + ' ' + inQuotes(head.path);
    if (head.hasQuery)
        out += " ?" + inQuotes(head.query);
    out += " 1." + std::to_string(request.minorVersion) + " body " + dump(request.body, request.contentLength);
    out += request.keepAlive ? " keep" : " close";
    out += request.expectContinue ? " continue" : "";
    out += request.expectUnknown ? " unknown-expectation" : "";
    out += request.upgrade ? " upgrade" : "";
    return out + dump(head.headers);
}

inline std::string dump(const H1Response& response)
{
    std::string out = std::to_string(response.status) + ' ' + inQuotes(response.reason);
    out += " 1." + std::to_string(response.minorVersion) + " body " + dump(response.body, response.contentLength);
    if (response.hasContentLength)
        out += " announced " + std::to_string(response.contentLength);
    return out + (response.keepAlive ? " keep" : " close") + dump(response.headers);
}

inline std::string dump(ParseState state, const ParseFailure& failure)
{
    switch (state) {
    case ParseState::NeedMore:
        return "need more";
    case ParseState::Done:
        return "done";
    case ParseState::Failed:
        return "failed " + std::to_string(failure.status) + ' ' + std::string(failure.message);
    }
    return "?";
}

/// Hands out copies of growing prefixes, each at an address of its own, as a connection's buffer does when it grows.
/// Exactly as large as the prefix, so that a sanitizer sees every read past its end.
class MovingBuffer {
public:
    std::string_view prefix(std::string_view bytes, std::size_t size)
    {
        std::unique_ptr<char[]> next(new char[size]);
        bytes.copy(next.get(), size);
        current_ = std::move(next);
        return {current_.get(), size};
    }

private:
    std::unique_ptr<char[]> current_;
};

/// Ends at `cuts` (ascending) and then at the end of `bytes`, unless a state other than NeedMore comes first.
inline std::string parseRequest(std::string_view bytes, const std::vector<std::size_t>& cuts,
                                const HeadLimits& limits = {})
{
    H1RequestParser parser;
    MovingBuffer buffer;
    ParseState state = ParseState::NeedMore;
    for (std::size_t i = 0; i <= cuts.size() && state == ParseState::NeedMore; ++i)
        state = parser.parse(buffer.prefix(bytes, i < cuts.size() ? cuts[i] : bytes.size()), limits);
    std::string out = dump(state, parser.failure());
    if (state == ParseState::Done)
        out += " head " + std::to_string(parser.headBytes()) + '\n' + dump(parser.request());
    return out;
}

inline std::string parseResponse(std::string_view bytes, const std::vector<std::size_t>& cuts, bool headRequest,
                                 const HeadLimits& limits = {})
{
    H1ResponseParser parser;
    MovingBuffer buffer;
    ParseState state = ParseState::NeedMore;
    for (std::size_t i = 0; i <= cuts.size() && state == ParseState::NeedMore; ++i)
        state = parser.parse(buffer.prefix(bytes, i < cuts.size() ? cuts[i] : bytes.size()), limits, headRequest);
    std::string out = dump(state, parser.failure());
    if (state == ParseState::Done)
        out += " head " + std::to_string(parser.headBytes()) + '\n' + dump(parser.response());
    return out;
}

/// Decodes a body that arrives in pieces ending at `cuts`. The payload of a failed body is left out: how much of it
/// came before the failure depends on the pieces.
inline std::string decodeBody(std::string_view bytes, const std::vector<std::size_t>& cuts, BodyKind kind,
                              std::uint64_t contentLength = 0)
{
    BodyDecoder decoder;
    decoder.start(kind, contentLength);
    MovingBuffer buffer;
    std::string payload;
    std::size_t used = 0;
    ParseState state = ParseState::NeedMore;
    for (std::size_t i = 0; i <= cuts.size() && state == ParseState::NeedMore; ++i) {
        const std::size_t end = i < cuts.size() ? cuts[i] : bytes.size();
        while (state == ParseState::NeedMore) {
            BodyDecoder::Piece piece;
            state = decoder.decode(buffer.prefix(bytes.substr(used), end - used), piece);
            payload += piece.data;
            used += piece.consumed;
            if (used == end || (piece.consumed == 0 && state == ParseState::NeedMore))
                break;
        }
    }
    std::string out = dump(state, decoder.failure());
    if (state != ParseState::Failed)
        out += " used " + std::to_string(used) + ' ' + inQuotes(payload);
    if (state == ParseState::Done)
        out += dump(decoder.trailers());
    return out;
}

/// 1, 2, ... size - 1: byte by byte.
inline std::vector<std::size_t> everyByte(std::size_t size)
{
    std::vector<std::size_t> cuts;
    for (std::size_t i = 1; i < size; ++i)
        cuts.push_back(i);
    return cuts;
}

} // namespace gatehouse::engine::h1test

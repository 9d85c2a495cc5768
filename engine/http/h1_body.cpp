#include "engine/http/forwarding.h"
#include "engine/http/h1_codec.h"
#include "engine/http/h1_head_scan.h"

#include <algorithm>
#include <array>

namespace gatehouse::engine {

namespace {

constexpr unsigned maxSizeDigits = 16;          // 64 bits
constexpr std::size_t maxExtensionBytes = 4096; // a chunk
/// Framing must not cost far more than it carries, or a client makes us read without end for nothing (CVE-2023-39326).
constexpr std::size_t maxExcessBytes = 16 * 1024;
constexpr std::size_t freeBytesPerChunk = 16;
constexpr std::size_t maxTrailerBytes = 8192;
constexpr std::size_t maxTrailerFields = 64;

int hexValue(char c) noexcept
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

} // namespace

void BodyDecoder::start(BodyKind kind, std::uint64_t contentLength) noexcept
{
    kind_ = kind;
    remaining_ = kind == BodyKind::Length ? contentLength : 0;
    sizeDigits_ = 0;
    extensionBytes_ = excessBytes_ = 0;
    trailerText_.clear();
    trailers_.clear();
    failure_ = {};
    if (kind == BodyKind::Chunked)
        state_ = State::Size;
    else if (kind == BodyKind::UntilClose || remaining_ != 0)
        state_ = State::Data;
    else
        state_ = State::Finished;
}

bool BodyDecoder::finished() const noexcept
{
    return state_ == State::Finished;
}

ParseState BodyDecoder::fail(std::uint16_t status, std::string_view message) noexcept
{
    state_ = State::Failed;
    failure_ = {status, message};
    return ParseState::Failed;
}

ParseState BodyDecoder::closed() noexcept
{
    if (state_ == State::Failed)
        return ParseState::Failed;
    if (state_ == State::Finished || kind_ == BodyKind::UntilClose) {
        state_ = State::Finished;
        return ParseState::Done;
    }
    return fail(400, "connection closed before the end of the body");
}

/// One byte of chunk framing: anything outside Data and Trailers. CRLF exactly, everywhere: a bare LF that ends an
/// extension for one peer and not for the next is how chunks are smuggled.
void BodyDecoder::takeSizeByte(char c)
{
    switch (state_) {
    case State::Size:
        if (const int digit = hexValue(c); digit >= 0) {
            if (sizeDigits_ == maxSizeDigits) {
                fail(400, "chunk size too large");
                return;
            }
            remaining_ = remaining_ * 16 + static_cast<unsigned>(digit);
            ++sizeDigits_;
            return;
        }
        if (sizeDigits_ == 0)
            fail(400, "chunk without a size");
        else if (c == '\r')
            state_ = State::SizeEnd;
        else if (c == ';')
            state_ = State::Extension;
        else if (c == ' ' || c == '\t')
            state_ = State::SizeSpace;
        else
            fail(400, "malformed chunk size");
        return;
    case State::SizeSpace:
    case State::Extension:
        if (++extensionBytes_ > maxExtensionBytes)
            fail(400, "chunk extension too long");
        else if (++excessBytes_ > maxExcessBytes)
            fail(400, "chunk extensions outweigh the body");
        else if (state_ == State::SizeSpace && c == ';')
            state_ = State::Extension;
        else if (state_ == State::SizeSpace && c != ' ' && c != '\t')
            fail(400, "malformed chunk size");
        else if (c == '\r')
            state_ = State::SizeEnd;
        else if (!h1::is(c, h1::TextChar))
            fail(400, "control character in a chunk extension");
        return;
    case State::SizeEnd:
        if (c != '\n')
            fail(400, "CR without LF");
        else
            startChunk();
        return;
    case State::DataEnd:
        if (c != '\r')
            fail(400, "chunk longer than its size");
        else
            state_ = State::DataEndLf;
        return;
    case State::DataEndLf:
        if (c != '\n') {
            fail(400, "CR without LF");
            return;
        }
        state_ = State::Size;
        sizeDigits_ = 0;
        extensionBytes_ = 0;
        return;
    case State::Data:
    case State::Trailers:
    case State::Finished:
    case State::Failed:
        return; // decode() never asks
    }
}

void BodyDecoder::startChunk() noexcept
{
    state_ = remaining_ == 0 ? State::Trailers : State::Data;
    if (excessBytes_ == 0)
        return;
    const std::uint64_t paid = freeBytesPerChunk + std::min<std::uint64_t>(remaining_, maxExcessBytes) * 2;
    excessBytes_ -= static_cast<std::size_t>(std::min<std::uint64_t>(excessBytes_, paid));
}

/// Gathers whole lines until the empty one, then reads them all: the views of trailers_ need text that stays put.
ParseState BodyDecoder::takeTrailers(std::string_view input, std::size_t& used)
{
    while (used < input.size()) {
        const std::size_t newline = input.find('\n', used);
        const std::size_t next = newline == std::string_view::npos ? input.size() : newline + 1;
        // Clipped, so that a trailer section fails alike however it arrives.
        const std::size_t room = maxTrailerBytes - trailerText_.size();
        if (next - used > room)
            return fail(431, "trailer section too large");
        trailerText_.append(input, used, next - used);
        used = next;
        if (newline == std::string_view::npos)
            break;
        const std::string_view text = trailerText_;
        if (!text.ends_with("\r\n"))
            return fail(400, "line end without CR");
        if (text.size() != 2 && !text.ends_with("\r\n\r\n"))
            continue;
        h1::FieldScanner fields(text.data(), text.data() + text.size());
        routing::HeaderField field;
        h1::FieldScanner::Step step;
        std::size_t count = 0;
        while ((step = fields.next(field)) == h1::FieldScanner::Step::Field) {
            if (++count > maxTrailerFields)
                return fail(431, "too many trailer fields");
            if (forwarding::allowedInTrailers(field.name))
                trailers_.add(field.name, field.value);
        }
        if (step != h1::FieldScanner::Step::End)
            return fail(400, fields.problem());
        state_ = State::Finished;
        return ParseState::Done;
    }
    return ParseState::NeedMore;
}

ParseState BodyDecoder::decode(std::string_view input, Piece& piece)
{
    piece = {};
    while (true) {
        switch (state_) {
        case State::Finished:
            return ParseState::Done;
        case State::Failed:
            return ParseState::Failed;
        case State::Trailers:
            return takeTrailers(input, piece.consumed);
        case State::Data: {
            const std::string_view rest = input.substr(piece.consumed);
            if (rest.empty() || !piece.data.empty())
                return ParseState::NeedMore;
            const std::size_t size =
                kind_ == BodyKind::UntilClose ? rest.size() : std::min<std::uint64_t>(rest.size(), remaining_);
            piece.data = rest.substr(0, size);
            piece.consumed += size;
            if (kind_ == BodyKind::UntilClose)
                return ParseState::NeedMore;
            remaining_ -= size;
            if (remaining_ == 0)
                state_ = kind_ == BodyKind::Length ? State::Finished : State::DataEnd;
            break;
        }
        default:
            if (piece.consumed == input.size())
                return ParseState::NeedMore;
            takeSizeByte(input[piece.consumed++]);
            break;
        }
    }
}

} // namespace gatehouse::engine

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gatehouse::engine {

/// Looks at the heads of a client's frames before nghttp2 does, and finds those that are wrong however late they are:
/// HEADERS and DATA on a stream that the client itself had ended (RFC 9113 5.1), and HEADERS that would open a stream
/// below one that is open already (5.1.1). nghttp2 forgets closed streams and ignores all of these. What follows our
/// own reset of a stream is merely late, and passes. Remembers the last streams only. Thread: its connection's.
class H2FrameGuard {
public:
    enum class Verdict : std::uint8_t { Fine, StreamClosed, ProtocolError };

    /// How many of the bytes come before the first wrong frame, its head possibly begun by bytes before these; after
    /// that, 0. The first bytes are those of the client's preface.
    std::size_t pass(std::string_view bytes) noexcept;
    /// Of the first wrong frame.
    [[nodiscard]] Verdict verdict() const noexcept { return verdict_; }

private:
    /// Streams that became closed when a higher one was opened; both ends belong to it.
    struct Gap {
        std::uint32_t first = 1, last = 0;
    };
    static constexpr std::size_t headBytes = 9, prefaceBytes = 24;
    static constexpr std::size_t rememberedStreams = 64, rememberedGaps = 8;

    /// Of the frame whose head is complete.
    Verdict judge() noexcept;
    Verdict judgeHeaders(std::uint32_t id) noexcept;
    [[nodiscard]] bool ended(std::uint32_t id) const noexcept;

    std::array<unsigned char, headBytes> head_{};
    std::size_t headSize_ = 0;
    std::size_t skip_ = prefaceBytes; // of the preface, or of a payload
    std::array<std::uint32_t, rememberedStreams> ended_{};
    std::array<Gap, rememberedGaps> gaps_{};
    std::size_t nextEnded_ = 0, nextGap_ = 0;
    std::uint32_t nextId_ = 1; // the lowest that was not opened
    Verdict verdict_ = Verdict::Fine;
};

} // namespace gatehouse::engine

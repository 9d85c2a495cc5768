#include "engine/http/h2_session.h"

#include "engine/http/h2_stream.h"

#include <algorithm>
#include <utility>

namespace gatehouse::engine {

namespace {

/// Frames are serialized up to here; then the streams wait until some of it is sent.
constexpr std::size_t outputMark = 64 * 1024;
/// So much is worth a system call before the turn ends.
constexpr std::size_t sendAtOnce = 32 * 1024;
/// After this many bytes in one go other connections get their turn.
constexpr std::size_t turn = 512 * 1024;
/// Of a client's connection, for all its streams: what their backends have not taken yet.
constexpr std::int32_t connectionWindow = 1024 * 1024;
/// Storage for frames that is kept while nothing is to be sent.
constexpr std::size_t keptOutput = 4 * 1024;

struct OptionDeleter {
    void operator()(nghttp2_option* option) const noexcept { nghttp2_option_del(option); }
};

} // namespace

/// What nghttp2 calls. Nothing is sent from here.
struct H2Session::Callbacks {
    static H2Session& of(void* user) { return *static_cast<H2Session*>(user); }

    static int beginHeaders(nghttp2_session* raw, const nghttp2_frame* frame, void* user)
    {
        if (frame->hd.type != NGHTTP2_HEADERS || frame->headers.cat != NGHTTP2_HCAT_REQUEST)
            return 0;
        H2Stream* stream = of(user).openStream(frame->hd.stream_id);
        if (!stream)
            return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
        nghttp2_session_set_stream_user_data(raw, frame->hd.stream_id, stream);
        return 0;
    }

    static int header(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name, std::size_t nameLength,
                      const std::uint8_t* value, std::size_t valueLength, std::uint8_t, void* user)
    {
        if (H2Stream* stream = of(user).find(frame->hd.stream_id))
            stream->onField({reinterpret_cast<const char*>(name), nameLength},
                            {reinterpret_cast<const char*>(value), valueLength});
        return 0;
    }

    static int invalidHeader(nghttp2_session* raw, const nghttp2_frame* frame, const std::uint8_t*, std::size_t,
                             const std::uint8_t*, std::size_t, std::uint8_t, void*)
    {
        // RFC 9113 8.2.1: a malformed field makes the message malformed; nghttp2 alone would leave the field out.
        nghttp2_submit_rst_stream(raw, NGHTTP2_FLAG_NONE, frame->hd.stream_id, NGHTTP2_PROTOCOL_ERROR);
        return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
    }

    static int frameReceived(nghttp2_session*, const nghttp2_frame* frame, void* user)
    {
        H2Session& session = of(user);
        const bool endsStream = (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
        H2Stream* stream = nullptr;
        switch (frame->hd.type) {
        case NGHTTP2_HEADERS:
            stream = session.find(frame->hd.stream_id);
            if (stream && endsStream)
                stream->onRemoteEnd();
            if (stream)
                stream->onFieldsEnd();
            break;
        case NGHTTP2_DATA:
            stream = session.find(frame->hd.stream_id);
            if (stream && endsStream)
                stream->onRemoteEnd();
            break;
        case NGHTTP2_GOAWAY:
            session.onGoaway();
            break;
        case NGHTTP2_PING:
            if (frame->hd.flags & NGHTTP2_FLAG_ACK)
                session.onPingAnswer();
            break;
        default:
            break;
        }
        return 0;
    }

    static int data(nghttp2_session*, std::uint8_t, std::int32_t id, const std::uint8_t* bytes, std::size_t length,
                    void* user)
    {
        H2Session& session = of(user);
        H2Stream* stream = session.find(id);
        // A backend's connection serves many clients: one that does not read must not stop the others, and its own
        // window bounds what is held for it.
        if (session.side_ == Side::Client || !stream)
            nghttp2_session_consume_connection(session.raw(), length);
        if (stream)
            stream->received({reinterpret_cast<const char*>(bytes), length});
        return 0;
    }

    static int streamClosed(nghttp2_session*, std::int32_t id, std::uint32_t errorCode, void* user)
    {
        if (H2Stream* stream = of(user).find(id))
            stream->streamClosed(errorCode);
        return 0;
    }

    static int frameSent(nghttp2_session*, const nghttp2_frame* frame, void* user)
    {
        H2Session& session = of(user);
        if (frame->hd.type == NGHTTP2_RST_STREAM && frame->rst_stream.error_code != NGHTTP2_NO_ERROR)
            session.onResetSent();
        if (frame->hd.type != NGHTTP2_HEADERS && frame->hd.type != NGHTTP2_DATA)
            return 0;
        H2Stream* stream = session.find(frame->hd.stream_id);
        if (!stream)
            return 0;
        stream->headersSent_ = true;
        // The answer is complete: the rest of a body that nobody wants need not be sent (RFC 9113 8.1).
        if (session.side_ == Side::Server && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) && !stream->remoteEnded_ &&
            !stream->staysOpen_)
            nghttp2_submit_rst_stream(session.raw(), NGHTTP2_FLAG_NONE, frame->hd.stream_id, NGHTTP2_NO_ERROR);
        return 0;
    }

    static int frameNotSent(nghttp2_session* raw, const nghttp2_frame* frame, int, void*)
    {
        // A request that could not be sent (the backend goes away) never gets a stream that could be closed.
        if (frame->hd.type == NGHTTP2_HEADERS && frame->headers.cat == NGHTTP2_HCAT_REQUEST)
            if (void* stream = nghttp2_session_get_stream_user_data(raw, frame->hd.stream_id))
                static_cast<H2Stream*>(stream)->streamClosed(NGHTTP2_REFUSED_STREAM);
        return 0;
    }

    static int sendData(nghttp2_session*, nghttp2_frame*, const std::uint8_t* frameHead, std::size_t length,
                        nghttp2_data_source* source, void* user)
    {
        constexpr std::size_t frameHeadBytes = 9;
        H2Session& session = of(user);
        session.out_.append(reinterpret_cast<const char*>(frameHead), frameHeadBytes);
        static_cast<H2Stream*>(source->ptr)->takeProvided(session.out_, length);
        return 0;
    }

    static const nghttp2_session_callbacks* all()
    {
        static const nghttp2_session_callbacks* const made = [] {
            nghttp2_session_callbacks* callbacks = nullptr;
            if (nghttp2_session_callbacks_new(&callbacks) != 0)
                return callbacks;
            nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, beginHeaders);
            nghttp2_session_callbacks_set_on_header_callback(callbacks, header);
            nghttp2_session_callbacks_set_on_invalid_header_callback(callbacks, invalidHeader);
            nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, frameReceived);
            nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, data);
            nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, Callbacks::streamClosed);
            nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, frameSent);
            nghttp2_session_callbacks_set_on_frame_not_send_callback(callbacks, frameNotSent);
            nghttp2_session_callbacks_set_send_data_callback(callbacks, sendData);
            return callbacks;
        }();
        return made;
    }
};

H2Session::H2Session(Side side, Transport& transport, asio::io_context& io, BufferPool& buffers)
    : transport_(transport), buffers_(buffers), turnEnds_(asio::use_service<TurnEnds>(io)), side_(side)
{
}

H2Session::~H2Session() = default;

bool H2Session::start(const Limits& limits)
{
    nghttp2_option* options = nullptr;
    if (!Callbacks::all() || nghttp2_option_new(&options) != 0)
        return false;
    const std::unique_ptr<nghttp2_option, OptionDeleter> owner(options);
    nghttp2_option_set_no_auto_window_update(options, 1);
    nghttp2_option_set_no_closed_streams(options, 1);
    nghttp2_session* session = nullptr;
    const int made = side_ == Side::Server ? nghttp2_session_server_new2(&session, Callbacks::all(), this, options)
                                           : nghttp2_session_client_new2(&session, Callbacks::all(), this, options);
    if (made != 0)
        return false;
    session_.reset(session);
    // Half a buffer: bytes that are shown to a reader stay where they are while a whole window comes behind them.
    const auto window = static_cast<std::uint32_t>(std::min<std::size_t>(buffers_.capacity() / 2, 65535));
    std::vector<nghttp2_settings_entry> entries{{NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, window},
                                                {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, limits.headerListBytes}};
    if (side_ == Side::Server) {
        entries.push_back({NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, limits.concurrentStreams});
        entries.push_back({NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL, 1}); // RFC 8441 section 3
    } else {
        entries.push_back({NGHTTP2_SETTINGS_ENABLE_PUSH, 0});
    }
    return nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, entries.data(), entries.size()) == 0 &&
           nghttp2_session_set_local_window_size(session, NGHTTP2_FLAG_NONE, 0, connectionWindow) == 0;
}

H2Stream* H2Session::find(std::int32_t id) noexcept
{
    return static_cast<H2Stream*>(nghttp2_session_get_stream_user_data(raw(), id));
}

void H2Session::take(std::string_view bytes)
{
    const bool wasFine = guard_.verdict() == H2FrameGuard::Verdict::Fine;
    if (side_ == Side::Server)
        bytes = bytes.substr(0, guard_.pass(bytes));
    // Less than all is taken only after an error that ends the connection.
    const ssize_t taken =
        nghttp2_session_mem_recv(raw(), reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    if (taken < 0)
        lost_ = true;
    if (!wasFine || guard_.verdict() == H2FrameGuard::Verdict::Fine)
        return;
    const bool closed = guard_.verdict() == H2FrameGuard::Verdict::StreamClosed;
    if (nghttp2_session_terminate_session(raw(), closed ? NGHTTP2_STREAM_CLOSED : NGHTTP2_PROTOCOL_ERROR) != 0)
        lost_ = true;
}

IoState H2Session::receive()
{
    std::unique_ptr<ByteBuffer> buffer;
    IoState state = IoState::Blocked;
    for (std::size_t total = 0; transport_.mayRead() && !lost_;) {
        if (total > turn) {
            transport_.yield();
            break;
        }
        if (!buffer)
            buffer = buffers_.take();
        const std::size_t room = buffer->makeRoom();
        const IoResult result = transport_.receive(buffer->room(), room);
        state = result.state;
        if (state != IoState::Done)
            break;
        buffer->filled(result.bytes);
        take(buffer->unread());
        buffer->consume(result.bytes);
        total += result.bytes;
    }
    buffers_.give(std::move(buffer));
    if (state == IoState::Closed || state == IoState::Failed)
        lost_ = true;
    return state;
}

bool H2Session::outputFull() const noexcept
{
    return backlog() >= outputMark;
}

void H2Session::fill()
{
    while (!lost_ && backlog() < outputMark) {
        const std::uint8_t* bytes = nullptr;
        const ssize_t length = nghttp2_session_mem_send(raw(), &bytes);
        if (length < 0)
            lost_ = true;
        if (length <= 0)
            return;
        out_.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
    }
}

IoState H2Session::flush()
{
    for (std::size_t total = 0;;) {
        fill();
        if (lost_)
            return IoState::Failed;
        if (backlog() == 0)
            return IoState::Done;
        if (total > turn) { // others first
            scheduleTurnEnd();
            return IoState::Done;
        }
        const IoResult result = transport_.send(std::string_view(out_).substr(sent_));
        if (result.state == IoState::Failed) {
            lost_ = true;
            return IoState::Failed;
        }
        if (result.state == IoState::Blocked)
            return IoState::Blocked;
        total += result.bytes;
        sent_ += result.bytes;
        sentBytes_ += result.bytes;
        if (sent_ == out_.size()) {
            out_.clear();
            sent_ = 0;
            roomMade();
        } else if (!transport_.mayWrite()) {
            return IoState::Blocked;
        }
    }
}

IoState H2Session::flushSoon()
{
    if (lost_)
        return IoState::Failed;
    if (backlog() >= sendAtOnce && transport_.mayWrite() && flush() == IoState::Failed)
        return IoState::Failed;
    scheduleTurnEnd();
    return backlog() == 0 ? IoState::Done : IoState::Blocked;
}

void H2Session::roomMade()
{
    for (std::size_t i = 0; i < waiting_.size(); ++i) {
        H2Stream* stream = waiting_[i];
        if (!stream)
            continue;
        stream->resume();
        if (stream->hungry_)
            touch(*stream);
    }
    waiting_.clear();
}

void H2Session::waitForRoom(H2Stream& stream)
{
    waiting_.push_back(&stream);
}

void H2Session::touch(H2Stream& stream)
{
    if (std::exchange(stream.touched_, true))
        return;
    touched_.push_back(&stream);
    scheduleTurnEnd();
}

void H2Session::serveTouched()
{
    // Streams that are touched meanwhile come with the next turn: one that yields lets others go first.
    serving_.swap(touched_);
    for (std::size_t i = 0; i < serving_.size(); ++i) {
        H2Stream* stream = serving_[i];
        if (!stream)
            continue;
        stream->touched_ = false;
        stream->onTouched();
    }
    serving_.clear();
}

void H2Session::taken(std::int32_t id, std::size_t bytes, bool goesOn)
{
    if (lost_ || bytes == 0)
        return;
    if (side_ == Side::Server)
        nghttp2_session_consume_connection(raw(), bytes);
    if (goesOn)
        nghttp2_session_consume_stream(raw(), id, bytes);
    scheduleTurnEnd();
}

void H2Session::forget(H2Stream& stream) noexcept
{
    for (auto* list : {&touched_, &serving_, &waiting_})
        std::replace(list->begin(), list->end(), &stream, static_cast<H2Stream*>(nullptr));
    stream.touched_ = false;
}

bool H2Session::finished() noexcept
{
    return lost_ || (backlog() == 0 && nghttp2_session_want_read(raw()) == 0 && nghttp2_session_want_write(raw()) == 0);
}

void H2Session::rest()
{
    if (backlog() == 0 && out_.capacity() > keptOutput)
        std::string().swap(out_);
}

} // namespace gatehouse::engine

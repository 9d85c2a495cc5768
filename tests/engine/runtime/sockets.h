#pragma once

#include <atomic>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

/// Plain blocking sockets for both ends of the engine, with a limit on every wait: what a client or a backend really
/// puts on the wire, byte by byte.
namespace gatehouse::test {

inline constexpr int patienceMs = 20'000;

inline std::string lower(std::string text)
{
    for (char& c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

inline sockaddr_in loopback(std::uint16_t port, const char* address = "127.0.0.1")
{
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    ::inet_pton(AF_INET, address, &to.sin_addr);
    return to;
}

struct Answer {
    bool complete = false; ///< head and body arrived as their framing says
    int status = 0;
    std::string head;                               ///< status line and fields as received
    std::multimap<std::string, std::string> fields; ///< names in lower case
    std::string body;

    [[nodiscard]] std::string field(const std::string& name) const
    {
        const auto found = fields.find(name);
        return found == fields.end() ? std::string() : found->second;
    }
};

/// One end of a TCP connection.
class Wire {
public:
    Wire() = default;
    explicit Wire(int fd) : fd_(fd)
    {
        const int one = 1;
        ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    }
    Wire(Wire&& other) noexcept : fd_(std::exchange(other.fd_, -1)), buffer_(std::move(other.buffer_)) {}
    Wire& operator=(Wire&& other) noexcept
    {
        close();
        fd_ = std::exchange(other.fd_, -1);
        buffer_ = std::move(other.buffer_);
        return *this;
    }
    ~Wire() { close(); }

    static Wire connect(std::uint16_t port, int receiveBuffer = 0, const char* address = "127.0.0.1")
    {
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (receiveBuffer > 0)
            ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
        const sockaddr_in to = loopback(port, address);
        if (::connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
            ::close(fd);
            return {};
        }
        return Wire(fd);
    }

    /// Starts to connect and does not wait for the other side.
    static Wire begin(std::uint16_t port)
    {
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        const sockaddr_in to = loopback(port);
        if (::connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0 && errno != EINPROGRESS) {
            ::close(fd);
            return {};
        }
        return Wire(fd);
    }

    [[nodiscard]] bool open() const { return fd_ >= 0; }
    bool send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent < 0 && errno == EINTR)
                continue;
            if (sent <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    /// Sends what the socket takes now; returns how much.
    std::size_t sendSome(std::string_view bytes)
    {
        const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        return sent > 0 ? static_cast<std::size_t>(sent) : 0;
    }
    /// True when something can be sent within `ms`.
    bool waitWritable(int ms)
    {
        pollfd waiting{fd_, POLLOUT, 0};
        return ::poll(&waiting, 1, ms) == 1 && (waiting.revents & POLLOUT) != 0;
    }
    void endSending() { ::shutdown(fd_, SHUT_WR); }
    void close()
    {
        if (fd_ >= 0)
            ::close(std::exchange(fd_, -1));
    }
    void reset()
    {
        const linger hard{1, 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        close();
    }

    enum class Got { Bytes, End, Reset, Nothing };
    /// Appends what arrives to the buffer; waits for it at most `ms`.
    Got more(int ms = patienceMs)
    {
        pollfd waiting{fd_, POLLIN, 0};
        if (::poll(&waiting, 1, ms) <= 0)
            return Got::Nothing;
        char bytes[65536];
        const ssize_t got = ::recv(fd_, bytes, sizeof bytes, 0);
        if (got > 0) {
            buffer_.append(bytes, static_cast<std::size_t>(got));
            return Got::Bytes;
        }
        return got == 0 ? Got::End : Got::Reset;
    }
    std::string& buffer() { return buffer_; }

    /// Everything up to and including `mark`; "" when it does not come.
    std::string readThrough(std::string_view mark)
    {
        for (;;) {
            const auto at = buffer_.find(mark);
            if (at != std::string::npos)
                return take(at + mark.size());
            if (more() != Got::Bytes)
                return {};
        }
    }
    std::string readExactly(std::size_t count)
    {
        while (buffer_.size() < count) {
            if (more() != Got::Bytes)
                return {};
        }
        return take(count);
    }
    /// How the peer ends the connection, everything before it dropped.
    Got readToEnd()
    {
        for (;;) {
            const Got got = more();
            if (got != Got::Bytes)
                return got;
        }
    }

    /// Reads one answer by its own framing.
    Answer readAnswer(bool toHead = false)
    {
        Answer answer;
        answer.head = readThrough("\r\n\r\n");
        if (answer.head.size() < 12)
            return answer;
        std::from_chars(answer.head.data() + 9, answer.head.data() + 12, answer.status);
        std::size_t at = answer.head.find("\r\n") + 2;
        while (at + 2 < answer.head.size()) {
            const auto end = answer.head.find("\r\n", at);
            const std::string line = answer.head.substr(at, end - at);
            const auto colon = line.find(':');
            if (colon != std::string::npos) {
                const auto value = line.find_first_not_of(' ', colon + 1);
                answer.fields.emplace(lower(line.substr(0, colon)),
                                      value == std::string::npos ? "" : line.substr(value));
            }
            at = end + 2;
        }
        if (toHead || answer.status < 200 || answer.status == 204 || answer.status == 304) {
            answer.complete = true;
        } else if (answer.fields.count("content-length")) {
            const std::size_t length = std::stoull(answer.field("content-length"));
            answer.body = readExactly(length);
            answer.complete = answer.body.size() == length;
        } else if (answer.field("transfer-encoding") == "chunked") {
            answer.complete = readChunks(answer);
        } else {
            answer.complete = readToEnd() == Got::End;
            answer.body = std::exchange(buffer_, {});
        }
        return answer;
    }
    Answer ask(std::string_view request)
    {
        if (!send(request))
            return {};
        return readAnswer(request.substr(0, 5) == "HEAD ");
    }

private:
    std::string take(std::size_t count)
    {
        std::string taken = buffer_.substr(0, count);
        buffer_.erase(0, count);
        return taken;
    }
    bool readChunks(Answer& answer)
    {
        for (;;) {
            const std::string line = readThrough("\r\n");
            if (line.empty())
                return false;
            const std::size_t size = std::stoull(line, nullptr, 16);
            if (size == 0) {
                for (std::string field = readThrough("\r\n"); field != "\r\n"; field = readThrough("\r\n")) {
                    if (field.empty())
                        return false;
                    const auto colon = field.find(':');
                    answer.fields.emplace("trailer " + lower(field.substr(0, colon)),
                                          field.substr(colon + 2, field.size() - colon - 4));
                }
                return true;
            }
            const std::string chunk = readExactly(size + 2);
            if (chunk.size() != size + 2)
                return false;
            answer.body.append(chunk, 0, size);
        }
    }

    int fd_ = -1;
    std::string buffer_;
};

/// A listening socket of 127.0.0.1, on a port that the kernel picks unless one is given.
class Listening {
public:
    explicit Listening(std::uint16_t port = 0, const char* address = "127.0.0.1", int backlog = 128)
        : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        const int one = 1;
        ::setsockopt(fd_, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        sockaddr_in at = loopback(port, address);
        ok_ = ::bind(fd_, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0 && ::listen(fd_, backlog) == 0;
        socklen_t length = sizeof at;
        ::getsockname(fd_, reinterpret_cast<sockaddr*>(&at), &length);
        port_ = ntohs(at.sin_port);
    }
    ~Listening() { ::close(fd_); }
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;
    /// Refuses from now on, and ends an accept() that waits. Thread: any.
    void refuse() { ::shutdown(fd_, SHUT_RDWR); }
    [[nodiscard]] bool ok() const { return ok_; }
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] int fd() const { return fd_; }
    Wire accept(int ms = patienceMs)
    {
        pollfd waiting{fd_, POLLIN, 0};
        if (::poll(&waiting, 1, ms) <= 0)
            return {};
        const int fd = ::accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC);
        return fd < 0 ? Wire() : Wire(fd);
    }

private:
    int fd_;
    bool ok_ = false;
    std::uint16_t port_ = 0;
};

/// A port that was free a moment ago.
inline std::uint16_t freePort()
{
    return Listening().port();
}

} // namespace gatehouse::test

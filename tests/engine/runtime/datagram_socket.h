#pragma once

#include "sockets.h"

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

/// Plain UDP sockets for both ends of the engine, with a limit on every wait.
namespace gatehouse::test {

/// One UDP socket of 127.0.0.1.
class DatagramSocket {
public:
    explicit DatagramSocket(std::uint16_t port = 0) : fd_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in at = loopback(port);
        ok_ = ::bind(fd_, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0;
        socklen_t length = sizeof at;
        ::getsockname(fd_, reinterpret_cast<sockaddr*>(&at), &length);
        port_ = ntohs(at.sin_port);
        const int room = 4 << 20; // some tests send much before anybody reads
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
        ::setsockopt(fd_, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
    }
    DatagramSocket(DatagramSocket&& other) noexcept
        : fd_(std::exchange(other.fd_, -1)), ok_(other.ok_), port_(other.port_)
    {
    }
    ~DatagramSocket()
    {
        if (fd_ >= 0)
            ::close(fd_);
    }
    /// A client of that address: hears nobody else.
    static DatagramSocket of(const char* address, std::uint16_t port)
    {
        DatagramSocket made;
        const sockaddr_in to = loopback(port, address);
        made.ok_ = ::connect(made.fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
        return made;
    }
    [[nodiscard]] bool ok() const { return ok_; }
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] int fd() const { return fd_; }

    bool send(std::string_view bytes) const
    {
        return ::send(fd_, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size());
    }
    bool sendTo(const sockaddr_in& to, std::string_view bytes) const
    {
        return ::sendto(fd_, bytes.data(), bytes.size(), 0, reinterpret_cast<const sockaddr*>(&to), sizeof to) ==
               static_cast<ssize_t>(bytes.size());
    }
    /// The next datagram; nullopt when none comes within `ms`, or the other side's host refuses.
    std::optional<std::string> receive(int ms = patienceMs, sockaddr_in* from = nullptr) const
    {
        pollfd waiting{fd_, POLLIN, 0};
        if (::poll(&waiting, 1, ms) <= 0)
            return std::nullopt;
        std::string bytes(65'536, '\0');
        socklen_t length = sizeof(sockaddr_in);
        const ssize_t got =
            ::recvfrom(fd_, bytes.data(), bytes.size(), 0, reinterpret_cast<sockaddr*>(from), from ? &length : nullptr);
        if (got < 0)
            return std::nullopt;
        bytes.resize(static_cast<std::size_t>(got));
        return bytes;
    }
    /// One datagram and its answer; "" when there is none.
    std::string ask(std::string_view bytes) const { return send(bytes) ? receive().value_or("") : ""; }

private:
    int fd_;
    bool ok_ = false;
    std::uint16_t port_ = 0;
};

/// A backend that answers each datagram with `name`, ":" and the datagram.
class DatagramEcho {
public:
    explicit DatagramEcho(std::string name, std::uint16_t port = 0)
        : socket_(port), name_(std::move(name)), thread_([this] { run(); })
    {
    }
    ~DatagramEcho()
    {
        stopping_ = true;
        // Wakes it.
        DatagramSocket().sendTo(loopback(socket_.port()), "");
        thread_.join();
    }
    [[nodiscard]] std::uint16_t port() const { return socket_.port(); }
    [[nodiscard]] std::size_t heard() const { return heard_; }

private:
    void run()
    {
        while (!stopping_) {
            sockaddr_in from{};
            const auto got = socket_.receive(patienceMs, &from);
            if (!got || stopping_)
                continue;
            ++heard_;
            socket_.sendTo(from, (name_.empty() ? "" : name_ + ":") + *got);
        }
    }

    DatagramSocket socket_;
    std::string name_;
    std::atomic<bool> stopping_{false};
    std::atomic<std::size_t> heard_{0};
    std::thread thread_;
};

} // namespace gatehouse::test

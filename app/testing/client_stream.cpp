#include "app/testing/client.h"

#include "app/testing/channel.h"
#include "app/testing/client_wait.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

namespace gatehouse::testing {

namespace {

using Clock = std::chrono::steady_clock;

struct Socket {
    int number = -1;
    ~Socket()
    {
        if (number >= 0)
            close(number);
    }
};

std::chrono::microseconds since(Clock::time_point begin)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin);
}

struct AddressList {
    addrinfo* first = nullptr;
    ~AddressList()
    {
        if (first)
            freeaddrinfo(first);
    }
};

int resolve(const std::string& host, const char* port, AddressList& list)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_DGRAM;
    return getaddrinfo(host.c_str(), port, &hints, &list.first);
}

} // namespace

std::string serverNameOf(const std::string& authority)
{
    if (authority.starts_with('['))
        return {};
    const std::string host = authority.substr(0, authority.rfind(':'));
    return host.find_first_not_of("0123456789.") == std::string::npos ? std::string() : host;
}

StreamAnswer talkOverTcp(const Connection& connection, const std::optional<std::string>& serverName,
                         const std::string& send, const Enough& enough)
{
    StreamAnswer answer;
    const auto begin = Clock::now();
    const auto end = begin + connection.timeout;
    Channel channel(connection);
    answer.reached = channel.open({serverName, ""}, end, answer.error);
    answer.closed = answer.reached == Reached::NoTls;
    answer.times.total = since(begin);
    if (answer.reached != Reached::Answer)
        return answer;
    answer.times.connected = answer.times.total;
    // A server that closes at once is heard all the same: what could not be sent is no error.
    static_cast<void>(channel.send(send, end));
    while (!enough(answer.received)) {
        const bool silent = answer.received.empty() || !connection.quiet;
        const Channel::Got got =
            channel.receive(answer.received, silent ? end : std::min(end, Clock::now() + *connection.quiet));
        answer.closed = got == Channel::Got::End;
        if (got == Channel::Got::Bytes && !answer.times.firstByte)
            answer.times.firstByte = since(begin);
        if (got == Channel::Got::Late && answer.received.empty())
            answer.reached = Reached::NoAnswer;
        if (got != Channel::Got::Bytes)
            break;
    }
    answer.times.total = since(begin);
    return answer;
}

StreamAnswer talkOverUdp(const Connection& connection, const std::string& send)
{
    StreamAnswer answer;
    answer.reached = Reached::NoSocket;
    const auto begin = Clock::now();
    const auto end = begin + connection.timeout;
    const Interrupt interrupt(connection.stop);
    AddressList to, from;
    if (const int error = resolve(connection.address, std::to_string(connection.port).c_str(), to)) {
        answer.error = "cannot resolve " + connection.address + ": " + gai_strerror(error);
        return answer;
    }
    const Socket socket{::socket(to.first->ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
    const bool bound =
        connection.source.empty() || (resolve(connection.source, nullptr, from) == 0 &&
                                      bind(socket.number, from.first->ai_addr, from.first->ai_addrlen) == 0);
    if (socket.number < 0 || !bound || connect(socket.number, to.first->ai_addr, to.first->ai_addrlen) != 0 ||
        ::send(socket.number, send.data(), send.size(), 0) < 0) {
        answer.error = std::strerror(errno);
        return answer;
    }
    std::array<char, 65536> buffer;
    answer.reached = Reached::NoAnswer;
    const bool readable = waitFor(socket.number, POLLIN, end, interrupt);
    answer.times.total = since(begin);
    if (!readable) {
        answer.error = "no datagram came back within " + std::to_string(connection.timeout.count()) + " ms";
        return answer;
    }
    const ssize_t got = recv(socket.number, buffer.data(), buffer.size(), 0);
    if (got < 0) {
        // The kernel tells of an unreachable port by the next call.
        answer.reached = errno == ECONNREFUSED ? Reached::NoSocket : Reached::Broken;
        answer.error = std::strerror(errno);
        return answer;
    }
    answer.reached = Reached::Answer;
    answer.times.firstByte = answer.times.total;
    answer.received.assign(buffer.data(), static_cast<std::size_t>(got));
    return answer;
}

} // namespace gatehouse::testing

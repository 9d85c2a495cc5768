#include "app/testing/client.h"

#include "app/testing/client_curl.h"
#include "app/testing/client_wait.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

namespace gatehouse::testing {

namespace {

using Clock = std::chrono::steady_clock;

bool sendAll(CURL* curl, int socket, std::string_view text, Clock::time_point end)
{
    while (!text.empty()) {
        std::size_t sent = 0;
        const CURLcode result = curl_easy_send(curl, text.data(), text.size(), &sent);
        if (result == CURLE_AGAIN) {
            if (!waitFor(socket, POLLOUT, end))
                return false;
        } else if (result != CURLE_OK) {
            return false;
        }
        text.remove_prefix(sent);
    }
    return true;
}

void receive(CURL* curl, int socket, const Enough& enough, Clock::time_point end, StreamAnswer& answer)
{
    std::array<char, 16384> buffer;
    while (!enough(answer.received)) {
        std::size_t got = 0;
        const CURLcode result = curl_easy_recv(curl, buffer.data(), buffer.size(), &got);
        if (result == CURLE_AGAIN) {
            if (waitFor(socket, POLLIN, end))
                continue;
            answer.reached = answer.received.empty() ? Reached::NoAnswer : Reached::Answer;
            return;
        }
        if (result != CURLE_OK || got == 0) {
            answer.closed = true;
            return;
        }
        answer.received.append(buffer.data(), got);
    }
}

struct Socket {
    int number = -1;
    ~Socket()
    {
        if (number >= 0)
            close(number);
    }
};

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

StreamAnswer talkOverTcp(const Connection& connection, const std::string& serverName, const std::string& send,
                         const Enough& enough)
{
    StreamAnswer answer;
    const auto end = Clock::now() + connection.timeout;
    std::array<char, CURL_ERROR_SIZE> errorText{};
    CurlList connectTo;
    const CurlHandle handle = makeCurl(connection, connectTo, errorText.data());
    CURL* curl = handle.get();
    // An address in place of a name has no SNI; the schemes do no more than to choose TLS or none.
    const std::string url = serverName == "-"    ? std::string("http://127.0.0.1/")
                            : serverName.empty() ? std::string("https://127.0.0.1/")
                                                 : "https://" + serverName + '/';
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_ENABLE_ALPN, 0L);
    const CURLcode result = curl_easy_perform(curl);
    answer.reached = reachedBy(result);
    if (result != CURLE_OK) {
        answer.error = errorText.front() ? errorText.data() : curl_easy_strerror(result);
        answer.closed = answer.reached == Reached::NoTls;
        return answer;
    }
    curl_socket_t socket = CURL_SOCKET_BAD;
    curl_easy_getinfo(curl, CURLINFO_ACTIVESOCKET, &socket);
    // A server that closes at once is heard all the same: what could not be sent is no error.
    static_cast<void>(sendAll(curl, socket, send, end));
    receive(curl, socket, enough, end, answer);
    return answer;
}

StreamAnswer talkOverUdp(const Connection& connection, const std::string& send)
{
    StreamAnswer answer;
    answer.reached = Reached::NoSocket;
    const auto end = Clock::now() + connection.timeout;
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
    if (!waitFor(socket.number, POLLIN, end)) {
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
    answer.received.assign(buffer.data(), static_cast<std::size_t>(got));
    return answer;
}

} // namespace gatehouse::testing

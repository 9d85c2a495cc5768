#pragma once

#include "engine/runtime/clock.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

/// Workers keep their sockets in an epoll set of their own (net/readiness_set.h); elsewhere Asio's reactor does it.
#if defined(__linux__) && !defined(GATEHOUSE_PORTABLE)
#define GATEHOUSE_EPOLL 1
#else
#define GATEHOUSE_EPOLL 0
#endif

namespace gatehouse::engine {

namespace asio = boost::asio;
using boost::system::error_code;

// Everything of a worker runs on its io_context, so the executor is named instead of erased: no indirect call for each
// operation.
using Executor = asio::io_context::executor_type;
using TcpSocket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Awaitable = asio::awaitable<void, Executor>;
inline constexpr asio::use_awaitable_t<Executor> useAwaitable{};

using SteadyTimer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor>;

} // namespace gatehouse::engine

#include "app/admin/metrics.h"

#include "app/control/session.h"

#include <algorithm>

namespace gatehouse::admin {

namespace {

class Exposition {
public:
    void family(const char* name, const char* type, const char* help)
    {
        name_ = name;
        text_ += std::string("# HELP ") + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
    }
    void sample(const std::string& labels, std::uint64_t value)
    {
        text_ += name_ + (labels.empty() ? "" : '{' + labels + '}') + ' ' + std::to_string(value) + '\n';
    }
    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    std::string name_, text_;
};

} // namespace

std::string metrics(const engine::EngineStats& stats, const control::State* state)
{
    Exposition out;
    out.family("gatehouse_requests_total", "counter", "Requests that ended, by class of status.");
    out.sample("class=\"1xx\"", stats.status1xx); // 101 alone: connections that switched protocols
    out.sample("class=\"2xx\"", stats.status2xx);
    out.sample("class=\"3xx\"", stats.status3xx);
    out.sample("class=\"4xx\"", stats.status4xx);
    out.sample("class=\"5xx\"", stats.status5xx);
    // Neither an answer nor a class: the client went away before there was a status.
    const std::uint64_t answered =
        stats.status1xx + stats.status2xx + stats.status3xx + stats.status4xx + stats.status5xx;
    out.sample("class=\"none\"", stats.requests - std::min(stats.requests, answered));
    out.family("gatehouse_active_connections", "gauge", "Client connections that are open.");
    out.sample("", stats.activeConnections);
    out.family("gatehouse_active_requests", "gauge", "Requests in flight.");
    out.sample("", stats.activeRequests);
    out.family("gatehouse_sessions_total", "counter", "TCP, TLS and UDP sessions that began.");
    out.sample("", stats.sessions);
    out.family("gatehouse_active_sessions", "gauge", "TCP, TLS and UDP sessions that are open.");
    out.sample("", stats.activeSessions);
    out.family("gatehouse_udp_datagrams_total", "counter",
               "Datagrams of clients, to clients, and dropped on either way.");
    out.sample("what=\"received\"", stats.udpReceived);
    out.sample("what=\"sent\"", stats.udpSent);
    out.sample("what=\"dropped\"", stats.udpDropped);
    out.family("gatehouse_dropped_events_total", "counter", "Access log events that found the ring full.");
    out.sample("", stats.droppedEvents);
    out.family("gatehouse_mirrors_total", "counter", "Copies of requests that mirrors were sent, by their fate.");
    out.sample("fate=\"answered\"", stats.mirrors);
    out.sample("fate=\"lost\"", stats.lostMirrors);
    if (state) {
        const auto& listeners = state->programming.listeners;
        const auto programmed = static_cast<std::uint64_t>(
            std::count_if(listeners.begin(), listeners.end(), [](const auto& l) { return l.programmed; }));
        out.family("gatehouse_snapshot_version", "gauge", "Version of the configuration that serves.");
        out.sample("", state->snapshot->version);
        out.family("gatehouse_listeners", "gauge", "Listeners, by whether they serve.");
        out.sample("programmed=\"true\"", programmed);
        out.sample("programmed=\"false\"", listeners.size() - programmed);
        out.family("gatehouse_routes", "gauge", "Routes in the configuration that serves.");
        out.sample("", state->graph->routes.size());
    }
    return out.take();
}

} // namespace gatehouse::admin

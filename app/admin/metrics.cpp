#include "app/admin/metrics.h"

#include "app/control/session.h"

#include <algorithm>
#include <array>

namespace gatehouse::admin {

namespace {

class Exposition {
public:
    void family(const char* name, const char* type, const char* help)
    {
        name_ = name;
        text_ += std::string("# HELP ") + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
    }
    void sample(const std::string& labels, std::uint64_t value) { sample("", labels, std::to_string(value)); }
    /// `suffix` of a histogram's series: "_bucket", "_sum", "_count".
    void sample(const char* suffix, const std::string& labels, const std::string& value)
    {
        text_ += name_ + suffix + (labels.empty() ? "" : '{' + labels + '}') + ' ' + value + '\n';
    }
    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    std::string name_, text_;
};

/// Micros as seconds, in decimals: no digit of a sum gets lost, and no locale has a say.
std::string secondsText(std::uint64_t micros)
{
    std::string fraction = std::to_string(1'000'000 + micros % 1'000'000).substr(1);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return std::to_string(micros / 1'000'000) + (fraction.empty() ? "" : '.' + fraction);
}

std::string escaped(const std::string& text)
{
    std::string result;
    for (const char c : text) {
        if (c == '"' || c == '\\')
            result += '\\';
        result += c == '\n' ? std::string("\\n") : std::string(1, c);
    }
    return result;
}

std::string labelsOf(const engine::RuleStats& rule)
{
    if (rule.route.empty())
        return R"(route="other",rule="")";
    return "route=\"" + escaped(rule.route) + "\",rule=\"" + std::to_string(rule.rule) + '"';
}

void addRules(Exposition& out, const std::vector<engine::RuleStats>& rules)
{
    if (rules.empty())
        return;
    constexpr std::array<const char*, 6> classes{"none", "1xx", "2xx", "3xx", "4xx", "5xx"};
    out.family("gatehouse_route_requests_total", "counter",
               "Requests of a route's rule that ended, by class of status.");
    for (const engine::RuleStats& rule : rules)
        for (std::size_t i = 0; i < classes.size(); ++i)
            if (rule.status[i] > 0)
                out.sample(labelsOf(rule) + ",class=\"" + classes[i] + '"', rule.status[i]);
    out.family("gatehouse_route_flags_total", "counter",
               "Requests of a route's rule that ended with one of Envoy's response flags.");
    for (const engine::RuleStats& rule : rules)
        for (const auto& [flag, count] : rule.flags)
            out.sample(labelsOf(rule) + ",flag=\"" + std::string(flag) + '"', count);
    out.family("gatehouse_route_request_duration_seconds", "histogram",
               "Time from a request's complete head to the end of its answer.");
    for (const engine::RuleStats& rule : rules) {
        const std::string labels = labelsOf(rule);
        std::uint64_t upTo = 0;
        for (std::size_t i = 0; i < rule.duration.size(); ++i) {
            upTo += rule.duration[i];
            const std::string bound =
                i < engine::ruleDurationBounds.size()
                    ? secondsText(static_cast<std::uint64_t>(engine::ruleDurationBounds[i].count()))
                    : "+Inf";
            out.sample("_bucket", labels + ",le=\"" + bound + '"', std::to_string(upTo));
        }
        out.sample("_sum", labels, secondsText(rule.durationMicros));
        out.sample("_count", labels, std::to_string(upTo));
    }
}

std::string labelsOf(const engine::SessionStats& stats)
{
    return "gateway=\"" + escaped(stats.gateway) + "\",listener=\"" + escaped(stats.listener) + "\",route=\"" +
           escaped(stats.route) + "\",rule=\"" + (stats.rule < 0 ? "" : std::to_string(stats.rule)) + '"';
}

void addSessions(Exposition& out, const std::vector<engine::SessionStats>& sessions)
{
    if (sessions.empty())
        return;
    out.family("gatehouse_route_sessions_total", "counter",
               "TCP, TLS and UDP sessions that began, by listener and by the route's rule that took them.");
    for (const engine::SessionStats& stats : sessions)
        out.sample(labelsOf(stats), stats.sessions);
    out.family("gatehouse_route_active_sessions", "gauge", "The same, those that are open.");
    for (const engine::SessionStats& stats : sessions)
        out.sample(labelsOf(stats), stats.active);
    out.family("gatehouse_route_session_bytes_total", "counter",
               "Bytes from and to the clients of sessions that ended.");
    for (const engine::SessionStats& stats : sessions) {
        out.sample(labelsOf(stats) + ",direction=\"received\"", stats.bytesReceived);
        out.sample(labelsOf(stats) + ",direction=\"sent\"", stats.bytesSent);
    }
    out.family("gatehouse_route_session_flags_total", "counter",
               "Sessions that ended with one of Envoy's response flags.");
    for (const engine::SessionStats& stats : sessions)
        for (const auto& [flag, count] : stats.flags)
            out.sample(labelsOf(stats) + ",flag=\"" + std::string(flag) + '"', count);
}

} // namespace

std::string metrics(const MetricsInput& input, const control::State* state)
{
    const engine::EngineStats& stats = input.engine;
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
    out.family("gatehouse_refused_connections_total", "counter",
               "Client connections that were closed at once because there were too many.");
    out.sample("", stats.refusedConnections);
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
    addRules(out, input.rules);
    addSessions(out, input.sessions);
    return out.take();
}

} // namespace gatehouse::admin

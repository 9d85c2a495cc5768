#pragma once

#include "engine/engine.h"
#include "engine/routing/route_stream.h"
#include "engine/runtime/counters.h"

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::engine {

/// What one worker counted of one rule's sessions on one listener. On lines of its own, so that workers do not fight.
struct alignas(64) SessionCounters {
    /// Flags that are counted apart; the last stands for all others.
    static constexpr std::array<std::string_view, 11> flagNames{"NR", "NC",  "UH", "UF", "UC",   "DC",
                                                                "SI", "DPE", "OM", "UO", "other"};

    Counter sessions, active, bytesReceived, bytesSent;
    Counter flags[flagNames.size()];

    /// Thread: the worker, as of the next.
    void began() noexcept;
    /// `received`, `sent`: bytes of the client's side.
    void ended(std::string_view flag, std::uint64_t received, std::uint64_t sent) noexcept;
};

/// Where sessions are counted: names, so that they last through reloads. All empty: sessions of no listener, as those
/// with a server name that none has, and all that found no room.
struct SessionPlace {
    std::string gateway, listener; ///< "namespace/name", and the listener's name
    std::string route;             ///< "TCPRoute/namespace/name"; "" when the listener had none for them
    std::int32_t rule = -1;
    auto operator<=>(const SessionPlace&) const = default;
};

struct SessionCounterRow {
    SessionCounterRow(SessionPlace where, unsigned workers) : place(std::move(where)), byWorker(workers) {}
    SessionPlace place;
    std::vector<SessionCounters> byWorker;
};

/// The rows of one snapshot. Immutable; keeps its rows alive for the sessions that began with it.
class SessionCounterTable {
public:
    using Key = std::pair<const routing::ListenerTable*, const routing::CompiledRule*>;

    /// Never null. No allocation. Thread: any.
    [[nodiscard]] SessionCounterRow& find(const routing::ListenerTable* listener,
                                          const routing::CompiledRule* rule) const noexcept;
    void add(Key key, std::shared_ptr<SessionCounterRow> row) { rows_.emplace_back(key, std::move(row)); }
    /// Once after the last add().
    void complete(std::shared_ptr<SessionCounterRow> nowhere);

private:
    std::vector<std::pair<Key, std::shared_ptr<SessionCounterRow>>> rows_; // sorted by key
    std::shared_ptr<SessionCounterRow> nowhere_;
};

/// All counters of sessions, made when a snapshot is applied: a session finds its own without a lock. Names stay when
/// their listener or route goes and comes back, up to a limit; beyond it those that are no more are forgotten, and then
/// new ones share one row. Thread: follow() the control thread, read() any.
class SessionMetrics {
public:
    static constexpr std::size_t mostRows = 20'000;

    explicit SessionMetrics(unsigned workers, std::size_t limit = mostRows) : workers_(workers), limit_(limit) {}

    [[nodiscard]] std::shared_ptr<const SessionCounterTable> follow(const routing::Snapshot& snapshot);
    /// Places that had sessions, sorted, the workers' counts added up.
    [[nodiscard]] std::vector<SessionStats> read() const;

private:
    [[nodiscard]] std::shared_ptr<SessionCounterRow> rowOf(SessionPlace place);

    unsigned workers_;
    std::size_t limit_;
    mutable std::mutex mutex_; ///< guards rows_; no session waits for it
    std::map<SessionPlace, std::shared_ptr<SessionCounterRow>> rows_;
};

} // namespace gatehouse::engine

#pragma once

#include "engine/local_reply.h"
#include "model/observe/access_event.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::control {
struct State;
}

namespace gatehouse::admin {

/// GET /events: what happens, as server-sent events (WHATWG HTML section 9.2) with one JSON object each:
///   access    a request or session that ended, as in the JSON access log
///   apply     a configuration is in force: version, listeners, routes, problems; the one in force comes first
///   rejected  the input has errors and the last good configuration serves on: their number, and the first
///   dropped   how many access events this reader missed, since it reads too slowly or the engine's rings were full
/// Ids grow by one for each event of a stream. A reader that takes nothing costs `unreadLimit` bytes and no traffic.
/// Thread: any; nothing waits for a reader.
class EventStream {
public:
    static constexpr std::size_t mostReaders = 16;
    static constexpr std::size_t unreadLimit = 1024 * 1024;

    /// `droppedByEngine`: EngineStats::droppedEvents of now; called from publishing threads.
    explicit EventStream(std::function<std::uint64_t()> droppedByEngine) : droppedByEngine_(std::move(droppedByEngine))
    {
    }

    using CurrentState = std::function<std::shared_ptr<const control::State>()>;

    /// Starts a stream with the State in force, if any, or answers 503 when there are too many.
    void subscribe(const std::shared_ptr<engine::LocalReply>& reply, const CurrentState& current);
    void access(const std::vector<model::AccessEvent>& events);
    void applied(const control::State& state);
    void rejected(const control::State& state);

private:
    struct Reader {
        std::shared_ptr<engine::LocalReply> reply;
        std::shared_ptr<std::atomic<bool>> left;
        std::uint64_t nextId = 1;
        std::uint64_t version = 0;     ///< of the configuration that it was told last
        std::uint64_t dropped = 0;     ///< not told yet
        std::uint64_t engineDrops = 0; ///< of droppedByEngine_, told
    };

    void forgetThoseThatLeft();
    static bool send(Reader& reader, std::string_view name, std::string_view data);
    bool tellDrops(Reader& reader, std::uint64_t engineDrops);

    std::function<std::uint64_t()> droppedByEngine_;
    std::mutex mutex_;
    std::vector<Reader> readers_;
    std::atomic<std::size_t> count_{0}; ///< of readers_: nothing is written when nobody reads
};

} // namespace gatehouse::admin

#pragma once

#include "importers/kube_api/api_message.h"
#include "model/api/resource_set.h"
#include "model/base/diagnostic.h"
#include "model/graph/status.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::importers {

/// What `GET .../pods/NAME/log` asks for.
struct LogQuery {
    std::string namespace_, pod, container;
    std::optional<std::chrono::system_clock::time_point> since;
    std::optional<std::size_t> tailLines, limitBytes;
    bool timestamps = false;
};

struct KubeApiOptions {
    std::function<std::chrono::system_clock::time_point()> clock; ///< not set: the system's
    std::function<std::string()> newUid;                          ///< not set: random UUIDs
    /// The lines of a Pod's log; nullopt: that Pod has none. Thread: the one that calls handle().
    std::function<std::optional<std::string>(const LogQuery&)> logs;
    /// Events kept of each kind for watches that start in the past; older ones answer 410. Each holds a whole object.
    std::size_t watchHistory = 256;
    std::size_t watches = 10'000; ///< at once; beyond it 429
};

/// The Kubernetes API over one versioned set of objects: what users apply, what files define, and what Gatehouse makes
/// itself (Pods, EndpointSlices, CustomResourceDefinitions). Sans I/O: app/ mounts it on a listener of the engine.
/// Thread: one at a time (control).
class KubeApi {
public:
    explicit KubeApi(KubeApiOptions options = {});
    ~KubeApi();
    KubeApi(const KubeApi&) = delete;
    KubeApi& operator=(const KubeApi&) = delete;

    /// What a request came to. When `changed`, the caller brings the data plane and the statuses up to date first and
    /// then sends finish(outcome): who got an answer finds traffic and status right.
    struct Outcome {
        ApiResponse response;
        bool changed = false;            ///< objects that users own were created, replaced or deleted
        std::optional<ObjectId> written; ///< what the response shows
        ApiRequest request;              ///< kept when `written`, to show it anew
    };
    Outcome handle(const ApiRequest& request);
    /// The response of a write with the object as it is now (status and resourceVersion included).
    ApiResponse finish(Outcome outcome);

    /// The next piece of a watch: JSON lines, "" when there is nothing new. `ended`: close the stream behind it.
    struct WatchPiece {
        std::string text;
        bool ended = false;
    };
    WatchPiece nextEvents(std::uint64_t watch);
    /// A BOOKMARK for watches that asked for them; "" for others.
    std::string bookmark(std::uint64_t watch);
    void closeWatch(std::uint64_t watch);
    /// The watches whose kind of object changed since the last call: only these have something to send. So a write
    /// costs nothing for the thousands of watches of other kinds.
    std::vector<std::uint64_t> takeWoken();
    /// Rises with every event; watches have something new only when it did.
    [[nodiscard]] std::uint64_t version() const noexcept;

    /// The resources of the files together with the applied ones. Files win for the same object: a GH1310 Warning says
    /// so. What did not change since the last call is shared with its result, which is the same pointer when nothing
    /// did. Cost: linear in what changed, in all resources when files did; no text is parsed.
    std::shared_ptr<const model::ResourceSet> join(const model::ResourceSet& files,
                                                   std::vector<model::Diagnostic>& problems);
    /// Makes the objects of files visible: new ones are created, changed ones get a new generation, missing ones are
    /// deleted. An object is unchanged when its document is the same (shared) Value; nothing is looked at when the set
    /// shares everything with the last one.
    void syncFiles(const model::ResourceSet& files);
    /// The same for objects that Gatehouse makes: complete objects with apiVersion, kind, metadata. Compared by
    /// content.
    void syncDerived(std::vector<model::Value> objects);
    /// `.status` by object, as model::statuses() gives it: of all objects that have one. What is equal changes no
    /// resourceVersion. Cost: of what differs from the last call, and of the objects that were written since.
    void writeStatuses(const model::Statuses& statuses);

    /// Every applied object as a manifest (no status, no server-set metadata), sorted: for --save.
    [[nodiscard]] std::vector<model::Value> applied() const;
    /// Loads what --save wrote; problems as for files.
    void restore(std::vector<model::Value> objects, std::vector<model::Diagnostic>& problems);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace gatehouse::importers

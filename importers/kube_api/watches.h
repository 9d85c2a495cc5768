#pragma once

#include "importers/kube_api/kube_api.h"
#include "importers/kube_api/representation.h"
#include "importers/kube_api/resource_path.h"
#include "importers/kube_api/selectors.h"

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace gatehouse::importers {

/// The open watches. Each has a place in the history of its kind and reads on from there when it is asked, so that a
/// write costs nothing for watches, and a watch costs nothing for writes to other kinds.
/// Thread: one at a time. Lifetime: refers to the store.
class Watches {
public:
    Watches(ObjectStore& store, std::size_t most) : store_(store), most_(most) {}

    /// Starts a watch; the answer's body is its first piece. Errors: 410 when the history does not reach back to the
    /// version asked for, 422 for options that do not fit together, 429 when there are too many.
    Answer<ApiResponse> open(const ApiRequest& request, const ResourcePath& path, const Shown& shown);
    KubeApi::WatchPiece next(std::uint64_t id, std::chrono::system_clock::time_point now);
    [[nodiscard]] std::string bookmark(std::uint64_t id) const;
    void close(std::uint64_t id);
    /// Watches of the kinds that changed since the last call.
    std::vector<std::uint64_t> takeWoken();

private:
    struct Watch {
        Shown shown;
        std::string namespace_;
        Selection selection;
        std::uint64_t reached = 0; ///< the version up to which events were sent
        bool bookmarks = false;
        std::chrono::system_clock::time_point deadline;
    };
    void appendInitial(const Watch& watch, std::string& text) const;

    ObjectStore& store_;
    std::size_t most_;
    std::uint64_t lastId_ = 0;
    std::unordered_map<std::uint64_t, Watch> watches_;
    struct KindWatches {
        std::vector<std::uint64_t> ids;
        std::uint64_t woken = 0; ///< the kind's newest version at the last takeWoken()
    };
    std::map<const ApiKind*, KindWatches> byKind_;
};

} // namespace gatehouse::importers

#pragma once

#include "app/control/session.h"
#include "engine/routing/reach/behaviour_diff.h"
#include "model/base/value.h"

#include <string>
#include <vector>

namespace gatehouse::control {

enum class ChangeKind : std::uint8_t { Added, Removed, Changed };
std::string_view toString(ChangeKind kind); ///< "added", ...

/// A field of an object, as one line of JSON on each side; "" where it is not there. Secrets' values are left out.
struct FieldChange {
    std::string path, before, after;
};

struct ResourceChange {
    ChangeKind kind = ChangeKind::Changed;
    model::ObjectKey key;
    model::SourceLocation location;  ///< after; of what was removed, before
    std::vector<FieldChange> fields; ///< of Changed
};

/// A route on a listener, or off it.
struct AttachmentChange {
    ChangeKind kind = ChangeKind::Changed;
    std::string route;         ///< "HTTPRoute namespace/name"
    std::string listener;      ///< "Gateway namespace/name listener http"
    std::string before, after; ///< effective hostnames: "a.test, *.b.test", or "*"; "" where it is not attached
    model::ObjectKey key;      ///< of the route
};

/// A condition of an object, or of one of its listeners, parents or ancestors.
struct StatusChange {
    std::string object; ///< "HTTPRoute namespace/name"
    std::string scope;  ///< "parent infra/shared-gw", "listener http"; "" for the object's own
    std::string type;
    std::string before, after; ///< "True (Accepted)"; "" where there is no such condition
    std::string message;       ///< what the one after says; of one that is gone, what it said
    model::ObjectKey key;      ///< of the object
};

/// All that two sets of manifests make different, layer by layer.
struct SetDiff {
    std::vector<ResourceChange> resources;
    std::vector<AttachmentChange> attachments;
    std::vector<StatusChange> statuses; ///< of objects that both sets have
    routing::BehaviourDiff behaviour;

    [[nodiscard]] bool empty() const
    {
        return resources.empty() && attachments.empty() && statuses.empty() && behaviour.changes.empty() &&
               behaviour.undecided.empty();
    }
};

/// How the second set came to be.
enum class SecondSet {
    Alone,   ///< it is what it says
    Applied, ///< over the first, as `kubectl apply` does: fields that it does not have stay, unless they were applied
};

/// Compares two States that were made with the same Config. Deterministic. Thread: any.
SetDiff compareStates(const State& before, const State& after, SecondSet second = SecondSet::Alone);

} // namespace gatehouse::control

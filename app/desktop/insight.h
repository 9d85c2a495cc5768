#pragma once

#include "app/control/session.h"
#include "engine/routing/reach/reachability.h"
#include "model/graph/references.h"

#include <map>
#include <memory>
#include <mutex>
#include <tuple>

namespace gatehouse::desktop {

/// What is worked out once for a State, when somebody asks for it first, and not on the path of an edit: who refers to
/// whom, and which matches no request reaches. Thread: any but the UI thread; several at once.
class Insight {
public:
    /// A match of a rule: route, rule, match.
    using MatchKey = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;

    explicit Insight(std::shared_ptr<const control::State> state) : state_(std::move(state)) {}

    [[nodiscard]] const control::State& state() const { return *state_; }
    [[nodiscard]] const std::shared_ptr<const control::State>& shared() const { return state_; }
    [[nodiscard]] const std::vector<model::Reference>& references() const;
    /// The matches that no request reaches; of routes without matches, the rule as match 0.
    [[nodiscard]] const std::map<MatchKey, routing::Unreachable>& unreachable() const;

private:
    const std::shared_ptr<const control::State> state_;
    mutable std::once_flag referencesOnce_, reachOnce_;
    mutable std::vector<model::Reference> references_;
    mutable std::map<MatchKey, routing::Unreachable> unreachable_;
};

/// The Insight of the newest State that was asked about. Thread: any.
class InsightCache {
public:
    [[nodiscard]] std::shared_ptr<const Insight> of(const std::shared_ptr<const control::State>& state);

private:
    std::mutex mutex_; ///< guards the one below
    std::shared_ptr<const Insight> newest_;
};

} // namespace gatehouse::desktop

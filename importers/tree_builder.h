#pragma once

#include "importers/importer.h"
#include "importers/text_problem.h"
#include "model/base/value.h"

#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace gatehouse::importers {

/// What a subtree costs: the unit in which limits are counted, so that an alias can be refused before it is copied.
struct TreeSize {
    std::size_t nodes = 0;
    std::size_t depth = 0; ///< containers inside each other; a scalar has 0
    std::size_t bytes = 0; ///< text of keys and strings
};

/// Builds one Value from the events of a YAML or JSON reader, within ImportLimits and without recursion.
/// open(), key() and account() return false once a limit is exceeded (the Error is then recorded): the reader stops.
/// Duplicate keys are recorded as Errors and reading goes on; the first value stays.
/// Lifetime: refers to `limits` and `problems`. Thread: one at a time.
class TreeBuilder {
public:
    TreeBuilder(const ImportLimits& limits, ProblemList& problems) : limits_(limits), problems_(problems) {}

    bool open(model::Value container, model::Position position);
    /// Ends the innermost container and takes it out; the caller places it.
    model::Value close();
    /// Puts a complete value where the next one belongs: the root, the innermost array, or under the pending key.
    void place(model::Value value);
    bool key(std::string name, model::Position position);

    /// Checks the limits for a subtree of that size at `position` before it is made, and counts it.
    bool account(const TreeSize& size, model::Position position);

    [[nodiscard]] bool inObject() const noexcept { return !frames_.empty() && frames_.back().value.isObject(); }
    /// True when the next event of the innermost object is a key.
    [[nodiscard]] bool expectsKey() const noexcept { return inObject() && !frames_.back().hasKey; }
    [[nodiscard]] std::size_t depth() const noexcept { return frames_.size(); }
    /// What has been counted so far; differences give the size of a subtree. `depth` is the deepest nesting so far
    /// below the innermost container, plus that container.
    [[nodiscard]] TreeSize size() const noexcept { return size_; }
    [[nodiscard]] std::size_t height() const noexcept { return frames_.empty() ? height_ : frames_.back().height; }
    [[nodiscard]] model::Value& current() noexcept { return frames_.back().value; }
    [[nodiscard]] model::Position keyPosition() const noexcept { return frames_.back().keyPosition; }
    /// The next value of the innermost object belongs to no member (a YAML merge key): the caller keeps it and then
    /// calls dropKey() instead of place().
    bool expectMerge(model::Position position);
    void dropKey() noexcept { frames_.back().hasKey = false; }
    [[nodiscard]] model::Value takeRoot() { return std::move(root_); }

private:
    using KeyIndex = std::unordered_map<std::string, model::Position>;
    struct Frame {
        model::Value value;
        std::string key;
        model::Position keyPosition;
        bool hasKey = false;
        bool duplicate = false;
        std::size_t height = 1;
        std::unique_ptr<KeyIndex> index; ///< made when the object has grown: small ones are searched faster without
    };

    const model::Position* findKey(Frame& frame, const std::string& name);

    const ImportLimits& limits_;
    ProblemList& problems_;
    std::vector<Frame> frames_;
    model::Value root_;
    TreeSize size_;
    std::size_t height_ = 0;
};

} // namespace gatehouse::importers

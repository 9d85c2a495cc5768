#pragma once

#include "importers/text_check.h"
#include "importers/tree_builder.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <map>
#include <optional>

namespace gatehouse::importers {

/// Turns yaml-cpp's events of one document into a Value: types plain scalars, expands aliases, applies merge keys.
/// Errors: recorded in the problems; Stop is thrown through yaml-cpp when going on makes no sense, and caught by the
/// reader beside it.
class EventTree final : public YAML::EventHandler {
public:
    struct Stop {};

    EventTree(const ImportLimits& limits, PositionTracker& tracker, ProblemList& problems)
        : limits_(limits), tracker_(tracker), problems_(problems), builder_(limits, problems)
    {
    }

    [[nodiscard]] model::Value takeRoot() { return builder_.takeRoot(); }
    [[nodiscard]] std::size_t documents() const noexcept { return documents_; }
    /// Byte offset of the last event: what the parser complains about stands behind it.
    [[nodiscard]] std::size_t lastOffset() const noexcept { return lastOffset_; }

    /// Place of the innermost list or mapping that has not ended; unknown when there is none.
    [[nodiscard]] model::Position openContainer()
    {
        return builder_.depth() == 0 ? model::Position() : builder_.current().position();
    }

    void OnDocumentStart(const YAML::Mark& mark) override;
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& text) override;
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override;
    void OnSequenceEnd() override { closeContainer(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override;
    void OnMapEnd() override { closeContainer(); }

private:
    /// Of each open container, beside the builder's own frames.
    struct Level {
        YAML::anchor_t anchor = 0;
        TreeSize before;
        std::vector<model::Value> merges; ///< mappings under `<<`, in order of precedence
        bool mergeSeen = false;
        bool mergePending = false; ///< the key `<<` was read, its value comes next
    };
    struct Anchored {
        model::Value value;
        TreeSize size;
    };

    model::Position at(const YAML::Mark& mark);
    void openContainer(model::Value container, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor);
    void closeContainer();
    void placeScalar(model::Value value, bool mergeKey, YAML::anchor_t anchor);
    void placeKey(model::Value value, bool mergeKey);
    void placeValue(model::Value value);
    void takeMerge(model::Value value);
    static void applyMerges(model::Value& object, std::vector<model::Value>& merges);
    void remember(YAML::anchor_t anchor, const model::Value& value, const TreeSize& size);
    std::optional<model::Value> typed(const std::string& tag, const std::string& text, model::Position position);
    void check(bool goOn);

    const ImportLimits& limits_;
    PositionTracker& tracker_;
    ProblemList& problems_;
    TreeBuilder builder_;
    std::vector<Level> levels_;
    std::map<YAML::anchor_t, Anchored> anchors_;
    std::size_t aliases_ = 0;
    std::size_t rememberedNodes_ = 0;
    std::size_t rememberedBytes_ = 0;
    std::size_t documents_ = 0;
    std::size_t lastOffset_ = 0;
};

} // namespace gatehouse::importers

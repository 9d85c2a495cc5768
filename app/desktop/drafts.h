#pragma once

#include "app/control/draft_builder.h"
#include "app/desktop/preparations.h"
#include "ui/document/edited_file.h"
#include "ui/topology/canvas_marks.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <thread>
#include <vector>

namespace gatehouse::desktop {

/// What the unsaved texts of the editor would make of the set: a State that is shown, while the engine goes on serving
/// what is saved. Thread: UI; the work is done on the builder's.
class Drafts final : public QObject {
    Q_OBJECT
public:
    using ComparedPtr = std::shared_ptr<const ui::ComparedTopology>;

    /// `preparations` outlive it.
    explicit Drafts(Preparations& preparations, QObject* parent = nullptr);

    void begin(const control::Config& config); ///< other paths are opened
    void end();
    /// What is saved changed. The caller shows what there is to show now: changed() does not follow at once.
    void setSaved(std::shared_ptr<const control::State> saved);
    void setTexts(const ui::UnsavedTexts& texts);
    /// A text was saved: until setSaved() the draft stays, as what is saved is about to become the same.
    void awaitSaved();

    /// The State that the draft is shown by: its own, or, while it has errors, the last one without.
    /// Null: there is no draft.
    [[nodiscard]] const std::shared_ptr<const control::State>& shown() const { return shown_; }
    [[nodiscard]] const std::vector<model::Diagnostic>& problems() const { return problems_; }
    /// shown() with what it takes away, and marks; null until the comparison with what is saved is there.
    [[nodiscard]] const ComparedPtr& marked() const { return marked_; }
    [[nodiscard]] bool rejected() const { return rejected_; } ///< it has errors
    [[nodiscard]] const importers::TextOverlay& texts() const { return texts_; }

signals:
    void changed(); ///< what is shown, or that nothing is
    void told(const std::optional<gatehouse::ui::DraftInfo>& info);

private:
    void ask();
    void take(std::uint64_t number, std::shared_ptr<const control::State> draft);
    void compare(std::uint64_t number, const ui::DraftChanges& changes, ComparedPtr marked);
    void present(ComparedPtr marked);
    bool clear(); ///< whether there was one
    void tell();

    Preparations& preparations_;
    std::unique_ptr<control::DraftBuilder> builder_;
    std::uint64_t number_ = 0; ///< of the newest question
    std::shared_ptr<const control::State> saved_, shown_;
    std::shared_ptr<const control::State> built_; ///< to be shown once its marks are there, or do not come in time
    QTimer patience_;
    ComparedPtr marked_;
    std::vector<model::Diagnostic> problems_;
    importers::TextOverlay texts_;
    std::optional<ui::DraftChanges> changes_;
    bool rejected_ = false;
    bool awaiting_ = false;
    std::vector<std::jthread> retiring_; ///< builders that end; they still call this
};

} // namespace gatehouse::desktop

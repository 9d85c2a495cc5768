#pragma once

#include "ui/docks/dock.h"
#include "ui/document/code_page.h"
#include "ui/models/problems_filter.h"
#include "ui/models/problems_model.h"

#include <QSet>

#include <array>
#include <memory>
#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QStackedWidget;
class QToolButton;
class QTreeView;

namespace gatehouse::ui {

class ProblemPage;

/// The list of problems, with filters and groups; picking one jumps to its object and line, and a page beside the list
/// explains it. What is wrong at once comes with setProblems(), the whole report of the linters later, with
/// setAdvice(); until then what they said last stays listed. Thread: UI.
class ProblemsDock final : public Dock {
    Q_OBJECT
public:
    explicit ProblemsDock(QWidget* parent = nullptr);

    void setTheme(const Theme& theme) override;
    void setProblems(std::shared_ptr<const model::Topology> topology,
                     const std::vector<model::Diagnostic>& diagnostics);
    /// All diagnostics there are of what setProblems() showed.
    void setAdvice(const std::vector<model::Diagnostic>& diagnostics);
    void clearAdvice(); ///< other manifests are opened
    void setCodePage(const CodePage& page);
    void explainCurrent();                ///< opens the page beside the list
    void explain(const Problem& problem); ///< the same for one that is listed, whatever the filters hide
    [[nodiscard]] const ProblemsModel& model() const { return model_; }
    [[nodiscard]] QTreeView* list() const { return list_; }
    [[nodiscard]] const Problem* current() const; ///< null: none, or a heading. Lifetime: until the next change
    [[nodiscard]] QLineEdit* filterLine() const { return words_; }
    [[nodiscard]] QToolButton* chip(model::Severity severity) const
    {
        return chips_[static_cast<std::size_t>(severity)];
    }
    [[nodiscard]] QComboBox* groups() const { return groups_; }
    [[nodiscard]] QToolButton* explainButton() const { return explain_; }
    [[nodiscard]] ProblemPage* page() const { return page_; }

signals:
    void picked(const gatehouse::ui::Problem& problem);
    void editRequested(const gatehouse::ui::Problem& problem); ///< its file is to be edited
    void codeRequested(const QString& code);

private:
    QWidget* makeBar();
    void makeList();
    void refresh();
    void showCounts();
    void spanHeadings();
    void applyFilter();
    void currentChanged();
    void showMenu(const QPoint& at);
    void copyCurrent();
    bool eventFilter(QObject* watched, QEvent* event) override;

    ProblemsModel model_;
    ProblemsFilter filtered_;
    std::shared_ptr<const model::Topology> topology_ = std::make_shared<const model::Topology>();
    std::vector<model::Diagnostic> diagnostics_;
    std::optional<std::vector<model::Diagnostic>> advice_;
    bool adviceIsNew_ = false; ///< of what is shown, not of what was before

    QSet<QString> closed_; ///< headings of groups
    std::array<QToolButton*, 3> chips_{};
    QComboBox* groups_;
    QLineEdit* words_;
    QLabel* count_;
    QToolButton *copy_, *explain_;
    QStackedWidget* pages_;
    QTreeView* list_;
    ProblemPage* page_;
    QLabel *fine_, *fineIcon_;
    QAction* searchIcon_;
    Theme theme_ = Theme::light();
};

} // namespace gatehouse::ui

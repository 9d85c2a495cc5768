#pragma once

#include "ui/docks/dock.h"
#include "ui/models/compare_model.h"

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSortFilterProxyModel;
class QStackedWidget;
class QToolButton;
class QTreeView;

namespace gatehouse::ui {

/// Compares what is open with a base: a file, a folder, or a git revision. It asks by compareRequested(); the answer
/// comes with setComparison(), again whenever either side changes, until stopRequested(). Thread: UI.
class CompareDock final : public Dock {
    Q_OBJECT
public:
    explicit CompareDock(QWidget* parent = nullptr);

    void setTheme(const Theme& theme) override;
    void setBusy(bool on); ///< a comparison is being made
    void setComparison(std::shared_ptr<const Comparison> comparison);
    void setBase(const QString& base); ///< what is compared with, where somebody else asked for it
    void clear();                      ///< nothing is compared (any more)
    void startChoosing();              ///< puts the cursor into the base
    void copyMarkdown() const;         ///< all of the comparison, if there is one
    /// What is shown; null: nothing is compared, or it cannot be.
    [[nodiscard]] const std::shared_ptr<const Comparison>& comparison() const { return comparison_; }

    [[nodiscard]] const CompareModel& model() const { return model_; }
    [[nodiscard]] QTreeView* tree() const { return tree_; }
    [[nodiscard]] QLineEdit* baseLine() const { return base_; }
    [[nodiscard]] QLineEdit* filterLine() const { return filter_; }
    [[nodiscard]] QPushButton* compareButton() const { return compare_; }
    [[nodiscard]] QToolButton* stopButton() const { return stop_; }
    [[nodiscard]] QToolButton* copyButton() const { return copy_; }
    [[nodiscard]] QToolButton* chooseButton() const { return choose_; }
    [[nodiscard]] QString summary() const;

signals:
    void compareRequested(const QString& base);
    void stopRequested();
    void shown(); ///< comparison() is another one
    void probeRequested(const gatehouse::ui::ProbeRequest& request);
    void jumpRequested(const gatehouse::model::ObjectKey& key, int line); ///< line 0: none

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* makeTop();
    QWidget* makeBody();
    void makeTreeActions();
    void ask(const QString& base);
    void chooseFile();
    void chooseFolder();
    void chooseRevision();
    void expand();
    void showSummary();
    void jump(const QModelIndex& at);
    void probe(const QModelIndex& at);

    CompareModel model_;
    QSortFilterProxyModel* proxy_;
    std::shared_ptr<const Comparison> comparison_;
    QString fault_;
    QLineEdit *base_, *filter_;
    QToolButton *choose_, *stop_, *copy_;
    QPushButton* compare_;
    QProgressBar* busy_;
    QLabel *summaryIcon_, *summary_, *hint_, *hintIcon_;
    QStackedWidget* pages_;
    QTreeView* tree_;
    Theme theme_ = Theme::light();
};

} // namespace gatehouse::ui

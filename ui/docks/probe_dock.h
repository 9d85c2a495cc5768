#pragma once

#include "ui/docks/dock.h"
#include "ui/models/probe_model.h"

class QLabel;
class QMenu;
class QPushButton;
class QToolButton;
class QTreeView;

namespace gatehouse::ui {

class ProbeForm;

/// Composes a request and shows what becomes of it: the winner, and why everybody else lost. It asks by
/// explainRequested(); the answer comes with setResult(). Thread: UI.
class ProbeDock final : public Dock {
    Q_OBJECT
public:
    static constexpr int mostHistory = 30;

    explicit ProbeDock(QWidget* parent = nullptr);

    void setTheme(const Theme& theme) override;
    void setGateways(const QStringList& gateways);
    void setHistory(const QStringList& lines); ///< as toLine() makes them, the newest first
    [[nodiscard]] const QStringList& history() const { return history_; }
    /// Fills the form and asks.
    void explain(const ProbeRequest& request);
    /// Asks again what was asked last, if an answer is shown: the manifests have changed.
    void askAgain();
    void setResult(std::uint64_t number, const ProbeResult& result);
    void startComposing(); ///< puts the cursor into the target

    [[nodiscard]] ProbeForm& form() { return *form_; }
    [[nodiscard]] const ProbeModel& model() const { return model_; }
    [[nodiscard]] QTreeView* tree() const { return tree_; }
    [[nodiscard]] QPushButton* explainButton() const { return explain_; }
    [[nodiscard]] QToolButton* copyButton() const { return copy_; }
    [[nodiscard]] QToolButton* importButton() const { return import_; }
    [[nodiscard]] QToolButton* historyButton() const { return historyButton_; }
    [[nodiscard]] QString hint() const;
    [[nodiscard]] QString commandText() const; ///< what Copy as curl would copy

signals:
    void explainRequested(const gatehouse::ui::ProbeQuestion& question);
    void resultShown(const gatehouse::ui::ProbeResult& result);
    void resultCleared();
    void jumpRequested(const gatehouse::model::ObjectKey& key, int line); ///< line 0: none
    void historyChanged(const QStringList& lines);

private:
    QWidget* makeForm();
    QWidget* makeAnswer();
    void submit();
    void ask(const ProbeRequest& request);
    void remember(const ProbeRequest& request);
    void fillHistory();
    void importCurl();
    void clear();
    void showHint(const QString& text, bool bad);
    void jump(const QModelIndex& at);

    ProbeModel model_;
    ProbeForm* form_;
    QTreeView* tree_;
    QPushButton* explain_;
    QToolButton *import_, *copy_, *historyButton_, *clear_;
    QMenu* historyMenu_;
    QLabel* hint_;
    QStringList history_;
    std::uint64_t asked_ = 0;
    std::optional<ProbeRequest> last_; ///< what the answer is about
    QString address_;                  ///< where a client would connect
    Theme theme_ = Theme::light();
};

} // namespace gatehouse::ui

#pragma once

#include "ui/docks/dock.h"
#include "ui/document/probe_answer.h"
#include "ui/models/probe_model.h"

class QLabel;
class QMenu;
class QPushButton;
class QToolButton;
class QScrollArea;
class QSplitter;
class QTreeView;

namespace gatehouse::ui {

class AnswerPane;
class ProbeForm;

/// Composes a request and shows what becomes of it: the winner, and why everybody else lost. It asks by
/// explainRequested(); the answer comes with setResult(). What is sent as well (sendRequested(), setAnswer()) is
/// explained beside the answer. Thread: UI.
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

    /// Sends what the form says, and explains it.
    void send();
    void setAnswer(std::uint64_t number, const ProbeAnswer& answer);
    /// What waits for the engine is sent when it runs.
    void startReadingCurl(); ///< shows the dock and asks for a curl command
    void clear();            ///< forgets the answer
    void setEngineRunning(bool running);
    void setEngineRefused(); ///< it does not begin: what waited for it is not sent
    void setMethods(const ProbeMethods& methods);
    void setTestFile(const QString& file) { testFile_ = file; } ///< where tests are kept unless somebody says otherwise
    void setTestKept(const ProbeTestKept& kept);
    void startKeeping(); ///< asks for name and file of a test

    [[nodiscard]] ProbeForm& form() { return *form_; }
    [[nodiscard]] const ProbeModel& model() const { return model_; }
    [[nodiscard]] QTreeView* tree() const { return tree_; }
    [[nodiscard]] QPushButton* explainButton() const { return explain_; }
    [[nodiscard]] QPushButton* sendButton() const { return send_; }
    [[nodiscard]] QToolButton* keepButton() const { return keep_; }
    [[nodiscard]] AnswerPane& answerPane() const { return *answer_; }
    [[nodiscard]] bool waiting() const { return waiting_; } ///< for an answer
    [[nodiscard]] QToolButton* copyButton() const { return copy_; }
    [[nodiscard]] QToolButton* importButton() const { return import_; }
    [[nodiscard]] QToolButton* historyButton() const { return historyButton_; }
    [[nodiscard]] QString hint() const;
    [[nodiscard]] QString commandText() const; ///< what Copy as curl would copy

signals:
    void explainRequested(const gatehouse::ui::ProbeQuestion& question);
    void sendRequested(const gatehouse::ui::ProbeQuestion& question);
    void sendCancelled();
    void methodsRequested(const gatehouse::ui::ProbeRequest& target);
    void testRequested(const gatehouse::ui::ProbeTest& test);
    void runRequested(); ///< the engine, for what cannot be sent without
    void resultShown(const gatehouse::ui::ProbeResult& result);
    void resultCleared();
    void jumpRequested(const gatehouse::model::ObjectKey& key, int line); ///< line 0: none
    void historyChanged(const QStringList& lines);

private:
    QWidget* makeForm();
    QWidget* makeAnswer();
    void showAnswer();
    void submit();
    void ask(const ProbeRequest& request);
    void connectSending();
    void sendOrCancel();
    void cancel();
    void setWaiting(bool waiting);
    void askForMethods();
    void updateKeeping();
    void remember(const ProbeRequest& request, ProbeDeed deed);
    void fillHistory();
    void showHint(const QString& text, bool bad);
    void jump(const QModelIndex& at);

    ProbeModel model_;
    QSplitter* panes_;
    QScrollArea* request_;
    ProbeForm* form_;
    QTreeView* tree_;
    AnswerPane* answer_;
    QPushButton *explain_, *send_;
    QToolButton *import_, *copy_, *keep_, *historyButton_, *clear_;
    QMenu* historyMenu_;
    QLabel* hint_;
    QStringList history_;
    std::uint64_t asked_ = 0, sent_ = 0;
    bool waiting_ = false, sendWhenRunning_ = false;
    std::optional<ProbeRequest> answered_; ///< what was sent last, as the answer is about it
    QString testFile_;
    std::optional<ProbeRequest> last_; ///< what the answer is about
    QString address_;                  ///< where a client would connect
    Theme theme_ = Theme::light();
};

} // namespace gatehouse::ui

#pragma once

#include "ui/document/probe_answer.h"
#include "ui/theme.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTableWidget;
class QTabWidget;

namespace gatehouse::ui {

/// What came of sending a request: how it ended and how long it took, the body, the fields before and behind it.
/// Thread: UI.
class AnswerPane final : public QWidget {
    Q_OBJECT
public:
    explicit AnswerPane(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void showWaiting(const QString& what);
    void setAnswer(const ProbeAnswer& answer);
    void clear();
    [[nodiscard]] const std::optional<ProbeAnswer>& answer() const { return answer_; }

    [[nodiscard]] QString outcomeText() const; ///< as shown
    [[nodiscard]] QString factsText() const;
    [[nodiscard]] QPlainTextEdit* bodyEdit() const { return body_; }
    [[nodiscard]] QTableWidget* fieldTable() const { return fields_; }
    [[nodiscard]] QPushButton* runButton() const { return run_; }

signals:
    void runWanted(); ///< the engine, and then to send again

private:
    void showOutcome();
    void showFields(const ProbeAnswer& answer);

    QLabel *icon_, *outcome_, *facts_, *note_;
    QPushButton* run_;
    QTabWidget* tabs_;
    QPlainTextEdit* body_;
    QTableWidget* fields_;
    std::optional<ProbeAnswer> answer_;
    Theme theme_ = Theme::light();
};

} // namespace gatehouse::ui

// The status bar: what goes on, how many problems there are, and how the engine is.

#include "ui/docks/problems_dock.h"
#include "ui/icons.h"
#include "ui/main_window.h"

#include <QAction>
#include <QLabel>
#include <QProgressBar>
#include <QStatusBar>
#include <QToolButton>

namespace gatehouse::ui {

void MainWindow::makeStatusBar()
{
    statusBar()->setSizeGripEnabled(false);
    message_ = new QLabel;
    statusBar()->addWidget(message_, 1);
    progress_ = new QProgressBar;
    progress_->setRange(0, 0);
    progress_->setTextVisible(false);
    progress_->setFixedWidth(120);
    progress_->hide();
    progress_->setAccessibleName(tr("Work in progress"));
    statusBar()->addPermanentWidget(progress_);
    cancelButton_ = new QToolButton;
    cancelButton_->setDefaultAction(action(QStringLiteral("cancel")));
    cancelButton_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    cancelButton_->hide();
    statusBar()->addPermanentWidget(cancelButton_);
    connect(action(QStringLiteral("cancel")), &QAction::triggered, this, [this] {
        if (const auto cancel = std::exchange(cancel_, nullptr))
            cancel();
    });
    action(QStringLiteral("cancel"))->setEnabled(false);
    problemCounts_ = new QToolButton;
    problemCounts_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    problemCounts_->setToolTip(tr("Show the problems"));
    connect(problemCounts_, &QToolButton::clicked, problems_, &Dock::bringToFront);
    statusBar()->addPermanentWidget(problemCounts_);
    engine_ = new QLabel;
    statusBar()->addPermanentWidget(engine_);
}

void MainWindow::updateProblemCounts()
{
    const int errors = problems_->model().count(model::Severity::Error);
    const int warnings = problems_->model().count(model::Severity::Warning);
    const char* name = errors > 0 ? "bad" : warnings > 0 ? "warning" : "good";
    const QColor color = errors > 0 ? theme_.bad : warnings > 0 ? theme_.warning : theme_.good;
    problemCounts_->setIcon(icon(QLatin1String(name), color));
    QStringList texts;
    if (errors > 0)
        texts << (errors == 1 ? tr("1 error") : tr("%1 errors").arg(errors));
    if (warnings > 0)
        texts << (warnings == 1 ? tr("1 warning") : tr("%1 warnings").arg(warnings));
    problemCounts_->setText(texts.isEmpty() ? tr("No problems") : texts.join(QStringLiteral(", ")));
    problemCounts_->setVisible(state_.topology != nullptr);
}

void MainWindow::setEngineState(EngineState state, const QString& detail)
{
    engineState_ = state;
    followEngine(state);
    QString text;
    QColor color = theme_.faint;
    switch (state) {
    case EngineState::Stopped:
        text = tr("Engine stopped");
        break;
    case EngineState::Starting:
        text = tr("Starting\u2026"), color = theme_.warning;
        break;
    case EngineState::Running:
        text = tr("Running"), color = theme_.good;
        break;
    case EngineState::Stopping:
        text = tr("Stopping\u2026"), color = theme_.warning;
        break;
    }
    engine_->setText(QStringLiteral("<span style='color:%1'>\u25CF</span>&nbsp; %2%3")
                         .arg(color.name(), text.toHtmlEscaped(),
                              detail.isEmpty() ? QString() : QStringLiteral(" \u00b7 ") + detail.toHtmlEscaped()));
    QAction* run = action(QStringLiteral("run"));
    QAction* stop = action(QStringLiteral("stop"));
    run->setEnabled(state == EngineState::Stopped && state_.topology);
    stop->setEnabled(state == EngineState::Running);
    const bool showStop = state == EngineState::Running || state == EngineState::Stopping;
    runButton_->removeAction(showStop ? run : stop); // with both it would offer a menu
    runButton_->setDefaultAction(showStop ? stop : run);
}

void MainWindow::setBusy(const QString& what, std::function<void()> cancel)
{
    cancel_ = std::move(cancel);
    action(QStringLiteral("cancel"))->setEnabled(cancel_ != nullptr);
    cancelButton_->setVisible(cancel_ != nullptr);
    progress_->setVisible(!what.isEmpty());
    message_->setText(what.isEmpty() ? summary_ : what);
}

void MainWindow::showMessage(const QString& text)
{
    message_->setText(text);
}

} // namespace gatehouse::ui

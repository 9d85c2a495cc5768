// The Probe's dock: what is sent, what is kept as a test, and what the target says of its services.

#include "ui/docks/answer_pane.h"
#include "ui/docks/probe_dock.h"
#include "ui/docks/probe_form.h"
#include "ui/docks/save_test_dialog.h"
#include "ui/icons.h"

#include <QPushButton>
#include <QToolButton>

namespace gatehouse::ui {

void ProbeDock::connectSending()
{
    connect(form_, &ProbeForm::sendSubmitted, this, &ProbeDock::send);
    connect(form_, &ProbeForm::methodsWanted, this, &ProbeDock::askForMethods);
    connect(send_, &QPushButton::clicked, this, &ProbeDock::sendOrCancel);
    connect(keep_, &QToolButton::clicked, this, &ProbeDock::startKeeping);
    connect(answer_, &AnswerPane::runWanted, this, [this] {
        sendWhenRunning_ = true;
        emit runRequested();
    });
    setWaiting(false);
    updateKeeping();
}

void ProbeDock::sendOrCancel()
{
    if (waiting_)
        cancel();
    else
        send();
}

void ProbeDock::send()
{
    QString fault;
    const ProbeRequest request = form_->request(&fault);
    if (!fault.isEmpty()) {
        showHint(fault, true);
        return;
    }
    remember(request, ProbeDeed::Sent);
    sendWhenRunning_ = false;
    answered_ = request;
    showAnswer();
    answer_->showWaiting(probeText(request));
    setWaiting(true);
    ask(request); // the way that it takes is lit, whatever comes of it
    emit sendRequested({ProbeQuestion::Asker::Probe, ++sent_, request});
}

void ProbeDock::cancel()
{
    sendWhenRunning_ = false;
    if (!waiting_)
        return;
    ++sent_; // whatever comes of it now comes too late
    ProbeAnswer cancelled;
    cancelled.end = ProbeAnswer::End::Cancelled;
    answer_->setAnswer(cancelled);
    setWaiting(false);
    emit sendCancelled();
}

void ProbeDock::setAnswer(std::uint64_t number, const ProbeAnswer& answer)
{
    if (number != sent_ || !waiting_)
        return; // another was sent in the meantime, or nobody waits any more
    setWaiting(false);
    answer_->setAnswer(answer);
}

void ProbeDock::setWaiting(bool waiting)
{
    waiting_ = waiting;
    send_->setText(waiting ? tr("Cancel") : tr("Send"));
    send_->setToolTip(waiting ? tr("Wait for the answer no longer")
                              : tr("Send it over a real connection (Ctrl+Return)"));
    send_->setIcon(icon(waiting ? QStringLiteral("stop") : QStringLiteral("run"), theme_.muted));
}

void ProbeDock::setEngineRunning(bool running)
{
    // What is sent when the engine is up is what was asked for, not what the form has become since.
    QString fault;
    if (running && std::exchange(sendWhenRunning_, false) && answered_ == form_->request(&fault))
        send();
}

void ProbeDock::setEngineRefused()
{
    sendWhenRunning_ = false;
}

void ProbeDock::askForMethods()
{
    QString fault;
    const ProbeRequest target = form_->target(&fault);
    if (!fault.isEmpty() && target.protoFile.isEmpty()) {
        showHint(fault, true);
        return;
    }
    showHint(tr("Asking for the services\u2026"), false);
    emit methodsRequested(target);
}

void ProbeDock::setMethods(const ProbeMethods& methods)
{
    if (!methods.fault.isEmpty())
        showHint(methods.fault, true);
    else
        showHint(tr("%1 methods, by %2").arg(methods.methods.size()).arg(methods.source), false);
    form_->setMethods(methods.methods);
}

/// A test is made of what was asked last; of what the form says by now nobody has seen what becomes.
void ProbeDock::updateKeeping()
{
    keep_->setEnabled(last_.has_value());
}

void ProbeDock::startKeeping()
{
    if (!last_)
        return;
    auto* dialog = new SaveTestDialog(probeText(*last_), testFile_, this);
    connect(dialog, &SaveTestDialog::chosen, this, [this, request = *last_](const QString& name, const QString& file) {
        testFile_ = file;
        const bool sent = answered_ == request;
        emit testRequested({file, name, request, sent ? answer_->answer() : std::nullopt});
    });
    dialog->open();
}

void ProbeDock::setTestKept(const ProbeTestKept& kept)
{
    if (kept.fault.isEmpty())
        showHint(tr("Added to %1").arg(kept.place) +
                     (kept.note.isEmpty() ? QString() : QStringLiteral("\n") + kept.note),
                 false);
    else
        showHint(tr("The test is not saved: %1").arg(kept.fault), true);
}

} // namespace gatehouse::ui

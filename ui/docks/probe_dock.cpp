#include "ui/docks/probe_dock.h"

#include "ui/docks/answer_pane.h"
#include "ui/docks/probe_form.h"
#include "ui/document/curl.h"
#include "ui/icons.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {

ProbeDock::ProbeDock(QWidget* parent) : Dock(tr("Probe"), QStringLiteral("probe"), Header::None, parent)
{
    panes_ = new QSplitter(Qt::Horizontal);
    panes_->setObjectName(QStringLiteral("dockBody"));
    panes_->setChildrenCollapsible(false);
    panes_->addWidget(makeForm());
    answer_ = new AnswerPane;
    answer_->hide();
    panes_->addWidget(answer_);
    panes_->addWidget(makeAnswer());
    for (int i = 0; i < 3; ++i)
        panes_->setStretchFactor(i, 2);
    panes_->setSizes({720, 400, 560});
    setWidget(panes_);

    connect(form_, &ProbeForm::submitted, this, &ProbeDock::submit);
    connect(explain_, &QPushButton::clicked, this, &ProbeDock::submit);
    connect(import_, &QToolButton::clicked, this, &ProbeDock::startReadingCurl);
    connect(copy_, &QToolButton::clicked, this, [this] { QApplication::clipboard()->setText(commandText()); });
    connect(clear_, &QToolButton::clicked, this, &ProbeDock::clear);
    connect(tree_, &QTreeView::clicked, this, &ProbeDock::jump);
    connect(tree_, &QTreeView::activated, this, &ProbeDock::jump);
    connectSending();
    fillHistory();
    showHint(tr("Compose a request, to explain it or to send it."), false);
}

QWidget* ProbeDock::makeForm()
{
    form_ = new ProbeForm;
    explain_ = new QPushButton(tr("Explain"));
    explain_->setObjectName(QStringLiteral("primary"));
    explain_->setToolTip(tr("Tell what would become of it; nothing is sent (Return)"));
    send_ = new QPushButton(tr("Send"));
    import_ = makeToolButton(tr("From curl\u2026"), tr("Read a curl command line"));
    copy_ = makeToolButton(tr("Copy as curl"), tr("The command that sends this request to where Gatehouse listens"));
    keep_ =
        makeToolButton(tr("Save as Test Case\u2026"), tr("Add the request, and what becomes of it, to a test file"));
    historyButton_ = makeToolButton(tr("History"), tr("What was asked before"));
    historyButton_->setPopupMode(QToolButton::InstantPopup);
    historyMenu_ = new QMenu(historyButton_);
    historyButton_->setMenu(historyMenu_);
    clear_ = makeToolButton(tr("Clear"), tr("Forget the answer and put the light on the canvas out"));

    auto* page = new QWidget;
    page->setObjectName(QStringLiteral("page"));
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(14, 10, 14, 10);
    column->setSpacing(8);
    form_->addBesideTarget(explain_);
    form_->addBesideTarget(send_);
    column->addWidget(form_, 1);
    auto* line = new QHBoxLayout;
    line->setSpacing(4);
    for (QToolButton* other : {historyButton_, import_, copy_, keep_, clear_})
        line->addWidget(other);
    line->addStretch(1);
    column->addLayout(line);
    request_ = new QScrollArea;
    request_->setWidgetResizable(true);
    request_->setFrameShape(QFrame::NoFrame);
    request_->setWidget(page);
    request_->setAccessibleName(tr("Request"));
    return request_;
}

/// The answer comes between the others: the form keeps the room that its buttons want.
void ProbeDock::showAnswer()
{
    if (!answer_->isHidden())
        return;
    answer_->show();
    const int wanted =
        request_->widget()->minimumSizeHint().width() + request_->verticalScrollBar()->sizeHint().width();
    const int rest = std::max(0, panes_->width() - wanted);
    panes_->setSizes({wanted, rest * 2 / 5, rest * 3 / 5});
}

QWidget* ProbeDock::makeAnswer()
{
    hint_ = new QLabel;
    hint_->setWordWrap(true);
    hint_->setContentsMargins(12, 8, 12, 4);
    tree_ = new QTreeView;
    tree_->setModel(&model_);
    tree_->setAccessibleName(tr("Explanation"));
    tree_->setFrameShape(QFrame::NoFrame);
    tree_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    tree_->setSelectionBehavior(QAbstractItemView::SelectRows);
    tree_->setAllColumnsShowFocus(true);
    tree_->setUniformRowHeights(true);
    tree_->setIndentation(18);
    tree_->header()->setStretchLastSection(false);
    tree_->header()->setSectionResizeMode(ProbeModel::WhyColumn, QHeaderView::Stretch);
    tree_->setColumnWidth(ProbeModel::WhatColumn, 250);
    tree_->setColumnWidth(ProbeModel::PlaceColumn, 120);
    auto* body = new QWidget;
    body->setObjectName(QStringLiteral("dockBody"));
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(hint_);
    column->addWidget(tree_, 1);
    return body;
}

void ProbeDock::setTheme(const Theme& theme)
{
    theme_ = theme;
    model_.setTheme(theme);
    form_->setTheme(theme);
    import_->setIcon(icon(QStringLiteral("open"), theme.muted));
    copy_->setIcon(icon(QStringLiteral("copy"), theme.muted, theme.disabled));
    historyButton_->setIcon(icon(QStringLiteral("recent"), theme.muted, theme.disabled));
    clear_->setIcon(icon(QStringLiteral("clear"), theme.muted));
    keep_->setIcon(icon(QStringLiteral("good"), theme.muted, theme.faint));
    send_->setIcon(icon(waiting_ ? QStringLiteral("stop") : QStringLiteral("run"), theme.muted));
    answer_->setTheme(theme);
    tree_->viewport()->update();
}

void ProbeDock::setGateways(const QStringList& gateways)
{
    form_->setGateways(gateways);
}

QString ProbeDock::hint() const
{
    return hint_->text();
}

void ProbeDock::showHint(const QString& text, bool bad)
{
    hint_->setText(text);
    hint_->setVisible(!text.isEmpty());
    hint_->setStyleSheet(bad ? QStringLiteral("color:%1;").arg(theme_.bad.name()) : QString());
    hint_->setObjectName(bad ? QString() : QStringLiteral("muted"));
}

void ProbeDock::startComposing()
{
    bringToFront();
    form_->targetLine()->setFocus(Qt::ShortcutFocusReason);
    form_->targetLine()->selectAll();
}

void ProbeDock::explain(const ProbeRequest& request)
{
    form_->setRequest(request);
    submit();
}

void ProbeDock::submit()
{
    QString fault;
    const ProbeRequest request = form_->request(&fault);
    if (!fault.isEmpty()) {
        showHint(fault, true);
        return;
    }
    if (answered_ && *answered_ != request) {
        cancel(); // it is about another request
        answer_->clear();
        answer_->hide();
        answered_.reset();
    }
    remember(request, ProbeDeed::Explained);
    ask(request);
}

void ProbeDock::ask(const ProbeRequest& request)
{
    last_ = request;
    updateKeeping();
    emit explainRequested({ProbeQuestion::Asker::Probe, ++asked_, request});
}

void ProbeDock::askAgain()
{
    if (last_ && model_.rowCount() > 0)
        ask(*last_);
}

void ProbeDock::setResult(std::uint64_t number, const ProbeResult& result)
{
    if (number != asked_)
        return; // another question was asked in the meantime
    address_ = result.address;
    model_.setResult(result);
    tree_->expandToDepth(1);
    showHint(result.fault.isEmpty() ? result.summary : result.fault, !result.served);
    emit resultShown(result);
}

void ProbeDock::clear()
{
    ++asked_; // an answer that is under way comes too late
    cancel();
    answered_.reset();
    answer_->clear();
    answer_->hide();
    last_.reset();
    updateKeeping();
    address_.clear();
    model_.clear();
    showHint(tr("Compose a request, to explain it or to send it."), false);
    emit resultCleared();
}

QString ProbeDock::commandText() const
{
    QString fault;
    const ProbeRequest request = form_->request(&fault);
    // The address of an answer about another request says nothing about this one.
    return toCommand(request, last_ && *last_ == request ? address_ : QString());
}

void ProbeDock::startReadingCurl()
{
    bringToFront();
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("importCurl"));
    dialog->setWindowTitle(tr("Read a curl command"));
    dialog->setLabelText(tr("Paste the command; quotes and lines that go on are understood."));
    dialog->setOption(QInputDialog::UsePlainTextEditForTextInput);
    const QString clip = QApplication::clipboard()->text().trimmed();
    if (clip.startsWith(QLatin1String("curl ")))
        dialog->setTextValue(clip);
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& command) {
        const auto request = parseCurl(command);
        if (request)
            explain(*request);
        else
            showHint(tr("The command is not understood: %1").arg(request.error()), true);
    });
    dialog->open();
}

void ProbeDock::setHistory(const QStringList& lines)
{
    history_ = lines.mid(0, mostHistory);
    fillHistory();
}

void ProbeDock::remember(const ProbeRequest& request, ProbeDeed deed)
{
    const QString line = toLine(request, deed);
    // One entry a request, whatever was done with it last.
    history_.removeIf([&](const QString& other) { return fromLine(other) == request; });
    history_.prepend(line);
    history_ = history_.mid(0, mostHistory);
    fillHistory();
    emit historyChanged(history_);
}

void ProbeDock::fillHistory()
{
    historyMenu_->clear();
    for (const QString& line : history_) {
        const auto request = fromLine(line);
        if (!request)
            continue;
        // Picking one explains it: nothing is sent that nobody asked for.
        const bool sent = deedOf(line) == ProbeDeed::Sent;
        historyMenu_->addAction(icon(sent ? QStringLiteral("run") : QStringLiteral("probe"), theme_.muted),
                                sent ? tr("%1 \u00b7 sent").arg(probeText(*request)) : probeText(*request), this,
                                [this, request] { explain(*request); });
    }
    historyButton_->setEnabled(!historyMenu_->isEmpty());
}

void ProbeDock::jump(const QModelIndex& at)
{
    const ProbeModel::Jump jump = model_.jumpAt(at);
    if (jump.key)
        emit jumpRequested(*jump.key,
                           jump.location.position.known() ? static_cast<int>(jump.location.position.line) : 0);
}

} // namespace gatehouse::ui

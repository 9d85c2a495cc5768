#include "ui/docks/answer_pane.h"

#include "ui/icons.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableWidget>
#include <QVBoxLayout>

namespace gatehouse::ui {
namespace {

constexpr int iconSize = 18;

QString outcomeOf(const ProbeAnswer& answer)
{
    switch (answer.end) {
    case ProbeAnswer::End::Answered:
        return answer.outcome;
    case ProbeAnswer::End::NotRunning:
        return AnswerPane::tr("The engine does not run");
    case ProbeAnswer::End::Cancelled:
        return AnswerPane::tr("Cancelled");
    case ProbeAnswer::End::Failed:
        return answer.fault;
    }
    return {};
}

model::Health toneOf(const ProbeAnswer& answer)
{
    switch (answer.end) {
    case ProbeAnswer::End::Answered:
        return answer.verdict;
    case ProbeAnswer::End::NotRunning:
        return model::Health::Warning;
    case ProbeAnswer::End::Cancelled:
        return model::Health::Unknown;
    case ProbeAnswer::End::Failed:
        return model::Health::Bad;
    }
    return model::Health::Unknown;
}

} // namespace

AnswerPane::AnswerPane(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("dockBody"));
    setAccessibleName(tr("Answer"));
    icon_ = new QLabel;
    outcome_ = new QLabel;
    outcome_->setWordWrap(true);
    outcome_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QFont strong = outcome_->font();
    strong.setWeight(QFont::DemiBold);
    outcome_->setFont(strong);
    run_ = new QPushButton(tr("Run and Send"));
    run_->setToolTip(tr("Start the engine, and send the request once it listens"));
    facts_ = new QLabel;
    facts_->setObjectName(QStringLiteral("muted"));
    facts_->setWordWrap(true);
    facts_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    note_ = new QLabel;
    note_->setObjectName(QStringLiteral("muted"));
    body_ = new QPlainTextEdit;
    body_->setReadOnly(true);
    body_->setFrameShape(QFrame::NoFrame);
    body_->setAccessibleName(tr("Body of the answer"));
    body_->setFont(fixedFont());
    body_->setLineWrapMode(QPlainTextEdit::NoWrap);
    fields_ = new QTableWidget(0, 2);
    fields_->setAccessibleName(tr("Headers of the answer"));
    fields_->setFrameShape(QFrame::NoFrame);
    fields_->setShowGrid(false);
    fields_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    fields_->setSelectionBehavior(QAbstractItemView::SelectRows);
    fields_->setTabKeyNavigation(false);
    fields_->setWordWrap(false);
    fields_->verticalHeader()->hide();
    fields_->horizontalHeader()->hide();
    fields_->horizontalHeader()->setStretchLastSection(true);
    tabs_ = new QTabWidget;
    tabs_->setDocumentMode(true);
    tabs_->addTab(body_, tr("Body"));
    tabs_->addTab(fields_, tr("Headers"));
    tabs_->setCornerWidget(note_);

    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 8, 12, 0);
    head->setSpacing(8);
    head->addWidget(icon_, 0, Qt::AlignTop);
    head->addWidget(outcome_, 1);
    head->addWidget(run_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(head);
    facts_->setContentsMargins(12, 0, 12, 0);
    column->addWidget(facts_);
    column->addWidget(tabs_, 1);
    connect(run_, &QPushButton::clicked, this, &AnswerPane::runWanted);
    clear();
}

void AnswerPane::setTheme(const Theme& theme)
{
    theme_ = theme;
    body_->setFont(fixedFont());
    showOutcome();
}

void AnswerPane::clear()
{
    answer_.reset();
    outcome_->clear();
    facts_->clear();
    tabs_->hide();
    run_->hide();
    icon_->clear();
}

void AnswerPane::showWaiting(const QString& what)
{
    clear();
    outcome_->setText(tr("Sending\u2026"));
    facts_->setText(what);
    showOutcome();
}

void AnswerPane::setAnswer(const ProbeAnswer& answer)
{
    answer_ = answer;
    outcome_->setText(outcomeOf(answer));
    QStringList facts;
    if (answer.end == ProbeAnswer::End::NotRunning)
        facts << tr("Nobody listens at %1 until it does").arg(answer.address);
    if (answer.end == ProbeAnswer::End::Failed && !answer.outcome.isEmpty())
        facts << answer.outcome;
    if (!answer.backend.isEmpty())
        facts << tr("from %1").arg(answer.backend);
    if (!answer.protocol.isEmpty())
        facts << tr("%1 to %2").arg(answer.protocol, answer.address);
    if (const QString times = timesText(answer); !times.isEmpty())
        facts << times;
    facts_->setText(facts.join(QStringLiteral(" \u00b7 ")));
    const BodyText body = bodyText(answer);
    body_->setPlainText(body.text);
    note_->setText(answer.contentType.isEmpty() ? body.note
                                                : body.note + QStringLiteral(" \u00b7 ") + answer.contentType);
    showFields(answer);
    run_->setVisible(answer.end == ProbeAnswer::End::NotRunning);
    tabs_->setVisible(!answer.outcome.isEmpty() || !answer.body.isEmpty());
    showOutcome();
}

void AnswerPane::showFields(const ProbeAnswer& answer)
{
    fields_->setRowCount(0);
    const auto add = [this](const QString& name, const QString& value, bool trailer) {
        const int row = fields_->rowCount();
        fields_->insertRow(row);
        auto* what = new QTableWidgetItem(trailer ? tr("%1 (trailer)").arg(name) : name);
        fields_->setItem(row, 0, what);
        fields_->setItem(row, 1, new QTableWidgetItem(value));
        fields_->item(row, 1)->setToolTip(value);
    };
    for (const auto& [name, value] : answer.headers)
        add(name, value, false);
    for (const auto& [name, value] : answer.trailers)
        add(name, value, true);
    fields_->resizeColumnToContents(0);
    const auto count = answer.headers.size() + answer.trailers.size();
    tabs_->setTabText(1, count == 0 ? tr("Headers") : tr("Headers (%1)").arg(count));
    tabs_->setTabEnabled(1, count > 0);
}

void AnswerPane::showOutcome()
{
    const model::Health tone = answer_ ? toneOf(*answer_) : model::Health::Unknown;
    const QColor color = answer_ && tone != model::Health::Unknown ? theme_.of(tone) : theme_.muted;
    outcome_->setStyleSheet(QStringLiteral("color:%1;").arg(color.name()));
    if (outcome_->text().isEmpty())
        icon_->clear();
    else
        icon_->setPixmap(icon(answer_ ? iconName(tone) : QStringLiteral("reload"), color)
                             .pixmap(QSize(iconSize, iconSize), devicePixelRatioF()));
    for (int row = 0; row < fields_->rowCount(); ++row)
        fields_->item(row, 0)->setForeground(theme_.muted);
}

QString AnswerPane::outcomeText() const
{
    return outcome_->text();
}

QString AnswerPane::factsText() const
{
    return facts_->text();
}

} // namespace gatehouse::ui

#include "ui/fault_list.h"

#include "ui/fault_row.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {
namespace {

constexpr std::size_t fewRows = 3; ///< shown at first
constexpr std::size_t mostRows = 50;

} // namespace

FaultList::FaultList(QWidget* parent)
    : QFrame(parent), list_(new QVBoxLayout), foot_(new QWidget), counted_(new QLabel), all_(new QToolButton),
      clear_(new QToolButton)
{
    setObjectName(QStringLiteral("faults"));
    setAccessibleName(tr("Messages"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 6, 10, 6);
    column->setSpacing(4);
    list_->setSpacing(4);
    column->addLayout(list_);
    auto* line = new QHBoxLayout(foot_);
    line->setContentsMargins(25, 0, 0, 0);
    line->addWidget(counted_);
    line->addWidget(all_);
    line->addStretch(1);
    clear_->setText(tr("Dismiss All"));
    line->addWidget(clear_);
    column->addWidget(foot_);
    connect(all_, &QToolButton::clicked, this, [this] {
        showAll_ = !showAll_;
        refresh();
    });
    connect(clear_, &QToolButton::clicked, this, &FaultList::clear);
    refresh();
}

void FaultList::setTheme(const Theme& theme)
{
    theme_ = theme;
    for (FaultRow* row : rows_)
        row->setTheme(theme);
}

void FaultList::add(const QString& what, const QString& why)
{
    const auto known =
        std::find_if(rows_.begin(), rows_.end(), [&](const FaultRow* row) { return row->same(what, why); });
    if (known != rows_.end()) {
        (*known)->repeat();
        std::rotate(rows_.begin(), known, known + 1);
        list_->removeWidget(rows_.front());
    } else {
        auto* row = new FaultRow(what, why);
        row->setTheme(theme_);
        connect(row, &FaultRow::dismissed, this, [this, row] { dismiss(row); });
        rows_.insert(rows_.begin(), row);
    }
    list_->insertWidget(0, rows_.front());
    while (rows_.size() > mostRows) {
        rows_.back()->deleteLater();
        rows_.pop_back();
    }
    refresh();
    setAccessibleDescription(rows_.front()->text());
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void FaultList::clear()
{
    for (FaultRow* row : rows_)
        row->deleteLater();
    rows_.clear();
    refresh();
}

QString FaultList::text() const
{
    QStringList texts;
    for (const FaultRow* row : rows_)
        texts << row->text();
    return texts.join(QStringLiteral("\n\n"));
}

void FaultList::dismiss(FaultRow* row)
{
    const auto at = std::find(rows_.begin(), rows_.end(), row);
    if (at == rows_.end())
        return;
    const auto next = rows_.erase(at);
    row->hide();
    row->deleteLater(); // its button is still in the middle of a click
    if (!rows_.empty())
        (next == rows_.end() ? rows_.back() : *next)->dismissButton()->setFocus(Qt::OtherFocusReason);
    refresh();
}

void FaultList::refresh()
{
    for (std::size_t i = 0; i < rows_.size(); ++i)
        rows_[i]->setVisible(showAll_ || i < fewRows);
    foot_->setVisible(rows_.size() > 1);
    const std::size_t hidden = rows_.size() > fewRows ? rows_.size() - fewRows : 0;
    counted_->setText(tr("%n message(s)", nullptr, count()));
    all_->setVisible(hidden > 0);
    all_->setText(showAll_ ? tr("Show Fewer") : tr("Show %n More", nullptr, static_cast<int>(hidden)));
    setVisible(!rows_.empty());
    emit countChanged(count());
}

} // namespace gatehouse::ui

#include "ui/fault_row.h"

#include "ui/icons.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {
namespace {

constexpr int mostLines = 8; ///< of the details, before they scroll

QToolButton* button(const QString& text, const QString& name)
{
    auto* made = new QToolButton;
    made->setText(text);
    made->setAccessibleName(name);
    made->setToolTip(name);
    return made;
}

} // namespace

FaultRow::FaultRow(const QString& what, const QString& why, QWidget* parent)
    : QWidget(parent), what_(what), why_(why), icon_(new QLabel), words_(new QLabel), all_(new QPlainTextEdit),
      details_(button(tr("Details"), tr("Show the details"))), copy_(button(tr("Copy"), tr("Copy this message"))),
      dismiss_(button({}, tr("Dismiss this message")))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(icon_);
    words_->setTextFormat(Qt::RichText);
    words_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    line->addWidget(words_, 1);
    details_->setCheckable(true);
    for (QToolButton* one : {details_, copy_, dismiss_})
        line->addWidget(one);
    column->addLayout(line);
    all_->setPlainText(why_);
    all_->setReadOnly(true);
    all_->setTabChangesFocus(true);
    all_->setObjectName(QStringLiteral("field"));
    all_->setAccessibleName(tr("Details of the message"));
    wearFixedFont(all_);
    const auto lines = std::clamp<qsizetype>(why_.count(QLatin1Char('\n')) + 1, 2, mostLines);
    all_->setFixedHeight(static_cast<int>(lines) * QFontMetrics(all_->font()).lineSpacing() + 22);
    all_->hide();
    column->addWidget(all_);
    details_->setVisible(!why_.isEmpty());

    connect(details_, &QToolButton::toggled, all_, &QWidget::setVisible);
    connect(copy_, &QToolButton::clicked, this, [this] { QApplication::clipboard()->setText(text()); });
    connect(dismiss_, &QToolButton::clicked, this, &FaultRow::dismissed);
    setAccessibleName(what_);
    setAccessibleDescription(why_);
}

void FaultRow::setTheme(const Theme& theme)
{
    icon_->setPixmap(icon(QStringLiteral("bad"), theme.bad).pixmap(QSize(17, 17), devicePixelRatioF()));
    copy_->setIcon(icon(QStringLiteral("copy"), theme.text));
    copy_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    dismiss_->setIcon(icon(QStringLiteral("clear"), theme.text));
    showWords();
}

void FaultRow::repeat()
{
    ++times_;
    showWords();
}

QString FaultRow::text() const
{
    return why_.isEmpty() ? what_ : what_ + QLatin1Char('\n') + why_;
}

bool FaultRow::detailsShown() const
{
    return !all_->isHidden();
}

void FaultRow::showWords()
{
    QString bold = what_;
    if (times_ > 1)
        bold += tr(" (%1 times)").arg(times_);
    QString first = why_.section(QLatin1Char('\n'), 0, 0);
    if (first.size() < why_.size())
        first += QStringLiteral(" \u2026");
    QFont heavy = words_->font();
    heavy.setWeight(QFont::DemiBold);
    const int room = words_->width() - QFontMetrics(heavy).horizontalAdvance(bold) - 16;
    first = words_->fontMetrics().elidedText(first, Qt::ElideRight, std::max(0, room));
    words_->setText(QStringLiteral("<span style='font-weight:600'>%1</span>&nbsp;&nbsp;%2")
                        .arg(bold.toHtmlEscaped(), first.toHtmlEscaped()));
}

void FaultRow::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    showWords();
}

} // namespace gatehouse::ui

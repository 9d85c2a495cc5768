#include "ui/topology/filter_bar.h"

#include "ui/icons.h"
#include "ui/topology/card_metrics.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QMouseEvent>
#include <QStyle>
#include <QToolButton>

namespace gatehouse::ui {
namespace {

/// Stays open while things are ticked off.
class TickMenu final : public QMenu {
public:
    using QMenu::QMenu;

protected:
    void mouseReleaseEvent(QMouseEvent* event) override
    {
        QAction* action = actionAt(event->pos());
        if (action && action->isCheckable() && action->isEnabled())
            action->trigger();
        else
            QMenu::mouseReleaseEvent(event);
    }
};

QString linkText(LinkKind link)
{
    switch (link) {
    case LinkKind::OneToOne:
        return FilterBar::tr("one-to-one");
    case LinkKind::OneToMany:
        return FilterBar::tr("one-to-many");
    case LinkKind::ManyToOne:
        return FilterBar::tr("many-to-one");
    case LinkKind::ManyToMany:
        return FilterBar::tr("many-to-many");
    case LinkKind::Refused:
        return FilterBar::tr("refused");
    }
    return {};
}

} // namespace

FilterBar::FilterBar(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("filterBar"));
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(tr("Filters"));
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(14, 5, 14, 5);
    line->setSpacing(6);
    icon_ = new QLabel;
    line->addWidget(icon_);
    problems_ = new QToolButton;
    problems_->setObjectName(QStringLiteral("chip"));
    problems_->setText(tr("Only problems"));
    problems_->setAccessibleName(problems_->text());
    problems_->setToolTip(tr("Show what is not well or refused, and what it is connected with (P)"));
    problems_->setCheckable(true);
    problems_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    line->addWidget(problems_);
    changes_ = new QToolButton;
    changes_->setObjectName(QStringLiteral("chip"));
    changes_->setText(tr("Only what changed"));
    changes_->setAccessibleName(changes_->text());
    changes_->setToolTip(tr("Show what is marked as different, and what it is connected with (D)"));
    changes_->setCheckable(true);
    changes_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    changes_->hide();
    line->addWidget(changes_);
    leave_ = new QToolButton;
    leave_->setText(tr("Stop comparing"));
    leave_->setToolTip(tr("Show what is open alone (Ctrl+Shift+D)"));
    leave_->setAccessibleName(leave_->text());
    leave_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    leave_->hide();
    line->addWidget(leave_);
    for (const auto& [id, text] : {std::pair(QStringLiteral("kind"), tr("Kind")),
                                   {QStringLiteral("namespace"), tr("Namespace")},
                                   {QStringLiteral("health"), tr("Health")},
                                   {QStringLiteral("protocol"), tr("Protocol")},
                                   {QStringLiteral("relation"), tr("Relation")}})
        line->addWidget(addChip(id, text));
    clear_ = new QToolButton;
    clear_->setText(tr("Clear"));
    clear_->setToolTip(tr("Show everything again"));
    clear_->setAccessibleName(tr("Clear the filters"));
    clear_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    clear_->hide();
    line->addWidget(clear_);
    line->addStretch(1);
    count_ = new QLabel;
    count_->setObjectName(QStringLiteral("muted"));
    line->addWidget(count_);

    connect(problems_, &QToolButton::toggled, this, [this](bool on) {
        CanvasFilter filter = filter_;
        filter.problemsOnly = on;
        change(filter);
    });
    connect(changes_, &QToolButton::toggled, this, [this](bool on) {
        CanvasFilter filter = filter_;
        filter.changesOnly = on;
        change(filter);
    });
    connect(leave_, &QToolButton::clicked, this, &FilterBar::leaveComparingClicked);
    connect(clear_, &QToolButton::clicked, this, [this] { change({}); });
}

QToolButton* FilterBar::addChip(const QString& id, const QString& text)
{
    auto* button = new QToolButton;
    button->setObjectName(QStringLiteral("chip"));
    button->setProperty("filter", id);
    button->setProperty("title", text);
    button->setText(text);
    button->setAccessibleName(tr("Filter by %1").arg(text));
    button->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new TickMenu(button);
    menu->setToolTipsVisible(true);
    button->setMenu(menu);
    return button;
}

QToolButton* FilterBar::chip(const QString& id) const
{
    for (QToolButton* button : findChildren<QToolButton*>(QStringLiteral("chip"))) {
        if (button->property("filter").toString() == id)
            return button;
    }
    return nullptr;
}

QString FilterBar::countText() const
{
    return count_->text();
}

void FilterBar::setTheme(const Theme& theme)
{
    icon_->setPixmap(icon(QStringLiteral("filter"), theme.muted).pixmap(QSize(15, 15), devicePixelRatioF()));
    problems_->setIcon(icon(QStringLiteral("warning"), theme.warning));
    changes_->setIcon(icon(QStringLiteral("compare"), theme.accent));
    leave_->setIcon(icon(QStringLiteral("clear"), theme.muted));
    clear_->setIcon(icon(QStringLiteral("clear"), theme.muted));
}

template <class T, class Text>
void FilterBar::fill(const QString& id, const std::set<T>& choices, std::set<T> CanvasFilter::*member, Text text)
{
    QMenu* menu = chip(id)->menu();
    menu->clear();
    std::set<T> all = choices;
    all.insert((filter_.*member).begin(), (filter_.*member).end());
    for (const T& choice : all) {
        QAction* action = menu->addAction(text(choice));
        action->setCheckable(true);
        action->setChecked((filter_.*member).contains(choice));
        connect(action, &QAction::toggled, this, [this, choice, member](bool on) {
            CanvasFilter filter = filter_;
            if (on)
                (filter.*member).insert(choice);
            else
                (filter.*member).erase(choice);
            change(filter);
        });
    }
    chip(id)->setEnabled(!all.empty());
}

void FilterBar::setChoices(const FilterChoices& choices)
{
    if (choices == choices_)
        return;
    choices_ = choices;
    refresh();
}

void FilterBar::setFilter(const CanvasFilter& filter)
{
    if (!(filter == filter_))
        change(filter);
}

void FilterBar::setMarked(bool marked, bool comparing)
{
    changes_->setVisible(marked);
    leave_->setVisible(comparing);
    CanvasFilter filter = filter_;
    filter.changesOnly = filter.changesOnly && marked;
    change(filter);
}

void FilterBar::change(const CanvasFilter& filter)
{
    if (filter == filter_)
        return;
    const bool cleared = !filter.active();
    filter_ = filter;
    {
        const QSignalBlocker blocker(problems_);
        problems_->setChecked(filter.problemsOnly);
        const QSignalBlocker other(changes_);
        changes_->setChecked(filter.changesOnly);
    }
    if (cleared)
        untick();
    show(QStringLiteral("kind"), filter_.kinds.size());
    show(QStringLiteral("namespace"), filter_.namespaces.size());
    show(QStringLiteral("health"), filter_.healths.size());
    show(QStringLiteral("protocol"), filter_.protocols.size());
    show(QStringLiteral("relation"), filter_.links.size());
    clear_->setVisible(filter_.active());
    emit filterChanged(filter_);
}

/// The ticks alone: one of the actions may be what is just being toggled.
void FilterBar::untick()
{
    for (QToolButton* button : findChildren<QToolButton*>(QStringLiteral("chip"))) {
        if (!button->menu())
            continue;
        for (QAction* action : button->menu()->actions()) {
            const QSignalBlocker blocker(action);
            action->setChecked(false);
        }
    }
}

void FilterBar::refresh()
{
    const auto asIs = [](const std::string& text) { return QString::fromStdString(text); };
    fill(QStringLiteral("kind"), choices_.kinds, &CanvasFilter::kinds, asIs);
    fill(QStringLiteral("namespace"), choices_.namespaces, &CanvasFilter::namespaces, asIs);
    fill(QStringLiteral("protocol"), choices_.protocols, &CanvasFilter::protocols, asIs);
    fill(QStringLiteral("health"), choices_.healths, &CanvasFilter::healths, healthWord);
    fill(QStringLiteral("relation"), choices_.links, &CanvasFilter::links, linkText);
}

void FilterBar::show(const QString& id, std::size_t asked)
{
    QToolButton* button = chip(id);
    const QString title = button->property("title").toString();
    QString text = title;
    if (asked == 1) {
        for (const QAction* action : button->menu()->actions()) {
            if (action->isChecked())
                text = tr("%1: %2").arg(title, action->text());
        }
    } else if (asked > 1) {
        text = tr("%1: %2").arg(title).arg(asked);
    }
    button->setText(text);
    button->setProperty("active", asked > 0);
    button->style()->unpolish(button); // the style sheet looks at the property only then
    button->style()->polish(button);
}

void FilterBar::setCount(std::size_t shown, std::size_t all)
{
    const QLocale locale;
    count_->setText(
        shown == all
            ? QString()
            : tr("%1 of %2 objects").arg(locale.toString(qulonglong(shown)), locale.toString(qulonglong(all))));
}

} // namespace gatehouse::ui

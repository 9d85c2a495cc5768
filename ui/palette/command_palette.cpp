#include "ui/palette/command_palette.h"

#include "ui/icons.h"
#include "ui/palette/palette_delegate.h"
#include "ui/palette/palette_model.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QGraphicsDropShadowEffect>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {
namespace {

constexpr int widest = 720;
constexpr int mostRows = 11;
constexpr int mostLately = 12;

/// Who an entry is, across openings.
QString identity(const PaletteEntry& entry)
{
    const QString name = entry.key ? QString::fromStdString(model::toString(*entry.key)) : QString();
    return QStringLiteral("%1|%2|%3|%4").arg(static_cast<int>(entry.group)).arg(entry.title, name, entry.id);
}

} // namespace

CommandPalette::CommandPalette(QWidget* window)
    : QFrame(window), model_(new PaletteModel(this)), delegate_(new PaletteDelegate(this)), line_(new QLineEdit),
      list_(new QListView), nothing_(new QLabel), hint_(new QLabel)
{
    setObjectName(QStringLiteral("palette"));
    setAccessibleName(tr("Find anything"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 10, 10, 8);
    column->setSpacing(6);
    line_->setPlaceholderText(tr("Find an object, an action, a problem, a recent path\u2026"));
    line_->setAccessibleName(tr("Find anything"));
    wearFont(line_, 1.15);
    searchIcon_ = line_->addAction(QIcon(), QLineEdit::LeadingPosition);
    column->addWidget(line_);
    list_->setModel(model_);
    list_->setItemDelegate(delegate_);
    list_->setFocusPolicy(Qt::NoFocus);
    list_->setUniformItemSizes(true);
    list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setAccessibleName(tr("What was found"));
    column->addWidget(list_);
    nothing_->setText(tr("Nothing here is called like that."));
    nothing_->setObjectName(QStringLiteral("muted"));
    nothing_->setAlignment(Qt::AlignCenter);
    nothing_->setContentsMargins(0, 14, 0, 14);
    column->addWidget(nothing_);
    hint_->setObjectName(QStringLiteral("muted"));
    hint_->setText(tr("\u2191\u2193 choose   \u21B5 open   Esc close   > actions only   ! problems only"));
    hint_->setContentsMargins(4, 0, 4, 0);
    column->addWidget(hint_);
    auto* shadow = new QGraphicsDropShadowEffect(this);
    shadow->setBlurRadius(28);
    shadow->setOffset(0, 8);
    setGraphicsEffect(shadow);

    connect(line_, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(list_, &QListView::clicked, this, &CommandPalette::choose);
    line_->installEventFilter(this);
    window->installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, const QWidget* now) {
        if (isVisible() && now && now != this && !isAncestorOf(now))
            hide();
    });
    hide();
}

CommandPalette::~CommandPalette()
{
    // Its line loses the focus after this.
    disconnect(qApp, nullptr, this, nullptr);
}

void CommandPalette::setTheme(const Theme& theme)
{
    model_->setTheme(theme);
    delegate_->setTheme(theme);
    searchIcon_->setIcon(icon(QStringLiteral("search"), theme.muted));
    QColor color = theme.shadow;
    color.setAlpha(std::min(255, color.alpha() * 4));
    static_cast<QGraphicsDropShadowEffect*>(graphicsEffect())->setColor(color);
}

void CommandPalette::open(std::vector<PaletteEntry> entries)
{
    std::vector<std::pair<qsizetype, std::size_t>> order;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const qsizetype lately = lately_.isEmpty() ? -1 : lately_.indexOf(identity(entries[i]));
        order.emplace_back(lately < 0 ? mostLately : lately, i);
    }
    std::sort(order.begin(), order.end());
    std::vector<PaletteEntry> sorted;
    sorted.reserve(entries.size());
    for (const auto& [lately, i] : order)
        sorted.push_back(std::move(entries[i]));
    model_->setEntries(std::move(sorted));

    QWidget* focused = QApplication::focusWidget();
    if (!isVisible() && focused && !isAncestorOf(focused))
        before_ = focused;
    line_->clear();
    search({});
    show();
    place();
    raise();
    line_->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::search(const QString& typed)
{
    model_->search(typed);
    const bool found = model_->rowCount() > 0;
    list_->setVisible(found);
    nothing_->setVisible(!found);
    if (found)
        list_->setCurrentIndex(model_->index(0));
    tellCurrent();
    place();
}

void CommandPalette::choose(const QModelIndex& index)
{
    if (!index.isValid() || !model_->entry(index.row()).enabled)
        return;
    const PaletteEntry entry = model_->entry(index.row());
    const QString name = identity(entry);
    lately_.removeAll(name);
    lately_.prepend(name);
    lately_ = lately_.mid(0, mostLately);
    leave();
    emit chosen(entry);
}

void CommandPalette::leave()
{
    hide();
    if (before_)
        before_->setFocus(Qt::PopupFocusReason);
    before_.clear();
}

void CommandPalette::step(int rows)
{
    const int count = model_->rowCount();
    if (count == 0)
        return;
    const int now = list_->currentIndex().row();
    // One step wraps around; a page ends at the end.
    const int next = std::abs(rows) == 1 ? (now + rows + count) % count : std::clamp(now + rows, 0, count - 1);
    list_->setCurrentIndex(model_->index(next));
    tellCurrent();
}

/// The cursor stays in the line, so that is where a screen reader listens.
void CommandPalette::tellCurrent()
{
    const QModelIndex now = list_->currentIndex();
    line_->setAccessibleDescription(now.isValid() ? now.data(Qt::AccessibleTextRole).toString() : nothing_->text());
    QAccessibleEvent event(line_, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

void CommandPalette::place()
{
    if (!isVisible())
        return;
    const QWidget* window = parentWidget();
    const int rows = std::min(mostRows, model_->rowCount());
    if (rows > 0)
        list_->setFixedHeight(rows * list_->sizeHintForRow(0) + 2 * list_->frameWidth());
    layout()->activate();
    resize(std::min(widest, window->width() - 32), sizeHint().height());
    move((window->width() - width()) / 2, std::min(window->height() / 8, 96));
}

bool CommandPalette::pressed(int key)
{
    switch (key) {
    case Qt::Key_Up:
        step(-1);
        return true;
    case Qt::Key_Down:
        step(1);
        return true;
    case Qt::Key_PageUp:
        step(-mostRows);
        return true;
    case Qt::Key_PageDown:
        step(mostRows);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(list_->currentIndex());
        return true;
    case Qt::Key_Escape:
        leave();
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true; // there is nothing else to go to
    default:
        return false;
    }
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        place();
    if (watched == line_ && event->type() == QEvent::ShortcutOverride) {
        // The window's own Esc and Return are not meant while this is open.
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter) {
            event->accept();
            return true;
        }
    }
    if (watched == line_ && event->type() == QEvent::KeyPress && pressed(static_cast<QKeyEvent*>(event)->key()))
        return true;
    return QFrame::eventFilter(watched, event);
}

} // namespace gatehouse::ui

#include "ui/editor/find_bar.h"

#include "ui/editor/code_view.h"
#include "ui/icons.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace gatehouse::ui {

FindBar::FindBar(QWidget* parent)
    : QWidget(parent), find_(new QLineEdit), replace_(new QLineEdit), result_(new QLabel), replaceRow_(new QWidget)
{
    setObjectName(QStringLiteral("findBar"));
    setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 6, 8, 6);
    column->setSpacing(4);
    auto* findRow = new QHBoxLayout;
    findRow->setSpacing(4);
    auto* replaceLine = new QHBoxLayout(replaceRow_);
    replaceLine->setContentsMargins(0, 0, 0, 0);
    replaceLine->setSpacing(4);

    for (QLineEdit* line : {find_, replace_})
        line->setAcceptDrops(false); // files are for the window
    find_->setPlaceholderText(tr("Find"));
    find_->setAccessibleName(tr("Find in the file"));
    replace_->setPlaceholderText(tr("Replace with"));
    replace_->setAccessibleName(tr("Replace with"));
    previous_ = button(QString(), tr("Find the one before (Shift+Enter)"));
    next_ = button(QString(), tr("Find the next one (Enter)"));
    case_ = button(QStringLiteral("Aa"), tr("Letter case counts"));
    pattern_ = button(QStringLiteral(".*"), tr("Regular expression"));
    close_ = button(QString(), tr("Close (Esc)"));
    case_->setCheckable(true);
    pattern_->setCheckable(true);
    replaceOne_ = button(tr("Replace"), tr("Replace what is found, and find the next one"));
    replaceAll_ = button(tr("All"), tr("Replace all"));
    result_->setObjectName(QStringLiteral("muted"));

    findRow->addWidget(find_, 1);
    for (QWidget* widget :
         {static_cast<QWidget*>(result_), static_cast<QWidget*>(case_), static_cast<QWidget*>(pattern_),
          static_cast<QWidget*>(previous_), static_cast<QWidget*>(next_), static_cast<QWidget*>(close_)})
        findRow->addWidget(widget);
    replaceLine->addWidget(replace_, 1);
    replaceLine->addWidget(replaceOne_);
    replaceLine->addWidget(replaceAll_);
    column->addLayout(findRow);
    column->addWidget(replaceRow_);

    find_->installEventFilter(this);
    replace_->installEventFilter(this);
    connect(find_, &QLineEdit::textEdited, this, [this] { find(true, true); });
    connect(previous_, &QToolButton::clicked, this, [this] { find(false); });
    connect(next_, &QToolButton::clicked, this, [this] { find(true); });
    connect(case_, &QToolButton::toggled, this, [this] { find(true, true); });
    connect(pattern_, &QToolButton::toggled, this, [this] { find(true, true); });
    connect(replaceOne_, &QToolButton::clicked, this, &FindBar::replaceOne);
    connect(replaceAll_, &QToolButton::clicked, this, &FindBar::replaceAll);
    connect(close_, &QToolButton::clicked, this, &FindBar::close);
    hide();
}

QToolButton* FindBar::button(const QString& text, const QString& tip)
{
    auto* made = new QToolButton;
    made->setText(text);
    made->setToolTip(tip);
    made->setAccessibleName(tip);
    made->setFocusPolicy(Qt::TabFocus);
    return made;
}

void FindBar::setTheme(const Theme& theme)
{
    previous_->setIcon(icon(QStringLiteral("arrow-up"), theme.muted));
    next_->setIcon(icon(QStringLiteral("chevron-down"), theme.muted));
    close_->setIcon(icon(QStringLiteral("clear"), theme.muted));
}

void FindBar::setView(CodeView* view)
{
    view_ = view;
    tell({});
}

void FindBar::start(bool replacing)
{
    if (!view_)
        return;
    replaceRow_->setVisible(replacing);
    const QString selected = view_->selectedText();
    if (!selected.isEmpty() && !selected.contains(QLatin1Char('\n')))
        find_->setText(selected);
    show();
    find_->setFocus();
    find_->selectAll();
    tell({});
}

QString FindBar::resultText() const
{
    return result_->text();
}

void FindBar::tell(const QString& result, bool bad)
{
    result_->setText(result);
    find_->setProperty("bad", bad);
    find_->style()->unpolish(find_);
    find_->style()->polish(find_);
}

bool FindBar::find(bool forward, bool fromStart)
{
    if (!view_ || find_->text().isEmpty()) {
        tell({});
        return false;
    }
    int line = -1, column = -1;
    if (view_->hasSelectedText()) { // while a word is typed it is looked for where the last try found something
        int endLine = 0, endColumn = 0;
        int beginLine = 0, beginColumn = 0;
        view_->getSelection(&beginLine, &beginColumn, &endLine, &endColumn);
        const bool atBegin = fromStart || !forward;
        line = atBegin ? beginLine : endLine;
        column = atBegin ? beginColumn : endColumn;
    }
    // C++ regular expressions; wraps around.
    const bool found = view_->findFirst(find_->text(), pattern_->isChecked(), case_->isChecked(), false, true, forward,
                                        line, column, true, false, true);
    tell(found ? QString() : tr("Not found"), !found);
    return found;
}

void FindBar::replaceOne()
{
    if (!view_ || view_->isReadOnly())
        return;
    // What was found is selected, unless the cursor was moved since.
    if (find(true, true)) {
        view_->replace(replace_->text());
        find(true);
    }
}

void FindBar::replaceAll()
{
    if (!view_ || view_->isReadOnly() || find_->text().isEmpty())
        return;
    int count = 0, line = 0, column = 0;
    view_->beginUndoAction();
    while (line < view_->lines() && view_->findFirst(find_->text(), pattern_->isChecked(), case_->isChecked(), false,
                                                     false, true, line, column, false, false, true)) {
        const bool nothing = !view_->hasSelectedText(); // the pattern takes no character here
        view_->replace(replace_->text());
        ++count;
        const auto end = view_->SendScintilla(QsciScintilla::SCI_GETSELECTIONEND);
        view_->lineIndexFromPosition(static_cast<int>(end), &line, &column);
        if (!nothing)
            continue;
        // Right behind what came in it would take nothing again, without end.
        const auto lineEnd =
            view_->SendScintilla(QsciScintilla::SCI_GETLINEENDPOSITION, static_cast<unsigned long>(line));
        if (end < lineEnd) {
            ++column;
        } else {
            ++line;
            column = 0;
        }
    }
    view_->endUndoAction();
    tell(count == 1 ? tr("1 replaced") : tr("%1 replaced").arg(count), count == 0);
}

void FindBar::close()
{
    hide();
    if (view_)
        view_->setFocus();
}

bool FindBar::eventFilter(QObject* watched, QEvent* event)
{
    const bool asked = event->type() == QEvent::ShortcutOverride;
    if (!asked && event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (asked) {
        if (key->key() == Qt::Key_Escape)
            event->accept(); // it closes the bar, and is no shortcut of the window
        return QWidget::eventFilter(watched, event);
    }
    if (key->key() == Qt::Key_Escape)
        close();
    else if (key->key() != Qt::Key_Return && key->key() != Qt::Key_Enter)
        return QWidget::eventFilter(watched, event);
    else if (watched == replace_)
        replaceOne();
    else
        find(!(key->modifiers() & Qt::ShiftModifier));
    return true;
}

} // namespace gatehouse::ui

#include "ui/editor/code_completion.h"

#include "ui/editor/code_view.h"
#include "ui/icons.h"

#include <QGuiApplication>
#include <QScreen>

#include <algorithm>

namespace gatehouse::ui {

namespace {

using Sci = QsciScintillaBase;

constexpr char separator = '\n', typeSeparator = '\x1';
/// Scintilla's SC_ORDER_CUSTOM: the list stays in the order that it is given in.
constexpr unsigned long givenOrder = 2;

bool isWord(int character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character == '-' || character == '.' || character == '/';
}

/// Whether a list that opens at a place of the text would be on a screen. QScintilla (2.13) asks the screen there for
/// its size without asking whether there is one: in a window that reaches beyond the screen, it crashed.
bool isOnScreen(const CodeView& view, int position)
{
    const auto at = [&](unsigned int side) {
        return static_cast<int>(view.SendScintilla(side, 0ul, static_cast<long>(position)));
    };
    const QPoint point(at(Sci::SCI_POINTXFROMPOSITION), at(Sci::SCI_POINTYFROMPOSITION));
    return QGuiApplication::screenAt(view.viewport()->mapToGlobal(point)) != nullptr;
}

} // namespace

CodeCompletion::CodeCompletion(CodeView* view) : QObject(view), view_(view)
{
    view_->SendScintilla(Sci::SCI_AUTOCSETSEPARATOR, static_cast<unsigned long>(separator));
    view_->SendScintilla(Sci::SCI_AUTOCSETTYPESEPARATOR, static_cast<unsigned long>(typeSeparator));
    view_->SendScintilla(Sci::SCI_AUTOCSETORDER, givenOrder);
    view_->SendScintilla(Sci::SCI_AUTOCSETIGNORECASE, 1ul);
    view_->SendScintilla(Sci::SCI_AUTOCSETAUTOHIDE, 1ul);
    view_->SendScintilla(Sci::SCI_AUTOCSETMAXHEIGHT, 10ul);
    connect(view_, &QsciScintillaBase::SCN_CHARADDED, this, &CodeCompletion::typed);
    connect(view_, qOverload<const char*, int, int, int>(&QsciScintillaBase::SCN_AUTOCSELECTION), this,
            [this](const char* chosen) {
                const QString name = QString::fromUtf8(chosen);
                view_->SendScintilla(Sci::SCI_AUTOCCANCEL); // it would put the bare name there
                take(name);
            });
    connect(view_, &QsciScintillaBase::SCN_AUTOCSELECTIONCHANGE, this, [this](const char* chosen) {
        const QString name = QString::fromUtf8(chosen);
        const auto found =
            std::find_if(offered_.begin(), offered_.end(), [&](const Completion& each) { return each.name == name; });
        emit helpChanged(found == offered_.end() ? QString() : found->help);
    });
    connect(view_, &QsciScintillaBase::SCN_AUTOCCANCELLED, this, [this] { emit helpChanged({}); });
    setTheme(Theme::light());
}

void CodeCompletion::setTheme(const Theme& theme)
{
    const auto image = [&](Completion::Kind kind, const char* name, const QColor& color) {
        view_->registerImage(static_cast<int>(kind),
                             icon(QLatin1String(name), color).pixmap(QSize(14, 14), view_->devicePixelRatioF()));
    };
    image(Completion::Kind::Required, "listener", theme.accent);
    image(Completion::Kind::Optional, "other", theme.faint);
    image(Completion::Kind::Value, "chevron-right", theme.good);
}

void CodeCompletion::typed(int character)
{
    if (view_->isListActive())
        return; // it follows what is typed by itself
    // Behind a colon comes a value, which is worth showing before its first letter if it is one of a few.
    if (isWord(character) || character == ' ')
        offer(false);
}

void CodeCompletion::offer(bool wanted)
{
    if (view_->isReadOnly())
        return;
    const SchemaPlace place = view_->placeAtCursor();
    const int cursor = view_->cursorPosition();
    begin_ = static_cast<int>(place.begin);
    rest_ = std::max(static_cast<int>(place.end) - cursor, 0);
    const std::string_view before = view_->bytes().substr(place.begin, static_cast<std::size_t>(cursor - begin_));
    const QString typed = QString::fromUtf8(before.data(), static_cast<qsizetype>(before.size()));
    const bool value = place.at == SchemaPlace::At::Value;
    // An item's dash and blanks are no reason to interrupt anybody.
    if (!wanted && typed.isEmpty() && (!value || place.newItem || place.needsBlank))
        return;
    offered_ = completionsAt(place, typed, topology_.get());
    const bool complete = offered_.size() == 1 && offered_[0].name == typed;
    if (offered_.empty() || (complete && !wanted)) {
        view_->cancelList();
        return;
    }
    QByteArray list;
    for (const Completion& each : offered_) {
        if (!list.isEmpty())
            list += separator;
        list += each.name.toUtf8() + typeSeparator + QByteArray::number(static_cast<int>(each.kind));
    }
    const bool quoted = typed.startsWith(QLatin1Char('"')) || typed.startsWith(QLatin1Char('\''));
    const auto entered = static_cast<unsigned long>(before.size() - (quoted ? 1 : 0));
    if (!isOnScreen(*view_, cursor) || !isOnScreen(*view_, cursor - static_cast<int>(entered)))
        return;
    view_->SendScintilla(Sci::SCI_AUTOCSHOW, entered, list.constData());
}

void CodeCompletion::take(const QString& name)
{
    const auto found =
        std::find_if(offered_.begin(), offered_.end(), [&](const Completion& each) { return each.name == name; });
    if (found == offered_.end())
        return;
    const Completion chosen = *found;
    QString insert = chosen.insert;
    if (view_->eolMode() == QsciScintilla::EolWindows)
        insert.replace(QLatin1Char('\n'), QStringLiteral("\r\n"));
    view_->replaceBytes(begin_, view_->cursorPosition() + rest_, insert);
    emit helpChanged({});
    if (chosen.goOn) // the notification that we are in has to end first
        QMetaObject::invokeMethod(
            this, [this] { offer(false); }, Qt::QueuedConnection);
}

} // namespace gatehouse::ui

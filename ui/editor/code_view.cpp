#include "ui/editor/code_view.h"

#include "ui/editor/schema_words.h"
#include "ui/editor/yaml_lexer.h"
#include "ui/icons.h"

#include <Qsci/qscicommandset.h>

#include <QDragEnterEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QToolTip>

#include <algorithm>
#include <array>

namespace gatehouse::ui {

namespace {

constexpr int markMargin = 0, numberMargin = 1, foldMargin = 2;
constexpr int firstIndicator = 8; // the lower ones are lexers'

/// Error, Warning, Info: marks and indicators by number, the worst last, as later ones are drawn over earlier ones.
constexpr std::array severities = {model::Severity::Info, model::Severity::Warning, model::Severity::Error};

unsigned long wide(int value)
{
    return static_cast<unsigned long>(value);
}

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

/// How the text's lines end; Unix' way when it has none.
QsciScintilla::EolMode lineEnds(const QString& text)
{
    const qsizetype first = text.indexOf(QLatin1Char('\n'));
    return first > 0 && text[first - 1] == QLatin1Char('\r') ? QsciScintilla::EolWindows : QsciScintilla::EolUnix;
}

} // namespace

CodeView::CodeView(QWidget* parent) : QsciScintilla(parent), lexer_(new YamlLexer(this))
{
    setUtf8(true);
    setLexer(lexer_);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Text of the file"));
    setTabWidth(2);
    setIndentationWidth(2);
    setIndentationsUseTabs(false);
    setTabIndents(true);
    setBackspaceUnindents(true);
    setIndentationGuides(true);
    setBraceMatching(SloppyBraceMatch);
    setCaretLineVisible(true);
    setCaretWidth(2);
    setAutoCompletionSource(AcsNone);
    setWrapMode(WrapNone);
    SendScintilla(SCI_SETSCROLLWIDTH, 1ul);
    SendScintilla(SCI_SETSCROLLWIDTHTRACKING, 1ul);
    SendScintilla(SCI_SETMULTIPLESELECTION, 0ul);
    setUpMargins();
    setUpKeys();
    connect(this, &QsciScintillaBase::SCN_CHARADDED, this, [this](int character) {
        if (character == '\n')
            indentNewLine();
    });
    connect(this, &QsciScintilla::linesChanged, this,
            [this] { setMarginWidth(numberMargin, QStringLiteral(" ") + QString::number(std::max(lines(), 100))); });
    setTheme(Theme::light());
}

void CodeView::setUpMargins()
{
    setMarginType(markMargin, SymbolMargin);
    setMarginWidth(markMargin, 20);
    setMarginMarkerMask(markMargin, 0b111);
    setMarginType(numberMargin, NumberMargin);
    setMarginMarkerMask(numberMargin, 0);
    setMarginWidth(numberMargin, QStringLiteral(" 100"));
    setFolding(PlainFoldStyle, foldMargin);
    SendScintilla(SCI_MARKERDEFINE, static_cast<unsigned long>(SC_MARKNUM_FOLDEROPEN), long(SC_MARK_ARROWDOWN));
    SendScintilla(SCI_MARKERDEFINE, static_cast<unsigned long>(SC_MARKNUM_FOLDER), long(SC_MARK_ARROW));
    for (int i = 0; i < static_cast<int>(severities.size()); ++i) {
        indicatorDefine(SquiggleIndicator, firstIndicator + i);
        setIndicatorDrawUnder(true, firstIndicator + i);
    }
}

/// Of the keys with Ctrl and a letter, only those stay that every editor has; the others are the window's.
void CodeView::setUpKeys()
{
    const auto isOurs = [](int key) {
        if (!(key & int(Qt::CTRL)))
            return true;
        const int letter = key & ~int(Qt::KeyboardModifierMask);
        if (letter >= Qt::Key_A && letter <= Qt::Key_Z)
            return std::string_view("ACVXYZ").find(static_cast<char>('A' + letter - Qt::Key_A)) !=
                   std::string_view::npos;
        return letter != Qt::Key_Slash && letter != Qt::Key_Backslash && letter != Qt::Key_Plus &&
               letter != Qt::Key_Minus && letter != Qt::Key_BracketLeft && letter != Qt::Key_BracketRight;
    };
    for (QsciCommand* command : standardCommands()->commands()) {
        if (command->key() != 0 && !isOurs(command->key()))
            command->setKey(0);
        if (command->alternateKey() != 0 && !isOurs(command->alternateKey()))
            command->setAlternateKey(0);
        if (command->command() == QsciCommand::Redo)
            command->setAlternateKey(int(Qt::CTRL) | int(Qt::SHIFT) | Qt::Key_Z);
    }
}

void CodeView::setTheme(const Theme& theme)
{
    lexer_->setTheme(theme);
    setColor(theme.text);
    setPaper(theme.surface);
    setFont(fixedFont());
    setMarginsFont(fixedFont());
    setMarginsBackgroundColor(theme.surface);
    setMarginsForegroundColor(theme.faint);
    setFoldMarginColors(theme.surface, theme.surface);
    for (int marker = int(SC_MARKNUM_FOLDEREND); marker <= int(SC_MARKNUM_FOLDEROPEN); ++marker) {
        SendScintilla(SCI_MARKERSETFORE, wide(marker), theme.faint);
        SendScintilla(SCI_MARKERSETBACK, wide(marker), theme.faint);
    }
    setCaretForegroundColor(theme.text);
    setCaretLineBackgroundColor(theme.hover);
    setSelectionBackgroundColor(theme.accentSoft);
    SendScintilla(SCI_SETSELFORE, 0ul, 0l); // the text keeps its colours
    setMatchedBraceBackgroundColor(theme.accentSoft);
    setMatchedBraceForegroundColor(theme.accent);
    setUnmatchedBraceBackgroundColor(theme.badSoft);
    setUnmatchedBraceForegroundColor(theme.bad);
    setIndentationGuidesForegroundColor(theme.border);
    setIndentationGuidesBackgroundColor(theme.surface);
    const std::array colors = {theme.unknown, theme.warning, theme.bad};
    for (int i = 0; i < static_cast<int>(severities.size()); ++i) {
        const auto at = static_cast<std::size_t>(i);
        setIndicatorForegroundColor(colors[at], firstIndicator + i);
        markerDefine(icon(iconName(severities[at]), colors[at]).pixmap(QSize(15, 15), devicePixelRatioF()), i);
    }
}

void CodeView::load(const QString& text)
{
    setText(text);
    setEolMode(lineEnds(text));
    SendScintilla(SCI_EMPTYUNDOBUFFER);
    setModified(false);
}

std::string_view CodeView::bytes() const
{
    const auto* begin = static_cast<const char*>(SendScintillaPtrResult(SCI_GETCHARACTERPOINTER));
    return {begin, static_cast<std::size_t>(SendScintilla(SCI_GETLENGTH))};
}

void CodeView::replaceText(const QString& text)
{
    const QByteArray wanted = text.toUtf8();
    const std::string_view now = bytes(), then(wanted.data(), static_cast<std::size_t>(wanted.size()));
    // Never inside of a character, nor of a line's end.
    const auto isCut = [](std::string_view in, std::size_t at) {
        return at < in.size() && (isContinuation(in[at]) || (in[at] == '\n' && at > 0 && in[at - 1] == '\r'));
    };
    std::size_t begin = 0;
    const std::size_t most = std::min(now.size(), then.size());
    while (begin < most && now[begin] == then[begin])
        ++begin;
    while (begin > 0 && (isCut(now, begin) || isCut(then, begin)))
        --begin;
    std::size_t tail = 0;
    while (tail < most - begin && now[now.size() - 1 - tail] == then[then.size() - 1 - tail])
        ++tail;
    while (tail > 0 && (isCut(now, now.size() - tail) || isCut(then, then.size() - tail)))
        --tail;
    const std::string piece(then.substr(begin, then.size() - tail - begin));
    if (piece.empty() && begin + tail == now.size())
        return;
    const auto end = now.size() - tail;
    SendScintilla(SCI_SETTARGETRANGE, static_cast<unsigned long>(begin), static_cast<long>(end));
    SendScintilla(SCI_REPLACETARGET, static_cast<unsigned long>(piece.size()), piece.c_str());
}

void CodeView::replaceBytes(int begin, int end, const QString& text)
{
    const QByteArray piece = text.toUtf8();
    beginUndoAction();
    SendScintilla(SCI_SETTARGETRANGE, wide(begin), static_cast<long>(end));
    SendScintilla(SCI_REPLACETARGET, static_cast<unsigned long>(piece.size()), piece.constData());
    endUndoAction();
    const int cursor = begin + static_cast<int>(piece.size());
    SendScintilla(SCI_GOTOPOS, wide(cursor));
}

int CodeView::cursorPosition() const
{
    return static_cast<int>(SendScintilla(SCI_GETCURRENTPOS));
}

SchemaPlace CodeView::placeAtCursor() const
{
    return placeAt(bytes(), static_cast<std::size_t>(cursorPosition()));
}

int CodeView::lineOf(int position) const
{
    return static_cast<int>(SendScintilla(SCI_LINEFROMPOSITION, wide(position))) + 1;
}

int CodeView::positionOf(int line, int column) const
{
    line = std::clamp(line, 1, lines());
    const long start = SendScintilla(SCI_POSITIONFROMLINE, wide(line - 1));
    const long end = SendScintilla(SCI_GETLINEENDPOSITION, wide(line - 1));
    const long at = SendScintilla(SCI_POSITIONRELATIVE, static_cast<unsigned long>(start),
                                  static_cast<long>(std::max(column, 1) - 1));
    return static_cast<int>(std::clamp(at == 0 && column > 1 ? end : at, start, end));
}

void CodeView::goTo(int line, int column)
{
    const int position = positionOf(line, column);
    SendScintilla(SCI_ENSUREVISIBLE, wide(lineOf(position) - 1));
    SendScintilla(SCI_GOTOPOS, wide(position));
    const auto onScreen = static_cast<int>(SendScintilla(SCI_LINESONSCREEN));
    const auto shown = static_cast<int>(SendScintilla(SCI_VISIBLEFROMDOCLINE, wide(lineOf(position) - 1)));
    SendScintilla(SCI_SETFIRSTVISIBLELINE, wide(std::max(0, shown - onScreen / 3)));
}

void CodeView::goToNextMark()
{
    if (marks_.empty())
        return;
    const int line = lineOf(cursorPosition());
    const auto next =
        std::find_if(marks_.begin(), marks_.end(), [&](const CodeMark& mark) { return mark.line > line; });
    const CodeMark& mark = next == marks_.end() ? marks_.front() : *next;
    goTo(mark.line, mark.column);
}

void CodeView::setMarks(std::vector<CodeMark> marks)
{
    std::stable_sort(marks.begin(), marks.end(), [](const CodeMark& a, const CodeMark& b) { return a.line < b.line; });
    marks_ = std::move(marks);
    showMarks();
}

void CodeView::showMarks()
{
    const auto whole = SendScintilla(SCI_GETLENGTH);
    for (int i = 0; i < static_cast<int>(severities.size()); ++i) {
        markerDeleteAll(i);
        SendScintilla(SCI_SETINDICATORCURRENT, wide(firstIndicator + i));
        SendScintilla(SCI_INDICATORCLEARRANGE, 0ul, whole);
    }
    for (const CodeMark& mark : marks_) {
        const auto found = std::find(severities.begin(), severities.end(), mark.severity);
        const int number = static_cast<int>(found - severities.begin());
        const int line = std::clamp(mark.line, 1, lines());
        markerAdd(line - 1, number);
        int begin = positionOf(line, mark.column);
        const auto end = static_cast<int>(SendScintilla(SCI_GETLINEENDPOSITION, wide(line - 1)));
        const std::string_view text = bytes();
        while (begin < end &&
               (text[static_cast<std::size_t>(begin)] == ' ' || text[static_cast<std::size_t>(begin)] == '-'))
            ++begin;
        SendScintilla(SCI_SETINDICATORCURRENT, wide(firstIndicator + number));
        SendScintilla(SCI_INDICATORFILLRANGE, wide(begin), static_cast<long>(std::max(end - begin, 0)));
    }
}

QString CodeView::helpAt(int position) const
{
    QStringList parts;
    const int line = lineOf(position);
    for (const CodeMark& mark : marks_)
        if (mark.line == line)
            parts << mark.text.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
    if (const QString help = fieldHelp(placeAt(bytes(), static_cast<std::size_t>(position))); !help.isEmpty())
        parts << help;
    return parts.isEmpty() ? QString()
                           : QStringLiteral("<div>%1</div>").arg(parts.join(QStringLiteral("</div><hr><div>")));
}

bool CodeView::event(QEvent* event)
{
    // Letters are no shortcuts here, also where they cannot be typed.
    if (event->type() == QEvent::ShortcutOverride && isReadOnly()) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (!(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) && key->key() < Qt::Key_Escape) {
            event->accept();
            return true;
        }
    }
    return QsciScintilla::event(event);
}

/// Files that are dropped are the window's: here their addresses would become text.
void CodeView::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls())
        event->ignore();
    else
        QsciScintilla::dragEnterEvent(event);
}

bool CodeView::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QsciScintilla::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int margins = marginWidth(markMargin) + marginWidth(numberMargin) + marginWidth(foldMargin);
    const bool inMargin = help->pos().x() < margins;
    const long at = SendScintilla(inMargin ? SCI_POSITIONFROMPOINT : SCI_POSITIONFROMPOINTCLOSE,
                                  wide(inMargin ? margins : help->pos().x()), static_cast<long>(help->pos().y()));
    const QString text = at < 0 ? QString() : helpAt(static_cast<int>(at));
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), text, this);
    return true;
}

/// After a key without a value comes what it holds; after an item's first member, the next one.
void CodeView::indentNewLine()
{
    const int line = lineOf(cursorPosition());
    if (line < 2)
        return;
    const long start = SendScintilla(SCI_POSITIONFROMLINE, wide(line - 2));
    const long end = SendScintilla(SCI_GETLINEENDPOSITION, wide(line - 2));
    std::string_view before = bytes().substr(static_cast<std::size_t>(start), static_cast<std::size_t>(end - start));
    std::size_t column = before.find_first_not_of(' ');
    if (column == std::string_view::npos)
        column = before.size();
    while (column + 1 < before.size() && before[column] == '-' && before[column + 1] == ' ')
        column = std::min(before.find_first_not_of(' ', column + 1), before.size());
    const std::size_t last = before.find_last_not_of(' ');
    const bool opens = last != std::string_view::npos && column < before.size() &&
                       (before[last] == ':' || before[last] == '{' || before[last] == '[' || before[last] == '|');
    const QString indent(static_cast<qsizetype>(column) + (opens ? 2 : 0), QLatin1Char(' '));
    const int cursor = cursorPosition();
    replaceBytes(cursor, cursor, indent);
}

void CodeView::toggleComment()
{
    int first = 0, firstColumn = 0, last = 0, lastColumn = 0;
    if (hasSelectedText()) {
        getSelection(&first, &firstColumn, &last, &lastColumn);
        if (lastColumn == 0 && last > first)
            --last; // the selection ends before this line
    } else {
        getCursorPosition(&first, &firstColumn);
        last = first;
    }
    const auto content = [this](int line) { // the column in bytes; -1 for a blank line
        const QByteArray bytes = text(line).toUtf8();
        for (qsizetype i = 0; i < bytes.size(); ++i)
            if (!std::isspace(static_cast<unsigned char>(bytes[i])))
                return std::pair(static_cast<int>(i), bytes);
        return std::pair(-1, bytes);
    };
    int column = INT_MAX;
    bool all = true;
    for (int line = first; line <= last; ++line) {
        const auto& [at, bytes] = content(line);
        if (at < 0)
            continue;
        column = std::min(column, at);
        all = all && bytes[at] == '#';
    }
    if (column == INT_MAX)
        return;
    beginUndoAction();
    for (int line = first; line <= last; ++line) {
        const auto& [at, bytes] = content(line);
        if (at < 0)
            continue;
        // By a target, which leaves the selection as it is.
        const long start = SendScintilla(SCI_POSITIONFROMLINE, wide(line));
        const long from = start + (all ? at : column);
        const long sign = !all ? 0 : bytes.mid(at, 2) == "# " ? 2 : 1;
        SendScintilla(SCI_SETTARGETRANGE, static_cast<unsigned long>(from), from + sign);
        SendScintilla(SCI_REPLACETARGET, all ? 0ul : 2ul, all ? "" : "# ");
    }
    endUndoAction();
}

} // namespace gatehouse::ui

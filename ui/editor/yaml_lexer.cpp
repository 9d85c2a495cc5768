#include "ui/editor/yaml_lexer.h"

#include <Qsci/qsciscintilla.h>

#include <algorithm>

namespace gatehouse::ui {

namespace {

using Sci = QsciScintillaBase;

constexpr auto npos = std::string_view::npos;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool isMark(std::string_view line)
{
    return (line.starts_with("---") || line.starts_with("...")) && (line.size() == 3 || isBlank(line[3]));
}

/// What YAML's core schema takes for a number, a truth value or nothing.
bool isPlainValue(std::string_view word)
{
    if (word == "true" || word == "false" || word == "null" || word == "~")
        return true;
    const bool sign = word.starts_with('-') || word.starts_with('+');
    bool digit = false;
    int points = 0;
    for (const char c : word.substr(sign ? 1 : 0)) {
        digit = digit || (c >= '0' && c <= '9');
        points += c == '.';
        if (!((c >= '0' && c <= '9') || c == '.'))
            return false;
    }
    return digit && points <= 1;
}

bool isOneOf(char c, std::string_view set)
{
    return set.find(c) != npos;
}

/// Styles of one line, token by token.
class LineStyler {
public:
    LineStyler(std::string_view line, std::size_t first, YamlLexer::LineState state, char* styles)
        : line_(line), at_(first), column_(first), state_(state), styles_(styles)
    {
    }

    void paint(std::size_t from, std::size_t to, YamlLexer::Style style)
    {
        std::fill(styles_ + from, styles_ + std::min(to, line_.size()), static_cast<char>(style));
    }

    YamlLexer::LineState style()
    {
        while (at_ < line_.size()) {
            if (isBlank(line_[at_]))
                ++at_;
            else if (line_[at_] == '#' && (at_ == 0 || isBlank(line_[at_ - 1])))
                rest(YamlLexer::Comment);
            else if (!bracket() && !introducer())
                scalar();
        }
        return state_;
    }

private:
    [[nodiscard]] bool flow() const { return state_.depth > 0; }
    [[nodiscard]] bool endsAt(std::size_t at) const { return at >= line_.size() || isBlank(line_[at]); }

    void rest(YamlLexer::Style style)
    {
        paint(at_, line_.size(), style);
        at_ = line_.size();
    }

    void sign()
    {
        paint(at_, at_ + 1, YamlLexer::Punctuation);
        ++at_;
    }

    bool bracket()
    {
        const char c = line_[at_];
        if (isOneOf(c, "{[") && (flow() || fresh_))
            ++state_.depth;
        else if (flow() && isOneOf(c, "}]"))
            --state_.depth;
        else if (!flow() || c != ',')
            return false;
        sign();
        fresh_ = true;
        return true;
    }

    /// What stands before a value: the dash of an item, the bar of a block, an anchor, a tag, an alias.
    bool introducer()
    {
        const char c = line_[at_];
        if (!fresh_)
            return false;
        if (c == '-' && !flow() && endsAt(at_ + 1)) {
            sign();
        } else if (isOneOf(c, "|>") && !flow()) {
            rest(YamlLexer::Punctuation);
            state_.blockColumn = static_cast<int>(column_);
        } else if (isOneOf(c, "&*!")) {
            const std::size_t from = at_;
            while (!endsAt(at_) && !(flow() && line_[at_] == ','))
                ++at_;
            paint(from, at_, YamlLexer::Reference);
        } else {
            return false;
        }
        return true;
    }

    [[nodiscard]] std::size_t quotedEnd() const
    {
        const char quote = line_[at_];
        std::size_t at = at_ + 1;
        for (; at < line_.size() && line_[at] != quote; ++at)
            at += line_[at] == '\\' && quote == '"' ? 1 : 0;
        return std::min(at + 1, line_.size());
    }

    [[nodiscard]] std::size_t plainEnd() const
    {
        std::size_t at = at_;
        for (; at < line_.size(); ++at) {
            const char c = line_[at];
            const bool colon = c == ':' && (endsAt(at + 1) || (flow() && isOneOf(line_[at + 1], ",}]")));
            if (colon || (c == '#' && at > at_ && isBlank(line_[at - 1])) || (flow() && isOneOf(c, ",]}")))
                break;
        }
        return at;
    }

    /// A key, if a colon follows where one may begin; else a value.
    void scalar()
    {
        const std::size_t from = at_;
        const bool quoted = isOneOf(line_[at_], "\"'");
        at_ = quoted ? quotedEnd() : plainEnd();
        std::size_t end = at_;
        while (end > from && isBlank(line_[end - 1]))
            --end;
        const std::size_t colon = line_.find_first_not_of(" \t", at_);
        const bool key = fresh_ && colon != npos && line_[colon] == ':';
        if (key) {
            paint(from, end, YamlLexer::Key);
            paint(colon, colon + 1, YamlLexer::Punctuation);
            at_ = colon + 1;
        } else {
            const bool number = !quoted && isPlainValue(line_.substr(from, end - from));
            paint(from, end, quoted ? YamlLexer::String : number ? YamlLexer::Number : YamlLexer::Text);
            at_ = std::max(at_, from + 1);
        }
        fresh_ = key;
    }

    std::string_view line_;
    std::size_t at_, column_;
    YamlLexer::LineState state_;
    char* styles_;
    bool fresh_ = true; ///< a key or a value may begin here
};

} // namespace

YamlLexer::YamlLexer(QObject* parent) : QsciLexerCustom(parent)
{
    setTheme(Theme::light());
}

QString YamlLexer::description(int style) const
{
    static const char* const names[] = {"Text",    "Key",         "String", "Number",
                                        "Comment", "Punctuation", "Mark",   "Reference"};
    return style >= 0 && style < StyleCount ? QString::fromLatin1(names[style]) : QString();
}

void YamlLexer::setTheme(const Theme& theme)
{
    const QFont font = fixedFont();
    const QColor colors[] = {theme.yamlString,  theme.yamlKey, theme.yamlString, theme.yamlNumber,
                             theme.yamlComment, theme.muted,   theme.faint,      theme.policy};
    setDefaultColor(theme.text);
    setDefaultPaper(theme.surface);
    setDefaultFont(font);
    setPaper(theme.surface);
    setFont(font);
    for (int style = 0; style < StyleCount; ++style)
        setColor(colors[style], style);
}

std::string YamlLexer::lineText(int line) const
{
    const auto length = editor()->SendScintilla(Sci::SCI_LINELENGTH, static_cast<unsigned long>(line));
    std::string text(static_cast<std::size_t>(length), '\0');
    editor()->SendScintilla(Sci::SCI_GETLINE, static_cast<unsigned long>(line), text.data());
    return text;
}

void YamlLexer::styleText(int start, int end)
{
    const auto lineAt = [this](int at) {
        return static_cast<int>(editor()->SendScintilla(Sci::SCI_LINEFROMPOSITION, static_cast<unsigned long>(at)));
    };
    const int first = lineAt(start);
    int last = lineAt(end);
    const int lines = static_cast<int>(editor()->SendScintilla(Sci::SCI_GETLINECOUNT));
    const auto stateOf = [this](int line) { // kept as one number: 0 is the beginning of a text
        const auto kept =
            static_cast<int>(editor()->SendScintilla(Sci::SCI_GETLINESTATE, static_cast<unsigned long>(line)));
        return LineState{(kept & 0xffff) - 1, kept >> 16};
    };
    LineState state = first > 0 ? stateOf(first - 1) : LineState{};
    std::string styles;
    int line = first;
    for (; line <= last && line < lines; ++line) {
        state = styleLine(lineText(line), state, styles);
        const int keep = (state.blockColumn + 1) | (state.depth << 16);
        const auto before =
            static_cast<int>(editor()->SendScintilla(Sci::SCI_GETLINESTATE, static_cast<unsigned long>(line)));
        editor()->SendScintilla(Sci::SCI_SETLINESTATE, static_cast<unsigned long>(line), static_cast<long>(keep));
        // What a line ends in, the next one begins in: a change goes on.
        if (line == last && keep != before && line + 1 < lines)
            ++last;
    }
    const auto from = editor()->SendScintilla(Sci::SCI_POSITIONFROMLINE, static_cast<unsigned long>(first));
    startStyling(static_cast<int>(from));
    editor()->SendScintilla(Sci::SCI_SETSTYLINGEX, static_cast<unsigned long>(styles.size()), styles.c_str());
    foldLines(first, line - 1);
}

YamlLexer::LineState YamlLexer::styleLine(std::string_view line, LineState state, std::string& styles)
{
    const std::size_t base = styles.size();
    styles.resize(base + line.size(), static_cast<char>(Text));
    const std::size_t first = line.find_first_not_of(" \t\r\n");
    if (first == npos)
        return state;
    if (state.blockColumn >= 0 && static_cast<int>(first) > state.blockColumn)
        return state; // text of the block scalar
    state.blockColumn = -1;
    LineStyler styler(line, first, state, styles.data() + base);
    if (isMark(line)) {
        styler.paint(0, line.size(), Mark);
        return {};
    }
    return styler.style();
}

void YamlLexer::foldLines(int first, int last)
{
    const int lines = static_cast<int>(editor()->SendScintilla(Sci::SCI_GETLINECOUNT));
    /// By indentation; the items of a list may stand in the column of their key, and belong to it. -1: no content.
    const auto depthOf = [this](int line) {
        const std::string text = lineText(line);
        const std::size_t at = text.find_first_not_of(" \t\r\n");
        if (at == std::string::npos || text[at] == '#')
            return -1;
        if (isMark(text))
            return 0;
        const bool item = text[at] == '-' && (at + 1 == text.size() || isBlank(text[at + 1]));
        return 1 + 2 * static_cast<int>(std::min<std::size_t>(at, 1000)) + (item ? 1 : 0);
    };
    // The line before may have become the head of what follows, and lines without content lie as deep as what follows.
    while (first > 0 && depthOf(--first) < 0) {
    }
    int next = std::min(last + 1, lines);
    int below = -1;
    while (next < lines && (below = depthOf(next)) < 0)
        ++next;
    below = std::max(below, 0);
    for (int line = std::min(next, lines) - 1; line >= first; --line) {
        const int depth = depthOf(line);
        int level = Sci::SC_FOLDLEVELBASE + (depth < 0 ? below : depth);
        if (depth < 0)
            level |= Sci::SC_FOLDLEVELWHITEFLAG;
        else if (below > depth)
            level |= Sci::SC_FOLDLEVELHEADERFLAG;
        if (depth >= 0)
            below = depth;
        if (editor()->SendScintilla(Sci::SCI_GETFOLDLEVEL, static_cast<unsigned long>(line)) != level)
            editor()->SendScintilla(Sci::SCI_SETFOLDLEVEL, static_cast<unsigned long>(line), static_cast<long>(level));
    }
}

} // namespace gatehouse::ui

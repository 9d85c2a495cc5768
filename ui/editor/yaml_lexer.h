#pragma once

#include "ui/theme.h"

#include <Qsci/qscilexercustom.h>

#include <string>
#include <string_view>

namespace gatehouse::ui {

/// Colours and folding of YAML, and of JSON, which is YAML in braces. Scintilla's own lexer for YAML knows no keys in
/// braces and no strings, and folds lists apart from their keys. Thread: UI.
class YamlLexer final : public QsciLexerCustom {
    Q_OBJECT
public:
    enum Style { Text, Key, String, Number, Comment, Punctuation, Mark, Reference, StyleCount };
    /// What a line begins in.
    struct LineState {
        int blockColumn = -1; ///< of the key whose block scalar goes on
        int depth = 0;        ///< of braces and brackets
    };
    explicit YamlLexer(QObject* parent = nullptr);

    void setTheme(const Theme& theme);
    const char* language() const override { return "YAML"; }
    QString description(int style) const override;
    void styleText(int start, int end) override;

    /// Appends the styles of a line's bytes, and says what the next one begins in.
    static LineState styleLine(std::string_view line, LineState state, std::string& styles);

private:
    void foldLines(int first, int last);
    [[nodiscard]] std::string lineText(int line) const;
};

} // namespace gatehouse::ui

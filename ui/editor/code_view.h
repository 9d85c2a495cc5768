#pragma once

#include "model/base/diagnostic.h"
#include "ui/editor/schema_place.h"
#include "ui/theme.h"

#include <Qsci/qsciscintilla.h>

#include <string_view>
#include <vector>

namespace gatehouse::ui {

class YamlLexer;

/// A problem at its place in the text.
struct CodeMark {
    int line = 1;   ///< from 1
    int column = 0; ///< from 1, in code points; 0: the whole line
    model::Severity severity = model::Severity::Warning;
    QString text;
};

/// One text being edited, with what a manifest needs: colours, folding, line numbers, brackets, indentation by two,
/// comments, problems as squiggles and marks in the margin, and the schema's word on what is under the mouse.
/// Texts keep their line ends; new lines get those that the text has. Thread: UI.
class CodeView final : public QsciScintilla {
    Q_OBJECT
public:
    explicit CodeView(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Shows a text as unchanged; there is nothing to undo.
    void load(const QString& text);
    /// Edits what differs, so that cursor, folds and view stay, and undo brings the old text back.
    void replaceText(const QString& text);
    void setMarks(std::vector<CodeMark> marks);
    [[nodiscard]] const std::vector<CodeMark>& marks() const { return marks_; }
    void goTo(int line, int column = 0); ///< from 1
    void goToNextMark();
    void toggleComment(); ///< of the selected lines, or of the cursor's

    [[nodiscard]] int cursorPosition() const; ///< in bytes
    /// The text as bytes. Lifetime: until it changes.
    [[nodiscard]] std::string_view bytes() const;
    [[nodiscard]] SchemaPlace placeAtCursor() const;
    /// What there is to say at a byte of the text, as rich text: problems, then the schema. "" for nothing.
    [[nodiscard]] QString helpAt(int position) const;
    /// Where an edit ends that puts `text` in place of the bytes from `begin` to `end`; the cursor goes there.
    void replaceBytes(int begin, int end, const QString& text);

protected:
    bool event(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;

private:
    void setUpMargins();
    void setUpKeys();
    void showMarks();
    void indentNewLine();
    [[nodiscard]] int lineOf(int position) const;
    [[nodiscard]] int positionOf(int line, int column) const; ///< from 1; clamped

    YamlLexer* lexer_;
    std::vector<CodeMark> marks_;
};

} // namespace gatehouse::ui

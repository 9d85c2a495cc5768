#pragma once

#include "ui/theme.h"

#include <QPlainTextEdit>
#include <QSyntaxHighlighter>

#include <map>

namespace gatehouse::ui {

/// Colours of YAML: keys, strings, numbers, comments.
class YamlHighlighter final : public QSyntaxHighlighter {
    Q_OBJECT
public:
    explicit YamlHighlighter(QTextDocument* document);
    void setTheme(const Theme& theme);

protected:
    void highlightBlock(const QString& text) override;

private:
    Theme theme_ = Theme::light();
};

/// Read-only YAML with the line numbers of its file, and a mark on each line that has a problem.
class YamlView final : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit YamlView(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// `problems` says, by line of the file, what is wrong there.
    void setText(const QString& yaml, int firstLine, const std::map<int, QString>& problems);
    /// Puts a line of the file into view.
    void showLine(int fileLine);
    [[nodiscard]] int cursorLine() const; ///< of the file
    [[nodiscard]] std::vector<int> markedLines() const;

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override; ///< offers the view's actions as well

private:
    void paintGutter(QPaintEvent* event);
    [[nodiscard]] int gutterWidth() const;
    void mark();

    class Gutter;
    Gutter* gutter_;
    YamlHighlighter* highlighter_;
    Theme theme_ = Theme::light();
    QString text_; ///< as it was given
    int firstLine_ = 1;
    std::map<int, QString> problems_;
};

} // namespace gatehouse::ui

#include "ui/inspector/yaml_view.h"

#include "ui/icons.h"
#include "ui/topology/canvas_style.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QPainter>
#include <QRegularExpression>
#include <QTextBlock>
#include <QToolTip>

namespace gatehouse::ui {

YamlHighlighter::YamlHighlighter(QTextDocument* document) : QSyntaxHighlighter(document)
{
}

void YamlHighlighter::setTheme(const Theme& theme)
{
    theme_ = theme;
    rehighlight();
}

void YamlHighlighter::highlightBlock(const QString& text)
{
    static const QRegularExpression key(QStringLiteral("^(\\s*(?:- )*)([^\\s:#'\"][^:#]*|\"[^\"]*\")(:)(?=\\s|$)"));
    static const QRegularExpression number(QStringLiteral("^-?\\d+(\\.\\d+)?$"));
    static const QRegularExpression comment(QStringLiteral("(^|\\s)#.*$"));
    qsizetype valueStart = 0;
    if (const auto found = key.match(text); found.hasMatch()) {
        setFormat(static_cast<int>(found.capturedStart(2)), static_cast<int>(found.capturedLength(2)), theme_.yamlKey);
        setFormat(static_cast<int>(found.capturedStart(3)), 1, theme_.faint);
        valueStart = found.capturedEnd(3);
    }
    const QString value = text.mid(valueStart).trimmed();
    if (!value.isEmpty()) {
        const auto from = static_cast<int>(text.indexOf(value, valueStart));
        const auto length = static_cast<int>(value.size());
        if (number.match(value).hasMatch() || value == QLatin1String("true") || value == QLatin1String("false"))
            setFormat(from, length, theme_.yamlNumber);
        else if (valueStart > 0 || value.startsWith(QLatin1Char('"')) || value.startsWith(QLatin1String("- ")))
            setFormat(from, length, theme_.yamlString);
    }
    if (const auto found = comment.match(text); found.hasMatch())
        setFormat(static_cast<int>(found.capturedStart()), static_cast<int>(found.capturedLength()),
                  theme_.yamlComment);
}

class YamlView::Gutter final : public QWidget {
public:
    explicit Gutter(YamlView* view) : QWidget(view), view_(view) {}

protected:
    void paintEvent(QPaintEvent* event) override { view_->paintGutter(event); }

private:
    YamlView* view_;
};

YamlView::YamlView(QWidget* parent)
    : QPlainTextEdit(parent), gutter_(new Gutter(this)), highlighter_(new YamlHighlighter(document()))
{
    setReadOnly(true);
    wearFixedFont(this);
    setLineWrapMode(NoWrap);
    setFrameShape(NoFrame);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setAccessibleName(tr("YAML"));
    document()->setDocumentMargin(8);
    connect(this, &QPlainTextEdit::updateRequest, gutter_, [this](const QRect& rect, int dy) {
        if (dy)
            gutter_->scroll(0, dy);
        else
            gutter_->update(0, rect.y(), gutter_->width(), rect.height());
    });
}

void YamlView::setTheme(const Theme& theme)
{
    theme_ = theme;
    highlighter_->setTheme(theme);
    mark();
    gutter_->update();
}

void YamlView::setText(const QString& yaml, int firstLine, const std::map<int, QString>& problems)
{
    // What the widget gives back has other line ends.
    const bool same = text_ == yaml;
    text_ = yaml;
    firstLine_ = firstLine;
    problems_ = problems;
    if (!same)
        setPlainText(yaml);
    setViewportMargins(gutterWidth(), 0, 0, 0);
    gutter_->setGeometry(QRect(contentsRect().topLeft(), QSize(gutterWidth(), contentsRect().height())));
    mark();
    gutter_->update();
}

void YamlView::mark()
{
    QList<QTextEdit::ExtraSelection> marks;
    for (const int line : markedLines()) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(document()->findBlockByNumber(line - firstLine_));
        mark.format.setBackground(theme_.warningSoft);
        mark.format.setProperty(QTextFormat::FullWidthSelection, true);
        marks.append(mark);
    }
    setExtraSelections(marks);
}

std::vector<int> YamlView::markedLines() const
{
    std::vector<int> lines;
    for (const auto& [line, text] : problems_) {
        if (line >= firstLine_ && line < firstLine_ + blockCount())
            lines.push_back(line);
    }
    return lines;
}

void YamlView::showLine(int fileLine)
{
    const QTextBlock block = document()->findBlockByNumber(fileLine - firstLine_);
    if (!block.isValid())
        return;
    setTextCursor(QTextCursor(block));
    centerCursor();
}

int YamlView::gutterWidth() const
{
    const auto digits = QString::number(firstLine_ + blockCount()).size();
    return fontMetrics().horizontalAdvance(QLatin1Char('9')) * static_cast<int>(std::max<qsizetype>(digits, 2)) + 34;
}

void YamlView::paintGutter(QPaintEvent* event)
{
    QPainter painter(gutter_);
    painter.fillRect(event->rect(), theme_.surface);
    painter.setFont(font());
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF rect = blockBoundingGeometry(block).translated(contentOffset());
        if (rect.top() > event->rect().bottom())
            break;
        const int line = firstLine_ + block.blockNumber();
        const QRectF row(0, rect.top(), gutter_->width() - 10, rect.height());
        const bool marked = problems_.contains(line);
        painter.setPen(marked ? theme_.warning : theme_.faint);
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, QString::number(line));
        if (marked)
            paintIcon(painter, QStringLiteral("warning"), QRectF(6, row.center().y() - 7, 14, 14), theme_.warning);
    }
}

void YamlView::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    gutter_->setGeometry(QRect(contentsRect().topLeft(), QSize(gutterWidth(), contentsRect().height())));
}

int YamlView::cursorLine() const
{
    return firstLine_ + textCursor().blockNumber();
}

void YamlView::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu* menu = createStandardContextMenu(event->pos());
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addSeparator();
    menu->addActions(actions());
    menu->popup(event->globalPos());
}

bool YamlView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const int line = firstLine_ + cursorForPosition(help->pos() - QPoint(gutterWidth(), 0)).blockNumber();
        const auto found = problems_.find(line);
        if (found == problems_.end())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), found->second.toHtmlEscaped(), this);
        return true;
    }
    return QPlainTextEdit::event(event);
}

} // namespace gatehouse::ui

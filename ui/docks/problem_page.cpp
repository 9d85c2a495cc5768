#include "ui/docks/problem_page.h"

#include "ui/document/words.h"

namespace gatehouse::ui {
namespace {

QString paragraph(const QString& text, const QString& style = {})
{
    return QStringLiteral("<p style='margin:6px 0 0 0;%1'>%2</p>")
        .arg(style, text.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>")));
}

} // namespace

ProblemPage::ProblemPage(QWidget* parent) : QTextBrowser(parent)
{
    setAccessibleName(tr("Explanation of the problem"));
    setOpenLinks(false);
    setFrameShape(QFrame::NoFrame);
    document()->setDocumentMargin(14);
    connect(this, &QTextBrowser::anchorClicked, this, [this] {
        if (problem_)
            emit jumpRequested(*problem_);
    });
    write();
}

void ProblemPage::setTheme(const Theme& theme)
{
    theme_ = theme;
    write();
}

void ProblemPage::setProblem(const std::optional<Problem>& problem)
{
    if (problem == problem_)
        return;
    if (code_ && (!problem || problem->code != code_->code))
        code_.reset();
    problem_ = problem;
    write();
}

void ProblemPage::setCode(const CodePage& code)
{
    if (!problem_ || problem_->code != code.code)
        return;
    code_ = code;
    write();
}

void ProblemPage::write()
{
    if (problem_)
        setHtml(problemHtml() + codeHtml());
    else
        setHtml(paragraph(tr("Choose a problem to see what it means and how to mend it."),
                          QStringLiteral("color:%1;").arg(theme_.muted.name())));
}

QString ProblemPage::problemHtml() const
{
    const QColor color = problem_->severity == model::Severity::Error     ? theme_.bad
                         : problem_->severity == model::Severity::Warning ? theme_.warning
                                                                          : theme_.muted;
    QString html = QStringLiteral("<p style='margin:0;'><b style='color:%1;'>%2 %3</b></p>")
                       .arg(color.name(), severityWord(problem_->severity), problem_->code.toHtmlEscaped());
    html += paragraph(problem_->text);
    if (!problem_->remedy.isEmpty())
        html += QStringLiteral("<p style='margin:6px 0 0 0;'><b>%1</b> %2</p>")
                    .arg(tr("To mend it:"),
                         problem_->remedy.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>")));
    QStringList places;
    if (!problem_->object.isEmpty())
        places << problem_->object.toHtmlEscaped();
    if (problem_->location.known())
        places << QString::fromStdString(model::toString(problem_->location)).toHtmlEscaped();
    if (!places.isEmpty())
        html += QStringLiteral("<p style='margin:8px 0 0 0;'><a href='#jump' style='color:%1;text-decoration:none;'>"
                               "%2</a></p>")
                    .arg(theme_.accent.name(), places.join(QStringLiteral("<br>")));
    return html;
}

QString ProblemPage::codeHtml() const
{
    const auto heading = [&](const QString& text) {
        return QStringLiteral("<p style='margin:14px 0 0 0;'><b>%1</b></p>").arg(text.toHtmlEscaped());
    };
    if (!code_)
        return {};
    if (!code_->known) {
        const QString words = reasonWords(code_->code);
        return heading(tr("What %1 means").arg(code_->code)) + (words.isEmpty() ? QString() : paragraph(words)) +
               paragraph(tr("It is a condition's reason of the Gateway API: a controller writes it into the object's "
                            "status. It tells what became of the object; nothing can silence it."),
                         QStringLiteral("color:%1;").arg(theme_.muted.name()));
    }
    const auto example = [&](const QString& text) {
        return QStringLiteral("<pre style='margin:4px 0 0 0;background-color:%1;font-family:\"%2\";'>%3</pre>")
            .arg(theme_.field.name(), fixedFont().family(), text.trimmed().toHtmlEscaped());
    };
    const QString of = code_->example.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(code_->example);
    return heading(tr("What %1 means").arg(code_->code)) + paragraph(code_->title) + paragraph(code_->meaning) +
           heading(tr("Wrong") + of) + example(code_->wrong) + heading(tr("Right") + of) + example(code_->right) +
           heading(tr("To silence it")) + paragraph(code_->suppression);
}

} // namespace gatehouse::ui

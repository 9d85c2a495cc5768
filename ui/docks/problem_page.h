#pragma once

#include "ui/document/code_page.h"
#include "ui/document/problem_list.h"
#include "ui/theme.h"

#include <QTextBrowser>

#include <optional>

namespace gatehouse::ui {

/// One problem in full, and what its code means: a page to read, copy from and jump out of. Thread: UI.
class ProblemPage final : public QTextBrowser {
    Q_OBJECT
public:
    explicit ProblemPage(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Nothing: says that nothing is chosen. Keeps the code's page where the code is the same.
    void setProblem(const std::optional<Problem>& problem);
    /// Ignored when it is about another code than the problem's.
    void setCode(const CodePage& code);
    [[nodiscard]] const std::optional<Problem>& problem() const { return problem_; }

signals:
    void jumpRequested(const gatehouse::ui::Problem& problem);

private:
    void write();
    [[nodiscard]] QString problemHtml() const;
    [[nodiscard]] QString codeHtml() const;

    Theme theme_ = Theme::light();
    std::optional<Problem> problem_;
    std::optional<CodePage> code_;
};

} // namespace gatehouse::ui

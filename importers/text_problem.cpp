#include "importers/text_problem.h"

namespace gatehouse::importers {

model::Diagnostic& ProblemList::error(std::string_view code, model::Position position, std::string message)
{
    ++errors_;
    return add(model::Severity::Error, code, position, std::move(message));
}

model::Diagnostic& ProblemList::warning(std::string_view code, model::Position position, std::string message)
{
    return add(model::Severity::Warning, code, position, std::move(message));
}

void ProblemList::take(std::vector<model::Diagnostic> problems)
{
    for (model::Diagnostic& problem : problems) {
        errors_ += problem.severity == model::Severity::Error ? 1 : 0;
        problems_->push_back(std::move(problem));
    }
}

model::Diagnostic& ProblemList::add(model::Severity severity, std::string_view code, model::Position position,
                                    std::string message)
{
    model::Diagnostic diagnostic;
    diagnostic.severity = severity;
    diagnostic.code = code;
    diagnostic.message = std::move(message);
    diagnostic.location = {file_, position};
    problems_->push_back(std::move(diagnostic));
    return problems_->back();
}

std::string describe(model::Position position)
{
    return "line " + std::to_string(position.line) + ", column " + std::to_string(position.column);
}

} // namespace gatehouse::importers

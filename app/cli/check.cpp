#include "app/cli/commands.h"

#include "app/cli/input.h"
#include "app/cli/output/diagnostics.h"
#include "app/cli/output/words.h"
#include "importers/writers.h"

namespace gatehouse::cli {

namespace {

class Check final : public Command {
public:
    void define(Parser& parser) override
    {
        input_.define(parser);
        common_.define(parser);
        parser.option("-o,--output", output_, "FORMAT", "text, json or sarif (2.1.0)", {"text", "json", "sarif"});
        parser.flag("--no-lint", noLint_, "Only the schema and its rules");
        parser.flag("--strict", strict_, "Warnings fail too");
    }

    int run(Context& context, const Parser&) override
    {
        const Loaded loaded = loadInput(context, {input_, common_, false, false});
        if (!loaded.state)
            return loaded.exitCode;
        const std::vector<model::Diagnostic> problems = wanted(*loaded.state);
        if (output_ == "json")
            context.out << importers::toJson(problemsToValue(problems));
        else if (output_ == "sarif")
            context.out << importers::toJson(problemsToSarif(problems));
        else
            printText(context, *loaded.state, problems);
        if (loaded.state->import.unreadable)
            return code(Exit::Usage);
        return code(fails(problems) ? Exit::Problems : Exit::Fine);
    }

private:
    std::vector<model::Diagnostic> wanted(const control::State& state) const
    {
        std::vector<model::Diagnostic> problems = state.import.diagnostics;
        problems.insert(problems.end(), state.compileProblems.begin(), state.compileProblems.end());
        if (!noLint_)
            problems.insert(problems.end(), state.graph->notes.begin(), state.graph->notes.end());
        control::sortDiagnostics(problems);
        std::erase_if(problems, [this](const model::Diagnostic& problem) {
            return problem.object && !common_.wants(problem.object->name.namespace_);
        });
        return problems;
    }

    void printText(Context& context, const control::State& state, const std::vector<model::Diagnostic>& problems) const
    {
        const Style style = common_.outStyle(context);
        for (const model::Diagnostic& problem : problems)
            if (problem.severity == model::Severity::Error ||
                (!common_.quiet && (problem.severity == model::Severity::Warning || common_.verbose > 0)))
                context.out << problemLine(problem, style) << '\n';
        if (!common_.quiet)
            context.out << counted(state.import.objects, "object")
                        << (state.import.files.empty() ? "" : " in " + counted(state.import.files.size(), "file"))
                        << ": " << countProblems(problems) << '\n';
    }

    bool fails(const std::vector<model::Diagnostic>& problems) const
    {
        for (const model::Diagnostic& problem : problems)
            if (problem.severity == model::Severity::Error || (strict_ && problem.severity == model::Severity::Warning))
                return true;
        return false;
    }

    InputOptions input_;
    CommonOptions common_;
    std::string output_ = "text";
    bool noLint_ = false, strict_ = false;
};

} // namespace

std::unique_ptr<Command> makeCheck()
{
    return std::make_unique<Check>();
}

} // namespace gatehouse::cli

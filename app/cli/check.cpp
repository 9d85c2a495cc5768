#include "app/cli/commands.h"

#include "app/cli/input.h"
#include "app/cli/output/codes.h"
#include "app/cli/output/diagnostics.h"
#include "app/cli/output/words.h"
#include "app/control/lint/lint_state.h"
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
        parser.list("--severity", severities_, "CODE=SEVERITY",
                    "error, warning, info or off for a code; over those of gatehouse.yaml");
        parser.flag("--list", list_, "Show all codes, and read nothing");
        parser.option("--explain", explained_, "CODE", "What a code means, an example, and how to silence it");
        parser.footer("An object's annotation gatehouse.dev/lint-ignore: \"GH2103,GH2110\" silences codes for it.");
    }

    int run(Context& context, const Parser&) override
    {
        if (list_ || !explained_.empty())
            return tellOfCodes(context);
        const Loaded loaded = loadInput(context, {input_, common_, false, false});
        if (!loaded.state)
            return loaded.exitCode;
        control::LintOptions options;
        options.advice = !noLint_;
        options.levels = loaded.lintLevels;
        for (const std::string& text : severities_)
            if (const std::string error = addLintLevel(options.levels, text); !error.empty())
                return usageError(context, "--severity: " + error);
        control::LintReport report = lintState(*loaded.state, options);
        std::erase_if(report.problems, [this](const model::Diagnostic& problem) {
            return problem.object && !common_.wants(problem.object->name.namespace_);
        });
        if (output_ == "json")
            context.out << importers::toJson(problemsToValue(report.problems));
        else if (output_ == "sarif")
            context.out << importers::toJson(problemsToSarif(report.problems));
        else
            printText(context, *loaded.state, report);
        if (loaded.state->import.unreadable)
            return code(Exit::Usage);
        return code(fails(report.problems) ? Exit::Problems : Exit::Fine);
    }

private:
    int tellOfCodes(Context& context) const
    {
        if (output_ == "sarif")
            return usageError(context, "codes are shown as text or json");
        const Style style = common_.outStyle(context);
        if (list_) {
            if (output_ != "json") {
                printCodes(context.out, style);
                return code(Exit::Fine);
            }
            model::Value all = model::Value::array();
            for (const control::CodeInfo& info : control::allCodes())
                all.push(codeToValue(info));
            context.out << importers::toJson(all);
            return code(Exit::Fine);
        }
        const control::CodeInfo* info = control::findCode(explained_);
        if (!info)
            return usageError(context, "--explain: " + control::unknownCode(explained_));
        context.out << (output_ == "json" ? importers::toJson(codeToValue(*info)) : explainCode(*info, style));
        return code(Exit::Fine);
    }

    void printText(Context& context, const control::State& state, const control::LintReport& report) const
    {
        const Style style = common_.outStyle(context);
        for (const model::Diagnostic& problem : report.problems)
            if (problem.severity == model::Severity::Error ||
                (!common_.quiet && (problem.severity == model::Severity::Warning || common_.verbose > 0)))
                context.out << problemLine(problem, style) << '\n';
        if (common_.quiet)
            return;
        context.out << counted(state.import.objects, "object")
                    << (state.import.files.empty() ? "" : " in " + counted(state.import.files.size(), "file")) << ": "
                    << countProblems(report.problems);
        if (report.suppressed > 0)
            context.out << " (" << report.suppressed << " suppressed)";
        context.out << '\n';
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
    std::string output_ = "text", explained_;
    std::vector<std::string> severities_;
    bool noLint_ = false, strict_ = false, list_ = false;
};

} // namespace

std::unique_ptr<Command> makeCheck()
{
    return std::make_unique<Check>();
}

} // namespace gatehouse::cli

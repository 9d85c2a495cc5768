#include "app/cli/commands.h"

#include "app/cli/input.h"
#include "app/cli/output/diff_text.h"
#include "app/control/compare/compared_set.h"
#include "app/control/compare/diff_words.h"
#include "app/control/compare/git_source.h"
#include "importers/writers.h"

#include <future>

namespace gatehouse::cli {

namespace {

class Diff final : public Command {
public:
    void define(Parser& parser) override
    {
        parser.positional("OLD", old_, "A file, a directory, - for standard input, or git:REF:PATH", true);
        parser.positional("NEW", new_, "The same, to compare with it", true);
        settings_.defineSettings(parser);
        common_.define(parser, false);
        parser.option("-o,--output", output_, "FORMAT", "text, json or markdown", {"text", "json", "markdown"});
        parser.footer(
            "Compares resources, attachments, conditions, and where requests go: for each change of destination\n"
            "the smallest request that shows it. Nothing listens, no request is sent. Exits 0 when nothing\n"
            "differs, 1 when something does.");
    }

    int run(Context& context, const Parser&) override
    {
        if (old_ == "-" && new_ == "-")
            return usageError(context, "diff: only one of OLD and NEW can be standard input");
        InputOptions input = settings_;
        for (const std::string& side : {new_, old_}) // gatehouse.yaml is looked for beside the first
            if (!control::isGitSource(side))
                input.paths.push_back(side);
        auto config = input.config(context, common_);
        if (!config)
            return code(Exit::Usage);
        config->projectTopology = false;
        *config = control::comparingConfig(*std::move(config));
        // Reading is most of the work, and the two sides have nothing in common.
        const auto load = [&](const std::string& from) { return control::readComparedSet(from, *config, &context.in); };
        std::future<control::ComparedSet> later = std::async(std::launch::async, load, new_);
        const control::ComparedSet before = load(old_), after = later.get();
        for (const control::ComparedSet* side : {&before, &after}) {
            printProblems(context, common_, side->problems);
            if (!side->error.empty())
                usageError(context, "diff: " + side->error);
        }
        if (!before.state || !after.state)
            return code(Exit::Usage);
        const control::SetDiff diff = control::compareStates(*before.state, *after.state);
        if (output_ == "json")
            context.out << importers::toJson(diffValue(diff));
        else
            context.out << (output_ == "markdown" ? control::diffMarkdown(diff)
                                                  : diffText(diff, common_.outStyle(context)));
        return code(diff.empty() ? Exit::Fine : Exit::Problems);
    }

private:
    std::string old_, new_, output_ = "text";
    InputOptions settings_;
    CommonOptions common_;
};

} // namespace

std::unique_ptr<Command> makeDiff()
{
    return std::make_unique<Diff>();
}

} // namespace gatehouse::cli

#include "app/cli/commands.h"

#include "app/cli/input.h"
#include "app/cli/output/diff_text.h"
#include "app/control/compare/compared_set.h"
#include "app/control/compare/diff_words.h"
#include "app/control/compare/git_source.h"
#include "importers/writers.h"

#include <array>
#include <future>
#include <utility>

namespace gatehouse::cli {

namespace {

class Diff final : public Command {
public:
    void define(Parser& parser) override
    {
        parser.positional("OLD", sides_[0], "A file, a directory, - for standard input, or git:REF:PATH", false);
        parser.positional("NEW", sides_[1], "The same, to compare with it", false);
        parser.flag("--from-cluster", settings_.cluster.fromCluster,
                    "Compare a cluster, read through kubectl, with what it becomes when the one set is applied");
        ClusterOptions::defineContext(parser, settings_.cluster.context);
        settings_.defineSettings(parser);
        common_.define(parser, false);
        parser.option("-o,--output", output_, "FORMAT", "text, json or markdown", {"text", "json", "markdown"});
        parser.footer(
            "Compares resources, attachments, conditions, and where requests go: for each change of destination\n"
            "the smallest request that shows it. Nothing listens, no request is sent, nothing is applied. Exits 0\n"
            "when nothing differs, 1 when something does.");
    }

    int run(Context& context, const Parser&) override
    {
        const bool fromCluster = settings_.cluster.fromCluster;
        if (fromCluster ? sides_[0].empty() || !sides_[1].empty() : sides_[1].empty())
            return usageError(context, fromCluster ? "diff: --from-cluster takes one set, which would be applied"
                                                   : "diff: OLD and NEW are needed, or --from-cluster and what would "
                                                     "be applied");
        if (sides_[0] == "-" && sides_[1] == "-")
            return usageError(context, "diff: only one of OLD and NEW can be standard input");
        InputOptions input = settings_;
        for (const std::string& side : {sides_[1], sides_[0]}) // gatehouse.yaml is looked for beside the first
            if (!side.empty() && !control::isGitSource(side))
                input.paths.push_back(side);
        auto config = input.config(context, common_);
        if (!config)
            return code(Exit::Usage);
        control::ClusterTexts cluster;
        if (config->cluster)
            cluster = control::readCluster(*config->cluster);
        printProblems(context, common_, cluster.problems);
        if (hasErrors(cluster.problems))
            return code(Exit::Usage);
        if (fromCluster)
            std::swap(sides_[0], sides_[1]); // the old side is the cluster alone
        config->projectTopology = false;
        *config = control::comparingConfig(*std::move(config));
        // Reading is most of the work, and the two sides have nothing in common.
        const auto load = [&](const std::string& from) {
            return control::readComparedSet(from, *config, &context.in, {}, cluster);
        };
        std::future<control::ComparedSet> later = std::async(std::launch::async, load, sides_[1]);
        const control::ComparedSet before = load(sides_[0]), after = later.get();
        for (const control::ComparedSet* side : {&before, &after}) {
            if (side == &after || !fromCluster) // else the second set has them as well
                printProblems(context, common_, side->problems);
            if (!side->error.empty())
                usageError(context, "diff: " + side->error);
        }
        if (!before.state || !after.state)
            return code(Exit::Usage);
        const control::SetDiff diff = control::compareStates(
            *before.state, *after.state, fromCluster ? control::SecondSet::Applied : control::SecondSet::Alone);
        if (output_ == "json")
            context.out << importers::toJson(diffValue(diff));
        else
            context.out << (output_ == "markdown" ? control::diffMarkdown(diff)
                                                  : diffText(diff, common_.outStyle(context)));
        return code(diff.empty() ? Exit::Fine : Exit::Problems);
    }

private:
    std::array<std::string, 2> sides_; ///< old and new
    std::string output_ = "text";
    InputOptions settings_;
    CommonOptions common_;
};

} // namespace

std::unique_ptr<Command> makeDiff()
{
    return std::make_unique<Diff>();
}

} // namespace gatehouse::cli

#include "app/cli/commands.h"

#include "app/cli/input.h"
#include "app/cli/output/diagnostics.h"
#include "app/cli/output/objects.h"
#include "app/cli/output/words.h"
#include "app/control/cluster_source.h"
#include "importers/ingress/ingress.h"
#include "importers/writers.h"

#include <algorithm>

namespace gatehouse::cli {

namespace {

constexpr const char* footer =
    R"help(Reads Ingresses and IngressClasses (networking.k8s.io/v1), and Services for the numbers of named ports; prints
a Gateway a class and the routes of each Ingress. Standard error says what could not be carried over: an error
where requests would go elsewhere or fail, a warning where something else is lost. Try the result at once:

  gatehouse ingress DIR > gateway.yaml && gatehouse run gateway.yaml services.yaml)help";

class IngressCommand final : public Command {
public:
    void define(Parser& parser) override
    {
        parser.positionals("PATH", paths_, "Files, directories, or - for standard input");
        parser.list("-f,--filename", files_, "PATH", "A file, a directory, or -; may be repeated");
        cluster_.define(parser);
        common_.define(parser);
        parser.option("-o,--output", output_, "FORMAT", "yaml, or json (a v1 List)", {"yaml", "json"});
        parser.list("--ingress-class", options_.classes, "NAME", "Only Ingresses of this class; may be repeated");
        parser.option("--gateway-class", options_.gatewayClass, "NAME",
                      "The Gateways' gatewayClassName (default: the name of the IngressClass)");
        parser.option("--gateway-namespace", options_.gatewayNamespace, "NAMESPACE",
                      "Where Gateways go (default: the Ingresses' own, or default where there are several)");
        parser.flag("--strict", strict_, "Warnings fail too");
        parser.footer(footer);
    }

    int run(Context& context, const Parser&) override
    {
        std::vector<std::string> paths = paths_;
        paths.insert(paths.end(), files_.begin(), files_.end());
        if (const std::string problem = cluster_.problem(); !problem.empty())
            return usageError(context, problem);
        if (paths.empty() && !cluster_.fromCluster)
            return usageError(context, noPath);
        control::ClusterTexts cluster;
        if (cluster_.fromCluster)
            cluster = control::readCluster({cluster_.context, clusterResources(), false});
        printProblems(context, common_, cluster.problems);
        if (hasErrors(cluster.problems))
            return code(Exit::Usage);
        importers::ReadObjects read = importers::readObjects(paths, &context.in, cluster.texts);
        printProblems(context, common_, read.diagnostics);
        if (read.unreadable)
            return code(Exit::Usage);
        std::erase_if(read.objects, [this](const importers::SourceObject& object) { return !wanted(object.value); });
        const importers::IngressConversion made = importers::convertIngress(read.objects, options_);
        printProblems(context, common_, made.diagnostics);
        if (made.ingresses == 0 && !hasErrors(made.diagnostics)) {
            context.err << "gatehouse: ingress: the input holds no Ingress"
                        << (options_.classes.empty() ? "" : " of the class") << '\n';
            return code(Exit::Problems);
        }
        print(context, made);
        return code(fails(read.diagnostics) || fails(made.diagnostics) ? Exit::Problems : Exit::Fine);
    }

private:
    static std::vector<std::string> clusterResources()
    {
        return {"ingresses.networking.k8s.io", "ingressclasses.networking.k8s.io", "services"};
    }

    /// -n chooses Ingresses; what they refer to may lie anywhere.
    [[nodiscard]] bool wanted(const model::Value& object) const
    {
        const model::Value* kind = object.find("kind");
        const std::string* name = kind ? kind->asString() : nullptr;
        if (!name || *name != "Ingress")
            return true;
        const model::Value* metadata = object.find("metadata");
        const model::Value* ns = metadata ? metadata->find("namespace") : nullptr;
        const std::string* text = ns ? ns->asString() : nullptr;
        return common_.wants(text ? *text : "default");
    }

    [[nodiscard]] bool fails(const std::vector<model::Diagnostic>& problems) const
    {
        return std::any_of(problems.begin(), problems.end(), [this](const model::Diagnostic& problem) {
            return problem.severity == model::Severity::Error ||
                   (strict_ && problem.severity == model::Severity::Warning);
        });
    }

    void print(Context& context, const importers::IngressConversion& made) const
    {
        if (output_ == "json") {
            context.out << importers::toJson(listOf(made.objects));
        } else {
            const char* marker = "";
            for (const model::Value& object : made.objects) {
                context.out << marker << importers::toYaml(object);
                marker = "---\n";
            }
        }
        if (!common_.quiet)
            context.err << made.ingresses << (made.ingresses == 1 ? " Ingress" : " Ingresses") << " became "
                        << counted(made.objects.size(), "object") << ": " << countProblems(made.diagnostics) << '\n';
    }

    std::vector<std::string> paths_, files_;
    ClusterOptions cluster_;
    CommonOptions common_;
    importers::IngressOptions options_;
    std::string output_ = "yaml";
    bool strict_ = false;
};

} // namespace

std::unique_ptr<Command> makeIngress()
{
    return std::make_unique<IngressCommand>();
}

} // namespace gatehouse::cli

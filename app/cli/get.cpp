#include "app/cli/commands.h"

#include "app/cli/input.h"
#include "app/cli/output/columns.h"
#include "app/cli/output/objects.h"
#include "app/cli/output/words.h"
#include "app/control/nearest.h"
#include "importers/writers.h"
#include "model/base/ascii.h"
#include "model/schema/schema.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

namespace gatehouse::cli {

namespace {

using model::Resource;

/// One word of KIND[/NAME][,KIND...].
struct Selection {
    std::string kind, group;
    bool any = false; ///< "all", or a kind that only the input knows
    std::string name;
    bool operator==(const Selection&) const = default;
};

class Get final : public Command {
public:
    void define(Parser& parser) override
    {
        parser.positional("KIND[/NAME]", kinds_,
                          "all, or kinds as kubectl knows them: gateways, gtw, httproute/shop, ...", true);
        input_.define(parser);
        common_.define(parser);
        parser.option("-o,--output", output_, "FORMAT", "table, wide, json or yaml", {"table", "wide", "json", "yaml"});
        parser.footer("Namespaces are all shown unless -n names one. Secrets are always redacted.");
    }

    int run(Context& context, const Parser&) override;

private:
    bool select(Context& context, const control::State& state, std::vector<Selection>& selections) const;
    [[nodiscard]] std::vector<const Resource*> find(const control::State& state, const Selection& selection) const;
    void printTables(Context& context, const std::vector<const Resource*>& found,
                     const model::Statuses& statuses) const;

    InputOptions input_;
    CommonOptions common_;
    std::string kinds_, output_ = "table";
};

std::vector<std::string> split(const std::string& text, char separator)
{
    std::vector<std::string> parts;
    std::size_t start = 0;
    for (std::size_t end = 0; end != std::string::npos; start = end + 1) {
        end = text.find(separator, start);
        parts.push_back(text.substr(start, end == std::string::npos ? end : end - start));
    }
    return parts;
}

/// What users may type, to suggest from.
std::vector<std::string> knownWords()
{
    std::vector<std::string> words{"all"};
    for (const model::KindSchema& kind : model::kindSchemas()) {
        words.push_back(model::lowered(std::string(kind.kind)));
        words.emplace_back(kind.plural);
    }
    return words;
}

/// A kind that no schema describes but the input holds: implementation-specific routes and policies.
std::optional<std::pair<std::string, std::string>> findOther(const model::ResourceSet& resources,
                                                             const std::string& word)
{
    for (const auto& [key, resource] : resources.others) {
        const std::string kind = model::lowered(key.kind);
        if (word == kind || word == kind + 's' || word == kind + '.' + key.group || word == kind + "s." + key.group)
            return std::pair(key.group, key.kind);
    }
    return std::nullopt;
}

bool Get::select(Context& context, const control::State& state, std::vector<Selection>& selections) const
{
    for (const std::string& word : split(kinds_, ',')) {
        const std::size_t slash = word.find('/');
        Selection selection;
        const std::string kind = word.substr(0, slash);
        if (slash != std::string::npos)
            selection.name = word.substr(slash + 1);
        if (slash != std::string::npos && selection.name.empty()) {
            usageError(context, "get: no name after '" + word + "'");
            return false;
        }
        if (model::lowered(kind) == "all") {
            selection.any = true;
        } else if (const model::KindSchema* schema = model::findKindByWord(kind)) {
            selection.kind = schema->kind;
            selection.group = schema->group;
        } else if (const auto other = findOther(*state.import.resources, model::lowered(kind))) {
            selection.group = other->first;
            selection.kind = other->second;
        } else {
            const std::string near = control::nearest(kind, knownWords());
            usageError(context, "get: unknown kind '" + kind + '\'' +
                                    (near.empty() ? std::string() : "; did you mean '" + near + "'?"));
            return false;
        }
        if (std::find(selections.begin(), selections.end(), selection) == selections.end())
            selections.push_back(std::move(selection));
    }
    return true;
}

std::vector<const Resource*> Get::find(const control::State& state, const Selection& selection) const
{
    std::vector<const Resource*> found;
    state.import.resources->forEach([&](const Resource& resource) {
        // Endpoints are kept as EndpointSlices, and asked for by either name.
        const bool kind =
            selection.any || (resource.key.kind == selection.kind && resource.key.group == selection.group);
        if (kind && (selection.name.empty() || resource.name() == selection.name) &&
            common_.wants(resource.namespace_()))
            found.push_back(&resource);
    });
    return found;
}

/// Each object once, and the objects of a kind together: kinds in the order in which they were first found.
std::vector<const Resource*> eachOnce(const std::vector<const Resource*>& found)
{
    using Kind = std::pair<std::string, std::string>;
    const auto kindOf = [](const Resource* resource) { return Kind(resource->key.group, resource->key.kind); };
    std::set<const Resource*> seen;
    std::map<Kind, std::size_t> ranks;
    std::vector<const Resource*> once;
    for (const Resource* resource : found)
        if (seen.insert(resource).second) {
            ranks.emplace(kindOf(resource), ranks.size());
            once.push_back(resource);
        }
    std::stable_sort(once.begin(), once.end(),
                     [&](const Resource* a, const Resource* b) { return ranks.at(kindOf(a)) < ranks.at(kindOf(b)); });
    return once;
}

void Get::printTables(Context& context, const std::vector<const Resource*>& found,
                      const model::Statuses& statuses) const
{
    std::set<std::string> namespaces, kinds;
    for (const Resource* resource : found) {
        if (!resource->namespace_().empty())
            namespaces.insert(resource->namespace_());
        kinds.insert(resource->key.group + '/' + resource->key.kind);
    }
    const bool withNamespace = common_.allNamespaces || namespaces.size() > 1;
    const bool wide = output_ == "wide";
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());

    for (std::size_t start = 0; start < found.size();) {
        const Resource& first = *found[start];
        const std::vector<Column> columns = columnsOf(first.key.kind);
        const bool namespaceColumn = withNamespace && !first.namespace_().empty();
        std::vector<std::string> heads;
        if (namespaceColumn)
            heads.emplace_back("NAMESPACE");
        heads.emplace_back("NAME");
        for (const Column& column : columns)
            if (wide || !column.wide)
                heads.emplace_back(column.head);
        Table table(heads);
        // As kubectl does, names carry their kind where several kinds are printed.
        const std::string prefix = kinds.size() < 2 ? ""
                                                    : model::lowered(first.key.kind) +
                                                          (first.key.group.empty() ? "" : '.' + first.key.group) + '/';
        std::size_t end = start;
        for (; end < found.size() && found[end]->key.kind == first.key.kind && found[end]->key.group == first.key.group;
             ++end) {
            const Resource& resource = *found[end];
            const auto status = statuses.find(resource.key);
            const Row row{resource, status == statuses.end() ? nullptr : status->second.get(), now};
            std::vector<Cell> cells;
            if (namespaceColumn)
                cells.emplace_back(resource.namespace_());
            cells.emplace_back(prefix + resource.name());
            for (const Column& column : columns)
                if (wide || !column.wide)
                    cells.push_back(column.cell(row));
            table.add(std::move(cells));
        }
        if (start > 0)
            context.out << '\n';
        table.print(context.out, common_.outStyle(context).colour);
        start = end;
    }
}

int Get::run(Context& context, const Parser&)
{
    const Loaded loaded = loadInput(context, {input_, common_, false, true});
    if (!loaded.state)
        return loaded.exitCode;
    std::vector<Selection> selections;
    if (!select(context, *loaded.state, selections))
        return code(Exit::Usage);

    int exitCode = loaded.exitCode;
    std::vector<const Resource*> found;
    for (const Selection& selection : selections) {
        const std::vector<const Resource*> some = find(*loaded.state, selection);
        if (some.empty() && !selection.name.empty()) {
            context.err << "gatehouse: " << (selection.any ? "object" : selection.kind) << " \"" << selection.name
                        << "\" not found\n";
            exitCode = std::max(exitCode, code(Exit::Problems));
        }
        found.insert(found.end(), some.begin(), some.end());
    }
    found = eachOnce(found);
    const auto statuses = printedStatuses(*loaded.state);
    if (output_ == "json" || output_ == "yaml") {
        std::vector<model::Value> items;
        for (const Resource* resource : found)
            items.push_back(printedObject(*resource, statuses));
        const model::Value list = listOf(std::move(items));
        context.out << (output_ == "json" ? importers::toJson(list) : importers::toYaml(list));
    } else if (found.empty()) {
        if (exitCode == 0)
            context.err << "No resources found"
                        << (common_.namespace_.empty() ? "" : " in namespace " + common_.namespace_) << '\n';
    } else {
        printTables(context, found, statuses);
    }
    return exitCode;
}

} // namespace

std::unique_ptr<Command> makeGet()
{
    return std::make_unique<Get>();
}

} // namespace gatehouse::cli

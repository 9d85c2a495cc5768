#include "model/topology/owners.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace gatehouse::model {
namespace {

/// "example.com/owner" -> "owner"
std::string_view nameOf(std::string_view key)
{
    const std::size_t slash = key.rfind('/');
    return slash == std::string_view::npos ? key : key.substr(slash + 1);
}

/// Less is better; nothing: the key says nothing of owners.
std::optional<int> rankOf(std::string_view key)
{
    if (key == "gatehouse.dev/owner")
        return 0;
    if (nameOf(key) == "owner")
        return 1;
    if (nameOf(key) == "team")
        return 2;
    return std::nullopt;
}

std::optional<NamespaceOwner> declaredOwner(const Namespace& resource)
{
    std::optional<NamespaceOwner> best;
    int bestRank = 0;
    for (const auto* texts : {&resource.meta.annotations, &resource.meta.labels})
        for (const auto& [key, value] : *texts) {
            const auto rank = rankOf(key);
            if (rank && !value.empty() && (!best || *rank < bestRank)) {
                best = NamespaceOwner{value, key};
                bestRank = *rank;
            }
        }
    return best;
}

/// "" without a folder.
std::string folderOf(const std::string& file)
{
    const std::size_t slash = file.rfind('/');
    return slash == std::string::npos ? std::string() : file.substr(0, slash);
}

/// The one value that all have; nothing when there are several, or none.
struct OnlyOne {
    std::optional<std::string> value;
    bool several = false;

    void add(const std::string& text)
    {
        several = several || (value && *value != text);
        if (!value)
            value = text;
    }
    [[nodiscard]] bool holds() const { return value && !several && !value->empty(); }
};

struct Sources {
    OnlyOne file, folder;
};

} // namespace

std::map<std::string, NamespaceOwner> namespaceOwners(const ResourceSet& resources, const Topology& topology)
{
    Sources all;
    std::map<std::string, Sources> byNamespace;
    for (const TopologyNode& node : topology.nodes) {
        if (!node.source.known() || node.key.name.namespace_.empty())
            continue;
        for (Sources* sources : {&all, &byNamespace[node.key.name.namespace_]}) {
            sources->file.add(*node.source.file);
            sources->folder.add(folderOf(*node.source.file));
        }
    }
    std::map<std::string, NamespaceOwner> owners;
    for (const auto& [name, sources] : byNamespace) {
        if (sources.file.holds() && !all.file.holds())
            owners[name] = {std::string(nameOf(*sources.file.value)), {}};
        else if (sources.folder.holds() && !all.folder.holds())
            owners[name] = {std::string(nameOf(*sources.folder.value)) + '/', {}};
    }
    for (const std::string& name : topology.namespaces)
        if (const auto found = resources.namespaces.find({{}, name}); found != resources.namespaces.end())
            if (auto owner = declaredOwner(*found->second))
                owners[name] = *std::move(owner);
    return owners;
}

} // namespace gatehouse::model

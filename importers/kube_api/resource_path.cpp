#include "importers/kube_api/resource_path.h"

#include <algorithm>

namespace gatehouse::importers {
namespace {

bool serves(const ApiKind& kind, const std::string& subresource)
{
    if (subresource.empty())
        return true;
    if (subresource == "status")
        return kind.hasStatus;
    // Real servers let a Namespace be finalized by its own subresource; nothing here needs it.
    return std::find(kind.subresources.begin(), kind.subresources.end(), subresource) != kind.subresources.end();
}

} // namespace

std::optional<ResourcePath> resourcePath(const ApiRequest& request)
{
    const std::vector<std::string>& path = request.path;
    const bool core = !path.empty() && path[0] == "api";
    const std::size_t prefix = core ? 2 : 3;
    if (path.size() <= prefix || (!core && path[0] != "apis"))
        return std::nullopt;
    const std::string group = core ? std::string() : path[1];
    ResourcePath found;
    found.version = path[prefix - 1];

    auto at = path.begin() + static_cast<std::ptrdiff_t>(prefix);
    const auto rest = [&] { return path.end() - at; };
    // namespaces/NS/RESOURCE is a resource in a namespace, unless it is a subresource of the Namespace itself.
    if (*at == "namespaces" && rest() > 2 && !(core && (at[2] == "status" || at[2] == "finalize"))) {
        found.namespace_ = at[1];
        at += 2;
    }
    found.kind = findApiKind(group, found.version, *at++);
    if (!found.kind)
        return std::nullopt;
    if (rest() > 0)
        found.name = *at++;
    if (rest() > 0)
        found.subresource = *at++;
    const bool scoped =
        found.kind->namespaced ? found.name.empty() || !found.namespace_.empty() : found.namespace_.empty();
    if (rest() > 0 || !scoped || !serves(*found.kind, found.subresource))
        return std::nullopt;
    return found;
}

} // namespace gatehouse::importers

#include "importers/kube_api/listing.h"

#include "model/schema/base64.h"

#include <charconv>

namespace gatehouse::importers {
namespace {

using model::ObjectName;
using model::Unexpected;
using model::Value;

/// Where a list goes on: the version of its first page, and the last object shown.
struct Continuation {
    std::uint64_t version = 0;
    ObjectName last;
};

std::string encode(const Continuation& from)
{
    return model::encodeBase64(std::to_string(from.version) + '\n' + from.last.namespace_ + '\n' + from.last.name);
}

std::optional<Continuation> decode(const std::string& token)
{
    const auto text = model::decodeBase64(token);
    if (!text)
        return std::nullopt;
    const std::size_t first = text->find('\n'), second = text->find('\n', first + 1);
    if (first == std::string::npos || second == std::string::npos)
        return std::nullopt;
    const auto version = readVersion(text->substr(0, first));
    if (!version)
        return std::nullopt;
    return Continuation{*version, {text->substr(first + 1, second - first - 1), text->substr(second + 1)}};
}

/// Whether the state asked for by resourceVersion and resourceVersionMatch can be shown: the present one always, an
/// older one never, a future one not yet.
std::optional<ApiError> checkVersion(const ApiRequest& request, std::uint64_t now)
{
    const std::string& match = request.parameter("resourceVersionMatch");
    const auto version = readVersion(request.parameter("resourceVersion"));
    if (!version)
        return badRequest("invalid resource version \"" + request.parameter("resourceVersion") + '"');
    if (match != "" && match != "Exact" && match != "NotOlderThan")
        return badRequest("resourceVersionMatch: Unsupported value: \"" + match + '"');
    if (*version > now) {
        ApiError error;
        error.code = 504;
        error.reason = "Timeout";
        error.message = "Too large resource version: " + std::to_string(*version) + ", current: " + std::to_string(now);
        error.retryAfterSeconds = 1;
        error.causes.push_back({"ResourceVersionTooLarge", "Too large resource version", {}});
        return error;
    }
    if (match == "Exact" && *version != now)
        return expired("The provided resource version is no longer available: " + std::to_string(*version));
    return std::nullopt;
}

struct Page {
    std::vector<ObjectPtr> objects;
    std::size_t remaining = 0;
};

Page collect(ObjectStore& store, const ResourcePath& path, const Selection& selection, const Continuation& from,
             std::size_t limit)
{
    Page page;
    store.each(*path.kind, path.namespace_, [&](const ObjectStore::Slot& slot) {
        const StoredObject& object = *slot.object;
        if (!from.last.name.empty() && object.name <= from.last)
            return;
        if (!selection.all() && !selection.matches(*object.document))
            return;
        if (limit != 0 && page.objects.size() == limit)
            ++page.remaining;
        else
            page.objects.push_back(slot.object);
    });
    return page;
}

} // namespace

std::optional<std::uint64_t> readVersion(const std::string& text)
{
    std::uint64_t version = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, version);
    if (text.empty())
        return 0;
    return error == std::errc() && stop == end ? std::optional(version) : std::nullopt;
}

Answer<ApiResponse> listObjects(ObjectStore& store, const ApiRequest& request, const ResourcePath& path,
                                const Shown& shown)
{
    const auto selection = readSelection(request, *path.kind);
    if (!selection)
        return Unexpected{selection.error()};
    const auto limit = readVersion(request.parameter("limit"));
    if (!limit)
        return Unexpected{badRequest("limit is no number")};
    Continuation from;
    from.version = store.version();
    if (const std::string& token = request.parameter("continue"); !token.empty()) {
        const auto decoded = decode(token);
        if (!decoded)
            return Unexpected{badRequest("continue key is not valid")};
        from = *decoded;
    } else if (auto error = checkVersion(request, store.version())) {
        return Unexpected{std::move(*error)};
    }
    Page page = collect(store, path, *selection, from, *limit);
    Value metadata = Value::object();
    metadata.set("resourceVersion", std::to_string(from.version));
    if (page.remaining > 0) {
        metadata.set("continue", encode({from.version, page.objects.back()->name}));
        if (selection->all())
            metadata.set("remainingItemCount", static_cast<std::int64_t>(page.remaining));
    }
    return showList(page.objects, std::move(metadata), shown);
}

} // namespace gatehouse::importers

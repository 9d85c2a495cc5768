#include "importers/kube_api/watches.h"

#include "importers/decode/versions.h"
#include "importers/kube_api/api_documents.h"
#include "importers/kube_api/listing.h"
#include "importers/kube_api/value_tools.h"
#include "importers/writers.h"

#include <algorithm>

namespace gatehouse::importers {
namespace {

using model::Unexpected;
using model::Value;

bool isTrue(const std::string& parameter)
{
    return parameter == "true" || parameter == "1";
}

void appendEvent(std::string& text, std::string_view type, const std::string& object)
{
    text += "{\"type\":\"";
    text += type;
    text += "\",\"object\":";
    text += object;
    text += "}\n";
}

void appendObject(std::string& text, std::string_view type, const Value& document, const Shown& shown)
{
    appendEvent(text, type, objectLine(document, shown));
}

/// An event that holds nothing but a version: the client may continue from there.
void appendBookmark(std::string& text, const Shown& shown, std::uint64_t version, bool endOfInitial)
{
    Value metadata = Value::object();
    metadata.set("resourceVersion", std::to_string(version));
    if (shown.form.shape == AnswerForm::Shape::Table)
        return appendEvent(text, "BOOKMARK", toJson(toTable({shown.kind, {}, metadata, "None", shown.now}), 0));
    metadata.set("creationTimestamp", nullptr);
    if (endOfInitial)
        metadata.set("annotations", Value::object()).set("k8s.io/initial-events-end", "true");
    const bool partial = shown.form.shape == AnswerForm::Shape::PartialMetadata;
    Value object = Value::object();
    object.set("kind", partial ? std::string_view("PartialObjectMetadata") : shown.kind->kind);
    object.set("apiVersion", partial ? "meta.k8s.io/v1" : joinApiVersion(shown.kind->group, shown.version));
    object.set("metadata", std::move(metadata));
    appendEvent(text, "BOOKMARK", toJson(object, 0));
}

ApiError tooOld(std::uint64_t version, std::uint64_t oldest)
{
    return expired("too old resource version: " + std::to_string(version) + " (" + std::to_string(oldest) + ')');
}

/// Streaming lists have to say how old their data may be (KEP-3157).
std::optional<ApiError> checkInitialEvents(const ApiRequest& request, const ApiKind& kind)
{
    const bool named = request.hasParameter("sendInitialEvents");
    const std::string& match = request.parameter("resourceVersionMatch");
    if (named && match != "NotOlderThan")
        return invalid(kind, "",
                       {{"FieldValueForbidden",
                         "Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan",
                         "resourceVersionMatch"}});
    if (!named && !match.empty())
        return invalid(kind, "",
                       {{"FieldValueForbidden",
                         "Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided",
                         "resourceVersionMatch"}});
    return std::nullopt;
}

} // namespace

void Watches::appendInitial(const Watch& watch, std::string& text) const
{
    store_.each(*watch.shown.kind, watch.namespace_, [&](const ObjectStore::Slot& slot) {
        if (watch.selection.matches(*slot.object->document))
            appendObject(text, "ADDED", *slot.object->document, watch.shown);
    });
}

Answer<ApiResponse> Watches::open(const ApiRequest& request, const ResourcePath& path, const Shown& shown)
{
    auto selection = readSelection(request, *path.kind);
    if (!selection)
        return Unexpected{selection.error()};
    if (auto error = checkInitialEvents(request, *path.kind))
        return Unexpected{std::move(*error)};
    const auto version = readVersion(request.parameter("resourceVersion"));
    const auto timeout = readVersion(request.parameter("timeoutSeconds"));
    if (!version || !timeout)
        return Unexpected{badRequest("resourceVersion and timeoutSeconds are numbers")};
    if (watches_.size() >= most_)
        return Unexpected{tooManyRequests("too many watches are open; close some or raise the limit", 1)};
    const bool streamList = isTrue(request.parameter("sendInitialEvents"));
    const EventLog& log = store_.log(*path.kind);
    // Version 0 means "any": what there is now, then what follows. Versions of the future are another server's.
    const bool initial = streamList || (*version == 0 && !request.hasParameter("sendInitialEvents"));
    const bool fromNow = initial || *version == 0;
    if (*version > store_.version() || (!fromNow && *version < log.forgotten))
        return Unexpected{tooOld(*version, log.forgotten)};

    Watch watch{shown,
                path.namespace_,
                std::move(*selection),
                fromNow ? store_.version() : *version,
                isTrue(request.parameter("allowWatchBookmarks")),
                std::chrono::system_clock::time_point::max()};
    watch.shown.form.yaml = false; // a stream of JSON lines
    if (!path.name.empty())
        watch.selection.fields.push_back({{"metadata", "name"}, path.name, true});
    constexpr std::uint64_t longest = 7 * 24 * 3600;
    if (*timeout > 0)
        watch.deadline = shown.now + std::chrono::seconds(std::min(*timeout, longest));
    ApiResponse response;
    if (initial)
        appendInitial(watch, response.body);
    if (streamList)
        appendBookmark(response.body, watch.shown, watch.reached, true);
    const std::uint64_t id = ++lastId_;
    watches_.emplace(id, std::move(watch));
    KindWatches& ofKind = byKind_[path.kind];
    if (ofKind.ids.empty())
        ofKind.woken = std::max(ofKind.woken, log.newest);
    ofKind.ids.push_back(id);
    response.watch = id;
    response.body += next(id, shown.now).text;
    return response;
}

KubeApi::WatchPiece Watches::next(std::uint64_t id, std::chrono::system_clock::time_point now)
{
    const auto found = watches_.find(id);
    if (found == watches_.end())
        return {{}, true};
    Watch& watch = found->second;
    const EventLog& log = store_.log(*watch.shown.kind);
    KubeApi::WatchPiece piece;
    if (watch.reached < log.forgotten) {
        appendEvent(piece.text, "ERROR", toJson(statusValue(tooOld(watch.reached, log.forgotten)), 0));
        piece.ended = true;
        return piece;
    }
    watch.shown.now = now;
    if (watch.reached < log.newest) {
        auto event = std::upper_bound(log.events.begin(), log.events.end(), watch.reached,
                                      [](std::uint64_t version, const StoreEvent& e) { return version < e.version; });
        for (; event != log.events.end(); ++event) {
            const StoredObject& any = event->after ? *event->after : *event->before;
            if (!watch.namespace_.empty() && any.name.namespace_ != watch.namespace_)
                continue;
            const bool after = event->after && watch.selection.matches(*event->after->document);
            const bool before = event->before && watch.selection.matches(*event->before->document);
            if (after)
                appendObject(piece.text, before ? "MODIFIED" : "ADDED", *event->after->document, watch.shown);
            else if (before) {
                // It is gone, or no longer selected: what was known of it last, at the version of this change.
                Value last = *event->before->document;
                memberObject(last, "metadata").set("resourceVersion", std::to_string(event->version));
                appendObject(piece.text, "DELETED", last, watch.shown);
            }
        }
    }
    watch.reached = store_.version();
    piece.ended = now >= watch.deadline;
    return piece;
}

std::string Watches::bookmark(std::uint64_t id) const
{
    std::string text;
    const auto found = watches_.find(id);
    if (found != watches_.end() && found->second.bookmarks)
        appendBookmark(text, found->second.shown, found->second.reached, false);
    return text;
}

void Watches::close(std::uint64_t id)
{
    const auto found = watches_.find(id);
    if (found == watches_.end())
        return;
    std::erase(byKind_[found->second.shown.kind].ids, id);
    watches_.erase(found);
}

std::vector<std::uint64_t> Watches::takeWoken()
{
    std::vector<std::uint64_t> woken;
    for (auto& [kind, watches] : byKind_) {
        const std::uint64_t newest = store_.log(*kind).newest;
        if (newest != watches.woken)
            woken.insert(woken.end(), watches.ids.begin(), watches.ids.end());
        watches.woken = newest;
    }
    return woken;
}

} // namespace gatehouse::importers

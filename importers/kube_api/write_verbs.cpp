#include "importers/kube_api/body_reader.h"
#include "importers/kube_api/kube_api_impl.h"
#include "importers/kube_api/scale.h"
#include "importers/kube_api/value_tools.h"

// Create, replace and delete, as requests ask for them.

namespace gatehouse::importers {

using model::Unexpected;
using model::Value;

namespace {

Value successStatus(const StoredObject& object)
{
    Value details = Value::object();
    details.set("name", object.name.name);
    if (!object.kind->group.empty())
        details.set("group", object.kind->group);
    details.set("kind", object.kind->plural);
    details.set("uid", metadataText(*object.document, "uid"));
    Value status = Value::object();
    status.set("kind", "Status");
    status.set("apiVersion", "v1");
    status.set("metadata", Value::object());
    status.set("status", "Success");
    status.set("details", std::move(details));
    return status;
}

/// Whether the data plane has to look at a write: it reads the kind, and not its status (a Pod's excepted).
bool concernsModel(const ApiKind& kind, const std::string& subresource)
{
    return kind.schema && (subresource != "status" || kind.kind == "Pod");
}

} // namespace

Answer<KubeApi::Outcome> KubeApi::Impl::outcomeOf(const Call& call, Answer<Written> written)
{
    if (!written)
        return Unexpected{written.error()};
    const StoredObject& object = *written->object;
    Outcome outcome;
    outcome.response = render(object, call, written->created ? 201 : 200);
    outcome.response.warnings = std::move(written->warnings);
    outcome.changed = written->cascaded || (written->changed && concernsModel(call.kind(), call.path.subresource));
    if (written->changed && !written->gone) {
        outcome.written = ObjectId{std::string(call.kind().group), std::string(call.kind().plural),
                                   object.name.namespace_, object.name.name};
        outcome.request = call.request;
        outcome.request.body.clear();
    }
    return outcome;
}

Answer<KubeApi::Outcome> KubeApi::Impl::create(const Call& call)
{
    const auto write = readWriteRequest(call.request, call.path);
    if (!write)
        return Unexpected{write.error()};
    auto body = readObjectBody(call.request);
    if (!body)
        return Unexpected{body.error()};
    return outcomeOf(call, writer.create(*write, std::move(*body)));
}

Answer<KubeApi::Outcome> KubeApi::Impl::replace(const Call& call)
{
    const auto write = readWriteRequest(call.request, call.path);
    if (!write)
        return Unexpected{write.error()};
    auto body = readObjectBody(call.request);
    if (!body)
        return Unexpected{body.error()};
    return replaceWith(call, *write, std::move(*body));
}

Answer<KubeApi::Outcome> KubeApi::Impl::replaceWith(const Call& call, const WriteRequest& write, Value body)
{
    if (call.path.subresource != "scale")
        return outcomeOf(call, writer.update(write, std::move(body)));
    const ObjectPtr live = store.find(call.kind(), call.name());
    if (!live)
        return Unexpected{notFound(call.kind(), call.path.name)};
    auto scaled = scaledBy(*live->document, body, call.kind());
    if (!scaled)
        return Unexpected{scaled.error()};
    return outcomeOf(call, writer.update(write, std::move(*scaled)));
}

Answer<KubeApi::Outcome> KubeApi::Impl::remove(const Call& call)
{
    const auto write = readWriteRequest(call.request, call.path);
    if (!write)
        return Unexpected{write.error()};
    const auto conditions = readDeleteOptions(call.request);
    if (!conditions)
        return Unexpected{conditions.error()};
    Answer<Written> removed = writer.remove(*write, *conditions);
    if (!removed || !removed->gone)
        return outcomeOf(call, std::move(removed));
    Outcome outcome;
    outcome.response = showValue(successStatus(*removed->object), call.shown.form);
    outcome.response.warnings = std::move(removed->warnings);
    outcome.changed = removed->cascaded || (removed->changed && concernsModel(call.kind(), {}));
    return outcome;
}

Answer<KubeApi::Outcome> KubeApi::Impl::removeCollection(const Call& call)
{
    const auto write = readWriteRequest(call.request, call.path);
    if (!write)
        return Unexpected{write.error()};
    const auto selection = readSelection(call.request, call.kind());
    if (!selection)
        return Unexpected{selection.error()};
    auto conditions = readDeleteOptions(call.request);
    if (!conditions)
        return Unexpected{conditions.error()};
    *conditions = {{}, {}, conditions->propagation}; // preconditions are of one object
    std::vector<ObjectPtr> selected;
    store.each(call.kind(), call.path.namespace_, [&](const ObjectStore::Slot& slot) {
        // Only what clients own can be deleted; the rest of the collection is none of their business.
        if (slot.object->origin == Origin::Applied && selection->matches(*slot.object->document))
            selected.push_back(slot.object);
    });
    Outcome outcome;
    for (const ObjectPtr& object : selected) {
        WriteRequest one = *write;
        one.name = object->name;
        if (!store.find(call.kind(), object->name))
            continue; // it went with its owner
        const auto removed = writer.remove(one, *conditions);
        if (!removed)
            return Unexpected{removed.error()};
        outcome.changed = outcome.changed || removed->cascaded || (removed->changed && concernsModel(call.kind(), {}));
    }
    Value metadata = Value::object();
    metadata.set("resourceVersion", std::to_string(store.version()));
    outcome.response = showList(selected, std::move(metadata), call.shown);
    return outcome;
}

std::optional<Answer<KubeApi::Outcome>> KubeApi::Impl::keepDefinition(const Call& call)
{
    if (call.kind().kind != "CustomResourceDefinition")
        return std::nullopt;
    const bool post = call.request.method == "POST";
    std::string name = call.path.name;
    if (post) {
        const auto body = readObjectBody(call.request);
        if (!body)
            return Unexpected{body.error()};
        name = metadataText(*body, "name");
    }
    const ObjectPtr live = store.find(call.kind(), {{}, name});
    if (!live)
        return Unexpected{
            forbidden(call.kind(), name, "Gatehouse serves the Gateway API's own definitions and no others")};
    if (post)
        return Unexpected{alreadyExists(call.kind(), name)};
    if (call.request.method != "PUT" && call.request.method != "PATCH")
        return Unexpected{forbidden(call.kind(), name, "the definition is built in")};
    Written written;
    written.object = live;
    written.warnings.push_back("CustomResourceDefinition " + name + " is built in; it stays as it is");
    return outcomeOf(call, std::move(written));
}

} // namespace gatehouse::importers

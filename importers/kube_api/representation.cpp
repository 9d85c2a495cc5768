#include "importers/kube_api/representation.h"

#include "importers/decode/versions.h"
#include "importers/kube_api/api_documents.h"
#include "importers/writers.h"

namespace gatehouse::importers {
namespace {

using model::Value;
using Shape = AnswerForm::Shape;

std::string parameter(const MediaType& type, const std::string& name)
{
    const auto found = type.parameters.find(name);
    return found == type.parameters.end() ? std::string() : found->second;
}

/// The shape that a media type's "as" means; nullopt for one that is not served.
std::optional<Shape> shapeOf(const MediaType& type)
{
    const std::string as = parameter(type, "as");
    if (as.empty())
        return Shape::Whole;
    if (parameter(type, "g") != "meta.k8s.io" || parameter(type, "v") != "v1")
        return std::nullopt;
    if (as == "Table")
        return Shape::Table;
    if (as == "PartialObjectMetadata" || as == "PartialObjectMetadataList")
        return Shape::PartialMetadata;
    return std::nullopt;
}

Value table(const std::vector<const Value*>& objects, Value metadata, const Shown& shown)
{
    return toTable({shown.kind, objects, std::move(metadata), shown.form.includeObject, shown.now});
}

Value resourceVersionOf(const Value& document)
{
    Value metadata = Value::object();
    const Value* own = document.find("metadata");
    if (const Value* version = own ? own->find("resourceVersion") : nullptr)
        metadata.set("resourceVersion", *version);
    return metadata;
}

/// The value to print of one object, or null when it is the document itself.
std::optional<Value> reshaped(const Value& document, const Shown& shown)
{
    switch (shown.form.shape) {
    case Shape::Table:
        return table({&document}, resourceVersionOf(document), shown);
    case Shape::PartialMetadata:
        return partialMetadata(document);
    case Shape::Whole:
        break;
    }
    return std::nullopt;
}

} // namespace

std::optional<AnswerForm> answerForm(const ApiRequest& request)
{
    AnswerForm form;
    if (request.hasParameter("includeObject"))
        form.includeObject = request.parameter("includeObject");
    for (const MediaType& type : acceptedTypes(request.accept)) {
        form.yaml = type.type == "application/yaml" || type.type == "text/yaml";
        const bool json = type.type == "application/json" || type.type == "application/*" || type.type == "*/*" ||
                          type.type == "text/plain"; // a log, and errors of whoever asked for one
        const std::optional<Shape> shape = shapeOf(type);
        if ((!json && !form.yaml) || !shape)
            continue;
        form.shape = *shape;
        return form;
    }
    return std::nullopt;
}

const Value& inVersion(const Value& document, const ApiKind& kind, const std::string& version, Value& copy)
{
    if (kind.versions.front() == version)
        return document;
    copy = document;
    copy.set("apiVersion", joinApiVersion(kind.group, version));
    return copy;
}

ApiResponse showValue(const Value& value, const AnswerForm& form, std::uint16_t status)
{
    if (!form.yaml)
        return jsonResponse(value, status);
    ApiResponse response;
    response.status = status;
    response.contentType = "application/yaml";
    response.body = toYaml(value);
    return response;
}

ApiResponse showObject(const Value& document, const Shown& shown, std::uint16_t status)
{
    Value copy;
    const Value& versioned = inVersion(document, *shown.kind, shown.version, copy);
    const std::optional<Value> other = reshaped(versioned, shown);
    return showValue(other ? *other : versioned, shown.form, status);
}

std::string objectLine(const Value& document, const Shown& shown)
{
    Value copy;
    const Value& versioned = inVersion(document, *shown.kind, shown.version, copy);
    const std::optional<Value> other = reshaped(versioned, shown);
    return toJson(other ? *other : versioned, 0);
}

ApiResponse showList(const std::vector<ObjectPtr>& objects, Value metadata, const Shown& shown)
{
    if (shown.form.shape == Shape::Table) {
        std::vector<const Value*> documents;
        documents.reserve(objects.size());
        for (const ObjectPtr& object : objects)
            documents.push_back(object->document.get());
        return showValue(table(documents, std::move(metadata), shown), shown.form);
    }
    const bool partial = shown.form.shape == Shape::PartialMetadata;
    const std::string kind = partial ? "PartialObjectMetadataList" : std::string(shown.kind->kind) + "List";
    const std::string apiVersion = partial ? "meta.k8s.io/v1" : joinApiVersion(shown.kind->group, shown.version);
    Value list = Value::object();
    list.set("kind", kind);
    list.set("apiVersion", apiVersion);
    list.set("metadata", std::move(metadata));
    if (shown.form.yaml) {
        Value& items = list.set("items", Value::array());
        Value copy;
        for (const ObjectPtr& object : objects)
            items.push(partial ? partialMetadata(*object->document)
                               : inVersion(*object->document, *shown.kind, shown.version, copy));
        return showValue(list, shown.form);
    }
    // Item by item, so that a list of thousands is not copied before it is printed.
    ApiResponse response;
    response.body = toJson(list, 0);
    response.body.back() = ',';
    response.body += "\"items\":[";
    const Shown one{shown.kind, shown.version, {partial ? Shape::PartialMetadata : Shape::Whole, false, {}}, shown.now};
    for (std::size_t i = 0; i < objects.size(); ++i) {
        response.body += i == 0 ? "" : ",";
        response.body += objectLine(*objects[i]->document, one);
    }
    response.body += "]}\n";
    return response;
}

} // namespace gatehouse::importers

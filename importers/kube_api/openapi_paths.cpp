#include "importers/kube_api/openapi.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace gatehouse::importers {
namespace {

using model::Value;

struct Parameter {
    std::string_view name, in, type, doc;
};

constexpr Parameter dryRun{"dryRun", "query", "string", "All: nothing is stored."};
constexpr Parameter fieldManager{"fieldManager", "query", "string", "Who writes."};
constexpr Parameter fieldValidation{"fieldValidation", "query", "string",
                                    "Ignore, Warn or Strict: what becomes of unknown and repeated fields."};
constexpr Parameter force{"force", "query", "boolean", "Takes fields over that others own, in a server-side apply."};
constexpr Parameter pretty{"pretty", "query", "string", "Whether the answer is indented."};
constexpr Parameter namespaceInPath{"namespace", "path", "string", "The objects' namespace."};
constexpr Parameter nameInPath{"name", "path", "string", "The object's name."};

const std::vector<Parameter> writing = {dryRun, fieldManager, fieldValidation, pretty};
const std::vector<Parameter> patching = {dryRun, fieldManager, fieldValidation, force, pretty};
const std::vector<Parameter> reading = {pretty};
const std::vector<Parameter> selecting = {
    {"continue", "query", "string", "The rest of a list that was cut short."},
    {"fieldSelector", "query", "string", "Fields of the objects wanted."},
    {"labelSelector", "query", "string", "Labels of the objects wanted."},
    {"limit", "query", "integer", "How many objects at most."},
};
const std::vector<Parameter> listing = {
    {"allowWatchBookmarks", "query", "boolean", "Whether a watch may be told how far it is."},
    {"continue", "query", "string", "The rest of a list that was cut short."},
    {"fieldSelector", "query", "string", "Fields of the objects wanted."},
    {"labelSelector", "query", "string", "Labels of the objects wanted."},
    {"limit", "query", "integer", "How many objects at most."},
    {"resourceVersion", "query", "string", "The state from which on to watch."},
    {"resourceVersionMatch", "query", "string", "How resourceVersion is meant."},
    {"sendInitialEvents", "query", "boolean", "Whether a watch starts with what there is."},
    {"timeoutSeconds", "query", "integer", "How long a watch lasts."},
    {"watch", "query", "boolean", "Tell changes as they come instead."},
    pretty,
};
const std::vector<Parameter> deleting = {
    dryRun,
    {"gracePeriodSeconds", "query", "integer", "How long it may take."},
    {"propagationPolicy", "query", "string", "What becomes of the objects that it owns."},
    pretty,
};
const std::vector<Parameter> logging = {
    {"container", "query", "string", "Whose log."},
    {"follow", "query", "boolean", "Go on with new lines as they come."},
    {"limitBytes", "query", "integer", "How much at most."},
    {"sinceSeconds", "query", "integer", "How old at most, in seconds."},
    {"sinceTime", "query", "string", "How old at most, by the clock."},
    {"tailLines", "query", "integer", "The last lines only."},
    {"timestamps", "query", "boolean", "Put the time before each line."},
};

/// What operations of one path have in common.
struct PathContext {
    OpenApiVersion openApi;
    const ServedResource& resource;
    GroupVersionKind kind;        ///< what is read and written there
    std::string_view subresource; ///< "" for the object itself
};

struct Operation {
    std::string_view method, action; ///< "patch"; what is done in the words of the API ("list", "deletecollection")
    std::vector<Parameter> parameters;
    std::string bodySchema, answerSchema; ///< "" for none; a plain text
};

std::string capitalised(std::string_view word)
{
    std::string text(word);
    if (!text.empty())
        text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
    return text;
}

/// "listGatewayV1NamespacedHTTPRoute": unique in the document.
std::string operationId(const PathContext& context, const Operation& operation, std::string_view scope)
{
    const GroupVersionKind& own = context.resource.kind;
    const std::string group = own.group.empty() ? "core" : std::string(own.group.substr(0, own.group.find('.')));
    return std::string(operation.action) + capitalised(group) + capitalised(own.version) + std::string(scope) +
           std::string(own.kind) + capitalised(context.subresource);
}

Value parameterValue(const Parameter& parameter, OpenApiVersion openApi)
{
    Value made = Value::object();
    made.set("name", parameter.name);
    made.set("in", parameter.in);
    made.set("description", parameter.doc);
    if (parameter.in == "path")
        made.set("required", true);
    if (openApi == OpenApiVersion::V3)
        made.set("schema", Value::object()).set("type", parameter.type);
    else
        made.set("type", parameter.type);
    return made;
}

/// Which forms a body may have. A strategic merge patch is taken for built-in kinds, but not listed: clients that find
/// it here make the patch from this document, which names only the fields that we read, while they know the types
/// whole.
std::vector<std::string_view> bodyTypes(const Operation& operation)
{
    if (operation.action != "patch")
        return {"application/json"};
    return {"application/apply-patch+yaml", "application/json-patch+json", "application/merge-patch+json"};
}

void setBody(Value& made, const Operation& operation, OpenApiVersion openApi)
{
    if (operation.bodySchema.empty())
        return;
    const bool optional = operation.method == "delete";
    if (openApi == OpenApiVersion::V3) {
        Value& body = made.set("requestBody", Value::object());
        Value& content = body.set("content", Value::object());
        for (const std::string_view type : bodyTypes(operation))
            content.set(type, Value::object()).set("schema", schemaReference(operation.bodySchema, openApi));
        if (!optional)
            body.set("required", true);
        return;
    }
    Value& consumes = made.set("consumes", Value::array());
    for (const std::string_view type : bodyTypes(operation))
        consumes.push(type);
    Value body = Value::object();
    body.set("name", "body");
    body.set("in", "body");
    if (!optional)
        body.set("required", true);
    body.set("schema", schemaReference(operation.bodySchema, openApi));
    made.find("parameters")->push(std::move(body));
}

Value answerValue(const Operation& operation, OpenApiVersion openApi)
{
    Value made = Value::object();
    made.set("description", operation.action == "post" ? "Created" : "OK");
    const bool isText = operation.answerSchema.empty();
    Value schema = Value::object();
    if (isText)
        schema.set("type", "string");
    else
        schema = schemaReference(operation.answerSchema, openApi);
    if (openApi == OpenApiVersion::V2) {
        made.set("schema", std::move(schema));
        return made;
    }
    Value& content = made.set("content", Value::object());
    content.set(isText ? "text/plain" : "application/json", Value::object()).set("schema", std::move(schema));
    return made;
}

Value kindValue(const GroupVersionKind& kind)
{
    Value made = Value::object();
    made.set("group", kind.group);
    made.set("kind", kind.kind);
    made.set("version", kind.version);
    return made;
}

Value operationValue(const PathContext& context, const Operation& operation, std::string_view scope)
{
    Value made = Value::object();
    made.set("description", capitalised(operation.action) + ' ' + std::string(context.resource.plural) +
                                (context.subresource.empty() ? "" : '/' + std::string(context.subresource)) + '.');
    made.set("operationId", operationId(context, operation, scope));
    Value& parameters = made.set("parameters", Value::array());
    for (const Parameter& each : operation.parameters)
        parameters.push(parameterValue(each, context.openApi));
    setBody(made, operation, context.openApi);
    Value& responses = made.set("responses", Value::object());
    responses.set(operation.action == "post" ? "201" : "200", answerValue(operation, context.openApi));
    made.set("x-kubernetes-action", operation.action);
    made.set("x-kubernetes-group-version-kind", kindValue(context.kind));
    return made;
}

class PathWriter {
public:
    PathWriter(Value& paths, const ServedResource& resource, OpenApiVersion openApi)
        : paths_(paths), resource_(resource), openApi_(openApi)
    {
        const std::string_view group = resource.kind.group;
        versionPath_ =
            (group.empty() ? "/api/" : "/apis/" + std::string(group) + '/') + std::string(resource.kind.version) + '/';
    }

    void write()
    {
        const std::string plural(resource_.plural);
        const std::string own = versionPath_ + (resource_.namespaced ? "namespaces/{namespace}/" : "") + plural;
        const std::string_view scope = resource_.namespaced ? "Namespaced" : "";
        add({own, scope, {resource_.kind, ""}, collectionOperations()});
        if (resource_.namespaced && has(resource_.verbs, "list"))
            add({versionPath_ + plural, "AllNamespaces", {resource_.kind, ""}, {listOperation()}});
        if (!has(resource_.verbs, "get"))
            return;
        add({own + "/{name}",
             scope,
             {resource_.kind, ""},
             objectOperations(schemaName(resource_.kind), resource_.verbs)});
        for (const ServedSubresource& below : resource_.subresources)
            add({own + "/{name}/" + std::string(below.name),
                 scope,
                 {below.kind, below.name},
                 below.name == "log" ? std::vector{logOperation()}
                                     : objectOperations(schemaName(below.kind), below.verbs)});
    }

private:
    struct Target {
        GroupVersionKind kind;
        std::string_view subresource;
    };
    struct PathItem {
        std::string path;
        std::string_view scope;
        Target target;
        std::vector<Operation> operations;
    };

    static bool has(const std::vector<std::string_view>& verbs, std::string_view verb)
    {
        return std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
    }

    static std::string metaSchema(std::string_view kind) { return schemaName({"meta.k8s.io", "v1", kind}); }

    [[nodiscard]] Operation listOperation() const
    {
        const std::string kind = std::string(resource_.kind.kind) + "List";
        return {"get", "list", listing, "", schemaName({resource_.kind.group, resource_.kind.version, kind})};
    }

    static Operation logOperation() { return {"get", "get", logging, "", ""}; }

    [[nodiscard]] std::vector<Operation> collectionOperations() const
    {
        std::vector<Operation> all;
        const std::string schema = schemaName(resource_.kind);
        if (has(resource_.verbs, "list"))
            all.push_back(listOperation());
        if (has(resource_.verbs, "create"))
            all.push_back({"post", "post", writing, schema, schema});
        if (has(resource_.verbs, "deletecollection")) {
            std::vector<Parameter> parameters = deleting;
            parameters.insert(parameters.end(), selecting.begin(), selecting.end());
            all.push_back({"delete", "deletecollection", std::move(parameters), metaSchema("DeleteOptions"),
                           metaSchema("Status")});
        }
        return all;
    }

    static std::vector<Operation> objectOperations(const std::string& schema,
                                                   const std::vector<std::string_view>& verbs)
    {
        std::vector<Operation> all;
        if (has(verbs, "get"))
            all.push_back({"get", "get", reading, "", schema});
        if (has(verbs, "update"))
            all.push_back({"put", "put", writing, schema, schema});
        if (has(verbs, "delete"))
            all.push_back({"delete", "delete", deleting, metaSchema("DeleteOptions"), metaSchema("Status")});
        if (has(verbs, "patch"))
            all.push_back({"patch", "patch", patching, metaSchema("Patch"), schema});
        return all;
    }

    void add(const PathItem& item)
    {
        Value made = Value::object();
        const PathContext context{openApi_, resource_, item.target.kind, item.target.subresource};
        for (const Operation& operation : item.operations)
            made.set(operation.method, operationValue(context, operation, item.scope));
        Value& parameters = made.set("parameters", Value::array());
        if (item.path.find("{namespace}") != std::string::npos)
            parameters.push(parameterValue(namespaceInPath, openApi_));
        if (item.path.find("{name}") != std::string::npos)
            parameters.push(parameterValue(nameInPath, openApi_));
        paths_.set(item.path, std::move(made));
    }

    Value& paths_;
    const ServedResource& resource_;
    OpenApiVersion openApi_;
    std::string versionPath_;
};

} // namespace

void addPaths(Value& paths, std::string_view group, std::string_view version, OpenApiVersion openApi)
{
    for (const ServedResource& each : servedResources())
        if (each.kind.group == group && each.kind.version == version)
            PathWriter(paths, each, openApi).write();
}

} // namespace gatehouse::importers

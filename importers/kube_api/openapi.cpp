#include "importers/kube_api/openapi.h"

#include "importers/kube_api/openapi_protobuf.h"
#include "importers/writers.h"

#include <cstdint>
#include <map>
#include <utility>

namespace gatehouse::importers {
namespace {

using model::Value;

using Texts = std::map<std::string, std::string, std::less<>>;

Value documentStart(std::string_view member, std::string_view version)
{
    Value made = Value::object();
    made.set(member, version);
    Value& info = made.set("info", Value::object());
    info.set("title", "Gatehouse");
    info.set("version", "v1.34.0");
    return made;
}

Value groupVersionDocument(std::string_view group, std::string_view version)
{
    Value made = documentStart("openapi", "3.0.0");
    addPaths(made.set("paths", Value::object()), group, version, OpenApiVersion::V3);
    Value& components = made.set("components", Value::object());
    addSchemas(components.set("schemas", Value::object()), group, version, OpenApiVersion::V3);
    return made;
}

/// Everything in one document, for clients from before OpenAPI 3.
Value wholeDocument()
{
    Value made = documentStart("swagger", "2.0");
    Value paths = Value::object();
    Value definitions = Value::object();
    for (const ServedGroup& group : servedGroups())
        for (const std::string_view version : group.versions) {
            addPaths(paths, group.name, version, OpenApiVersion::V2);
            addSchemas(definitions, group.name, version, OpenApiVersion::V2);
        }
    made.set("paths", std::move(paths));
    made.set("definitions", std::move(definitions));
    return made;
}

/// FNV-1a, 64 bits. Clients keep a document as long as the index names it by the same hash.
std::string hashOf(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const unsigned char c : text)
        hash = (hash ^ c) * 0x100000001b3U;
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string hex;
    for (int shift = 60; shift >= 0; shift -= 4)
        hex += digits[(hash >> shift) & 0xF];
    return hex;
}

/// All documents by path, and the protobuf form of the one that has it.
struct Documents {
    Texts texts;
    std::string v2Protobuf;
};

Documents buildDocuments()
{
    Documents made;
    Texts& texts = made.texts;
    Value index = Value::object();
    Value& paths = index.set("paths", Value::object());
    for (const ServedGroup& group : servedGroups()) {
        for (const std::string_view version : group.versions) {
            const std::string path =
                (group.name.empty() ? "api/" : "apis/" + std::string(group.name) + '/') + std::string(version);
            std::string text = toJson(groupVersionDocument(group.name, version), 0);
            Value& entry = paths.set(path, Value::object());
            entry.set("serverRelativeURL", "/openapi/v3/" + path + "?hash=" + hashOf(text));
            texts.emplace("openapi/v3/" + path, std::move(text));
        }
    }
    texts.emplace("openapi/v3", toJson(index, 0));
    const Value whole = wholeDocument();
    texts.emplace("openapi/v2", toJson(whole, 0));
    made.v2Protobuf = openApiProtobuf(whole);
    return made;
}

const Documents& documents()
{
    static const Documents made = buildDocuments();
    return made;
}

} // namespace

const std::string* openApiDocument(std::string_view path)
{
    const Texts& texts = documents().texts;
    const auto found = texts.find(path);
    return found == texts.end() ? nullptr : &found->second;
}

const std::string& openApiV2Protobuf()
{
    return documents().v2Protobuf;
}

} // namespace gatehouse::importers

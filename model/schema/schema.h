#pragma once

#include "model/base/diagnostic.h"
#include "model/base/value.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::model {

/// What a string field must look like; each has a checker and a sentence for people.
enum class Format : std::uint8_t {
    None,
    Hostname,
    PreciseHostname,
    SectionName,
    ObjectName,
    NamespaceName,
    KindName,
    GroupName,
    HeaderName,
    Duration,
    ControllerName,
    AbsoluteUri,
    CorsOrigin,
    DnsLabel,
    DnsSubdomain,
    LabelKey,
    LabelValue,
    Base64,
    DateTime,
    PortOrName,
    PathValue,
    GrpcService,
    GrpcMethod,
    Protocol,
    AddressType,
    IpAddress,
    HeaderValue,
    WellKnownCA
};

struct SchemaNode;

struct SchemaField {
    std::string_view name;
    const SchemaNode* node = nullptr;
    bool required = false;
    bool immutable = false;
    bool experimental = false; ///< pruned by the standard channel; kept here, and noted
    std::optional<Value> defaultValue;
    std::string_view doc; ///< one sentence of ours: kubectl explain, the editor's hover
};

enum class SchemaType : std::uint8_t { Object, Map, List, String, Integer, Number, Boolean, IntOrString, Any };

/// One node of our schema: types, defaults, limits, enums, immutability; facts of the CRDs v1.6.1 (experimental
/// channel), in our words. Drives validation, pruning and defaulting, and later the served OpenAPI and the editor.
/// Lifetime: static tables. Thread: immutable.
struct SchemaNode {
    SchemaType type = SchemaType::Any;
    std::vector<SchemaField> fields;                 ///< Object
    const SchemaNode* items = nullptr;               ///< List and Map
    std::vector<std::string_view> enumValues;        ///< String; Integer as decimal text
    Format format = Format::None;                    ///< String
    Format keyFormat = Format::None;                 ///< Map: of the member names
    std::optional<std::int64_t> minimum, maximum;    ///< Integer
    std::optional<std::size_t> minLength, maxLength; ///< String (code points), List items, Map members
    std::vector<std::string_view> listMapKeys;       ///< List: unique by these members
    bool listSet = false;                            ///< List: unique items
    bool preserveUnknown = false;                    ///< Object: keep members that no field names
};

/// A kind that we know: product contract section 2.
struct KindSchema {
    std::string_view group; ///< "" for core
    std::string_view kind;
    std::string_view plural;
    std::vector<std::string_view> shortNames;
    bool namespaced = true;
    std::vector<std::string_view> versions;   ///< served, newest stable first; the first is canonical
    std::vector<std::string_view> deprecated; ///< versions read with a warning; some are served as well
    const SchemaNode* root = nullptr;         ///< whole object, apiVersion and kind included
    const SchemaNode* oldRoot = nullptr;      ///< looser shape of the alpha versions; null when it is `root`
    bool hasStatus = false;                   ///< a status subresource; import drops status silently
};

/// All kinds, sorted by group and kind; one by group and kind, null when unknown; one by what a user types: kind,
/// plural, short name or plural.group, any case ("httproutes", "gtw", "Gateway"), null when unknown.
const std::vector<KindSchema>& kindSchemas();
const KindSchema* findKindSchema(std::string_view group, std::string_view kind);
const KindSchema* findKindByWord(std::string_view word);

/// The schema of objects of which only metadata is known: kinds that are kept without being executed. Its `kind` is "".
const KindSchema& unknownKindSchema();

/// Whose object a check speaks of: put into each Diagnostic.
struct CheckContext {
    std::shared_ptr<const std::string> file;
    ObjectKey object;
};

/// Validates `object` against its kind's schema, fills in defaults and prunes unknown members, in place.
/// Every problem is appended to `problems`, never only the first; an unknown field is a Warning that names the nearest
/// known one, as kubectl's --validate=warn says it; the rest are Errors. Returns true when the object had no Error.
/// Thread: any.
bool validate(const KindSchema& kind, Value& object, const CheckContext& context, std::vector<Diagnostic>& problems);

/// Checks the rules between fields that the CRDs express in CEL (semantics 3), each a named rule of ours, on an object
/// that validate() passed. Appends Errors.
void validateRules(const KindSchema& kind, const Value& object, const CheckContext& context,
                   std::vector<Diagnostic>& problems);

/// "" when `text` has the format, else a sentence that says what is wrong.
std::string checkFormat(Format format, std::string_view text);

} // namespace gatehouse::model

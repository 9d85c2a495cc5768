#include "importers/decode/decode_context.h"

namespace gatehouse::importers {
namespace {

using model::Value;

model::PolicyTargetReference readTarget(const Value& value)
{
    return {text(value, "group"), text(value, "kind"), text(value, "name"), optionalText(value, "sectionName"),
            value.position()};
}

/// Lists of references in objects of which we have no schema: what is no object is passed over.
template <class Read, class Item>
void readLenient(const Value* list, Read read, std::vector<Item>& into)
{
    if (const Value::Array* found = list ? list->asArray() : nullptr)
        for (const Value& item : *found)
            if (item.isObject())
                into.push_back(read(item));
}

} // namespace

Decoded decodeReferenceGrant(const DecodeInput& input)
{
    auto made = std::make_shared<model::ReferenceGrant>();
    fillResource(*made, input);
    made->from = readList(input.spec(), "from", [](const Value& item) {
        return model::ReferenceGrantFrom{text(item, "group"), text(item, "kind"), text(item, "namespace")};
    });
    made->to = readList(input.spec(), "to", [](const Value& item) {
        return model::ReferenceGrantTo{text(item, "group"), text(item, "kind"), optionalText(item, "name")};
    });
    return {made};
}

Decoded decodeBackendTLSPolicy(const DecodeInput& input)
{
    auto made = std::make_shared<model::BackendTLSPolicy>();
    fillResource(*made, input);
    made->targetRefs = readList(input.spec(), "targetRefs", readTarget);
    made->options = textMap(input.spec(), "options");
    if (const Value* validation = input.spec().find("validation")) {
        made->caCertificateRefs = readList(*validation, "caCertificateRefs", readObjectReference);
        made->wellKnownCACertificates = text(*validation, "wellKnownCACertificates");
        made->hostname = text(*validation, "hostname");
        made->subjectAltNames = readList(*validation, "subjectAltNames", [](const Value& item) {
            const bool isUri = text(item, "type") == "URI";
            return model::SubjectAltName{isUri, text(item, isUri ? "uri" : "hostname")};
        });
    }
    return {made};
}

Decoded decodeOther(const DecodeInput& input)
{
    auto made = std::make_shared<model::OtherResource>();
    fillResource(*made, input);
    made->isRoute = input.key.kind.ends_with("Route");
    const Value& spec = input.spec();
    readLenient(spec.find("parentRefs"), readParentReference, made->parentRefs);
    readLenient(spec.find("targetRefs"), readTarget, made->targetRefs);
    if (const Value* target = spec.find("targetRef"); target && target->isObject())
        made->targetRefs.push_back(readTarget(*target));
    return {made};
}

} // namespace gatehouse::importers

#pragma once

#include "model/api/resource_set.h"
#include "model/schema/duration.h"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::importers {

/// Readers of a Value that passed its schema: types are right, required members are there, defaults are filled in. What
/// is absent all the same gives the empty value.

std::string text(const model::Value& object, std::string_view name);
std::optional<std::string> optionalText(const model::Value& object, std::string_view name);
std::int64_t number(const model::Value& object, std::string_view name, std::int64_t otherwise = 0);
std::optional<std::uint16_t> optionalPort(const model::Value& object, std::string_view name);
std::optional<std::chrono::milliseconds> optionalDuration(const model::Value& object, std::string_view name);
std::map<std::string, std::string> textMap(const model::Value& object, std::string_view name);
std::vector<std::string> textList(const model::Value& object, std::string_view name);
const model::Value::Array& items(const model::Value& object, std::string_view name);

/// Every item of the list `name`, read by `read(const Value&)`.
template <class Read>
auto readList(const model::Value& object, std::string_view name, Read read)
{
    std::vector<decltype(read(object))> all;
    const model::Value::Array& list = items(object, name);
    all.reserve(list.size());
    for (const model::Value& item : list)
        all.push_back(read(item));
    return all;
}

/// The member `name` read by `read`, if it is there.
template <class Read>
auto readOptional(const model::Value& object, std::string_view name, Read read)
{
    const model::Value* member = object.find(name);
    return member ? std::optional(read(*member)) : std::nullopt;
}

model::ParentReference readParentReference(const model::Value& value);
model::BackendObjectReference readBackendObjectReference(const model::Value& value);
model::ObjectReference readObjectReference(const model::Value& value);
model::LabelSelector readLabelSelector(const model::Value& value);
std::vector<model::Hostname> readHostnames(const model::Value& spec);
std::vector<model::HTTPRouteFilter> readFilters(const model::Value& owner);
std::vector<model::BackendRef> readBackendRefs(const model::Value& rule);
std::vector<model::ValueMatch> readValueMatches(const model::Value& match, std::string_view name);

/// What all resources share, read before the kind's own decoder runs.
struct DecodeInput {
    model::ObjectKey key;
    std::string apiVersion;
    model::SourceLocation source;
    std::shared_ptr<const model::Value> document;
    model::Value status; ///< as written; only a Pod's is read

    [[nodiscard]] const model::Value& object() const { return *document; }
    /// spec, or an empty object.
    [[nodiscard]] const model::Value& spec() const;
};

/// Fills the part of a resource that does not depend on its kind.
void fillResource(model::Resource& resource, const DecodeInput& input);

using Decoded = std::vector<std::shared_ptr<const model::Resource>>;

// One decoder a kind. Errors: none, the input passed its schema.
Decoded decodeGatewayClass(const DecodeInput& input);
Decoded decodeGateway(const DecodeInput& input);
Decoded decodeListenerSet(const DecodeInput& input);
Decoded decodeHTTPRoute(const DecodeInput& input);
Decoded decodeGRPCRoute(const DecodeInput& input);
Decoded decodeL4Route(const DecodeInput& input);
Decoded decodeReferenceGrant(const DecodeInput& input);
Decoded decodeBackendTLSPolicy(const DecodeInput& input);
Decoded decodeNamespace(const DecodeInput& input);
Decoded decodeService(const DecodeInput& input);
Decoded decodeEndpoints(const DecodeInput& input);
Decoded decodeEndpointSlice(const DecodeInput& input);
Decoded decodeSecret(const DecodeInput& input);
Decoded decodeConfigMap(const DecodeInput& input);
Decoded decodePod(const DecodeInput& input);
Decoded decodeDeployment(const DecodeInput& input);
Decoded decodeOther(const DecodeInput& input);

} // namespace gatehouse::importers

#include "engine/routing/ca_bundle.h"

#include "model/graph/pem.h"

namespace gatehouse::routing {

const std::string* caBundleOf(const model::ResourceSet& resources, const model::ObjectReference& ref,
                              const std::string& home)
{
    if (!ref.group.empty() || ref.kind != "ConfigMap")
        return nullptr;
    const auto found = resources.configMaps.find({ref.namespace_.value_or(home), ref.name});
    if (found == resources.configMaps.end())
        return nullptr;
    const model::ConfigMap& configMap = *found->second;
    const std::string* text = nullptr;
    if (const auto plain = configMap.data.find("ca.crt"); plain != configMap.data.end())
        text = &plain->second;
    else if (const auto binary = configMap.binaryData.find("ca.crt"); binary != configMap.binaryData.end())
        text = &binary->second;
    return text && model::checkCertificates(*text).empty() ? text : nullptr;
}

} // namespace gatehouse::routing

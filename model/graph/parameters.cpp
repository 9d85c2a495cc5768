#include "model/graph/parameters.h"

namespace gatehouse::model {

std::string checkParameters(const ResourceSet& resources, const ObjectReference& ref, const std::string& home)
{
    const std::string shown = ref.kind + " \"" + ref.name + '"';
    if (!ref.group.empty() || ref.kind != "ConfigMap")
        return "parametersRef names " + shown + (ref.group.empty() ? "" : " of group " + ref.group) +
               ": this kind of parameters is not supported";
    const std::string namespace_ = ref.namespace_.value_or(home);
    if (namespace_.empty())
        return "parametersRef names " + shown + " without a namespace";
    if (!resources.configMaps.contains(ObjectName{namespace_, ref.name}))
        return "parametersRef names ConfigMap " + namespace_ + '/' + ref.name + ", which does not exist";
    return {};
}

} // namespace gatehouse::model

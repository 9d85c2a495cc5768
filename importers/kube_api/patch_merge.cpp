#include "importers/kube_api/patches.h"

namespace gatehouse::importers {

using model::Value;

void mergePatch(Value& target, const Value& patch)
{
    const Value::Object* members = patch.asObject();
    if (!members) {
        target = patch;
        return;
    }
    if (!target.isObject())
        target = Value::object();
    for (const model::Member& member : *members) {
        if (member.value.isNull()) {
            target.erase(member.name);
            continue;
        }
        Value* old = target.find(member.name);
        mergePatch(old ? *old : target.set(member.name, Value()), member.value);
    }
}

} // namespace gatehouse::importers

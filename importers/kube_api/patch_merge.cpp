#include "importers/kube_api/patches.h"
#include "importers/kube_api/value_tools.h"

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
    MemberEditor editor(target);
    for (const model::Member& member : *members) {
        if (member.value.isNull())
            editor.erase(member.name);
        else
            mergePatch(editor.make(member.name), member.value);
    }
}

} // namespace gatehouse::importers

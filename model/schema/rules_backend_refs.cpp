#include "model/schema/rules.h"

namespace gatehouse::model::rules {
namespace {

void checkPort(RuleRun& run, const Value& backend, const FieldPath& path)
{
    const Value* group = backend.find("group");
    const bool core = group && group->isString() && group->asString()->empty();
    if (core && textOf(backend, "kind") == "Service" && !has(backend, "port"))
        run.fail(backend, path.member("port"),
                 {"a reference to a Service needs a port", {}, "add the Service's port (not the container's)"});
}

} // namespace

void servicePortNeeded(RuleRun& run, const Value& spec, const FieldPath& path)
{
    eachItem(spec, "rules", path, [&](const Value& rule, const FieldPath& rulePath) {
        eachItem(rule, "backendRefs", rulePath,
                 [&](const Value& backend, const FieldPath& at) { checkPort(run, backend, at); });
    });
    eachFilter(spec, path, [&](const Value& filter, const FieldPath& at) {
        for (const std::string_view name : {"requestMirror", "externalAuth"}) {
            const Value* settings = filter.find(name);
            const Value* backend = settings ? settings->find("backendRef") : nullptr;
            if (!backend)
                continue;
            const FieldPath settingsPath = at.member(name);
            checkPort(run, *backend, settingsPath.member("backendRef"));
        }
    });
}

} // namespace gatehouse::model::rules

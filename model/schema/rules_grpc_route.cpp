#include "model/schema/rules.h"

namespace gatehouse::model::rules {
namespace {

void eachMethod(const Value& spec, const FieldPath& path, auto visit)
{
    eachItem(spec, "rules", path, [&](const Value& rule, const FieldPath& rulePath) {
        eachItem(rule, "matches", rulePath, [&](const Value& match, const FieldPath& at) {
            if (const Value* method = match.find("method"))
                visit(*method, at.member("method"));
        });
    });
}

} // namespace

void grpcMethodNotEmpty(RuleRun& run, const Value& spec, const FieldPath& path)
{
    eachMethod(spec, path, [&](const Value& method, const FieldPath& at) {
        if (method.isObject() && !has(method, "service") && !has(method, "method"))
            run.fail(method, at, {"needs service, method or both", {}, "remove method to match every call"});
    });
}

void grpcMethodCharacters(RuleRun& run, const Value& spec, const FieldPath& path)
{
    eachMethod(spec, path, [&](const Value& method, const FieldPath& at) {
        if (has(method, "type") && textOf(method, "type") != "Exact")
            return;
        const auto check = [&](std::string_view name, Format format) {
            const Value* value = method.find(name);
            if (!value || !value->isString())
                return;
            if (const std::string fault = checkFormat(format, *value->asString()); !fault.empty())
                run.fail(*value, at.member(name),
                         {'"' + *value->asString() + "\" is not valid: " + fault,
                          {},
                          "use type RegularExpression for a pattern"});
        };
        check("service", Format::GrpcService);
        check("method", Format::GrpcMethod);
    });
}

} // namespace gatehouse::model::rules

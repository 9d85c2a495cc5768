#include "importers/kube_api/printer_columns.h"

#include "model/schema/timestamp.h"

#include <algorithm>

namespace gatehouse::importers {
namespace {

using model::Value;

constexpr PrinterColumn ageColumn{"Age", "date", ".metadata.creationTimestamp"};
constexpr std::string_view acceptedPath = R"(.status.conditions[?(@.type=="Accepted")].status)";
constexpr std::string_view programmedPath = R"(.status.conditions[?(@.type=="Programmed")].status)";

/// One step of a path, cut off its front.
struct Step {
    enum class Kind { Member, Every, Filter, Broken } kind = Kind::Broken;
    std::string_view name;  ///< of the member; of the member that the filter compares
    std::string_view value; ///< what the filter compares it with
};

bool take(std::string_view& text, std::string_view prefix)
{
    if (!text.starts_with(prefix))
        return false;
    text.remove_prefix(prefix.size());
    return true;
}

std::string_view takeUntil(std::string_view& text, std::string_view ends)
{
    const std::string_view taken = text.substr(0, text.find_first_of(ends));
    text.remove_prefix(taken.size());
    return taken;
}

Step takeStep(std::string_view& path)
{
    Step step;
    if (take(path, "[*]")) {
        step.kind = Step::Kind::Every;
    } else if (take(path, "[?(@.")) {
        step.name = takeUntil(path, "=");
        if (!take(path, "==\""))
            return step;
        step.value = takeUntil(path, "\"");
        if (take(path, "\")]"))
            step.kind = Step::Kind::Filter;
    } else if (take(path, ".")) {
        step.name = takeUntil(path, ".[");
        if (!step.name.empty())
            step.kind = Step::Kind::Member;
    }
    return step;
}

bool passes(const Value& item, const Step& step)
{
    if (step.kind == Step::Kind::Every)
        return true;
    const Value* member = item.find(step.name);
    const std::string* text = member ? member->asString() : nullptr;
    return text && *text == step.value;
}

} // namespace

std::vector<PrinterColumn> customColumns(const ApiKind& kind)
{
    if (!kind.custom)
        return {};
    if (kind.kind == "GatewayClass")
        return {{"Controller", "string", ".spec.controllerName"},
                {"Accepted", "string", acceptedPath},
                ageColumn,
                {"Description", "string", ".spec.description", 1}};
    if (kind.kind == "Gateway")
        return {{"Class", "string", ".spec.gatewayClassName"},
                {"Address", "string", ".status.addresses[*].value"},
                {"Programmed", "string", programmedPath},
                ageColumn};
    if (kind.kind == "ListenerSet")
        return {{"Accepted", "string", acceptedPath}, {"Programmed", "string", programmedPath}, ageColumn};
    if (kind.kind == "HTTPRoute" || kind.kind == "GRPCRoute")
        return {{"Hostnames", "string", ".spec.hostnames"}, ageColumn};
    return {ageColumn};
}

const Value* firstAtPath(const Value& object, std::string_view jsonPath)
{
    if (jsonPath.empty())
        return &object;
    const Step step = takeStep(jsonPath);
    if (step.kind == Step::Kind::Broken)
        return nullptr;
    if (step.kind == Step::Kind::Member) {
        const Value* member = object.find(step.name);
        return member ? firstAtPath(*member, jsonPath) : nullptr;
    }
    const Value::Array* items = object.asArray();
    for (std::size_t i = 0; items && i < items->size(); ++i) {
        const Value& item = (*items)[i];
        if (!passes(item, step))
            continue;
        if (const Value* found = firstAtPath(item, jsonPath))
            return found;
    }
    return nullptr;
}

std::string ageOf(const Value* timestamp, std::chrono::system_clock::time_point now)
{
    const std::string* text = timestamp ? timestamp->asString() : nullptr;
    if (!text || text->empty())
        return "<unknown>";
    const auto time = model::parseTimestamp(*text);
    if (!time)
        return "<invalid>";
    const auto age = std::chrono::floor<std::chrono::seconds>(now) - *time;
    // Clocks of two machines may differ a little.
    if (age < std::chrono::seconds(-1))
        return "<invalid>";
    return model::formatAge(std::max(age, std::chrono::seconds(0)));
}

} // namespace gatehouse::importers

#include "importers/kube_api/table_cells.h"

#include <algorithm>

namespace gatehouse::importers {
namespace {

using model::Value;
using Time = TableColumn::Clock::time_point;

bool isTrue(const Value& object, std::string_view path)
{
    const Value* found = firstAtPath(object, path);
    return found && found->asBool().value_or(false);
}

/// What a container that does not simply run tells; "" when it runs.
std::string troubleOf(const Value& container)
{
    if (std::string reason = textAt(container, ".state.waiting.reason"); !reason.empty())
        return reason;
    const Value* ended = firstAtPath(container, ".state.terminated");
    if (!ended)
        return {};
    if (std::string reason = textAt(*ended, ".reason"); !reason.empty())
        return reason;
    if (const std::int64_t signal = integerAt(*ended, ".signal"); signal != 0)
        return "Signal:" + std::to_string(signal);
    return "ExitCode:" + std::to_string(integerAt(*ended, ".exitCode"));
}

/// The init container that is not done yet: "Init:1/2", or what is wrong with it; "" when all are.
std::string initStatus(const Value& pod)
{
    const Value::Array& all = listAt(pod, ".status.initContainerStatuses");
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Value* ended = firstAtPath(all[i], ".state.terminated");
        const bool sidecar = isTrue(all[i], ".started"); // a container that goes on beside the others
        if (sidecar || (ended && integerAt(*ended, ".exitCode") == 0))
            continue;
        const std::string trouble = troubleOf(all[i]);
        if (!trouble.empty() && trouble != "PodInitializing")
            return "Init:" + trouble;
        return "Init:" + std::to_string(i) + '/' +
               std::to_string(std::max(all.size(), listAt(pod, ".spec.initContainers").size()));
    }
    return {};
}

/// The one word that tells most about a Pod: a container's trouble before the Pod's phase.
std::string podStatus(const Value& pod)
{
    const std::string reason = textAt(pod, ".status.reason", textAt(pod, ".status.phase", "Unknown"));
    if (!textAt(pod, ".metadata.deletionTimestamp").empty())
        return reason == "NodeLost" ? "Unknown" : "Terminating";
    if (const std::string init = initStatus(pod); !init.empty())
        return init;
    std::string told = reason;
    bool running = false;
    const Value::Array& all = listAt(pod, ".status.containerStatuses");
    for (auto container = all.rbegin(); container != all.rend(); ++container) {
        if (const std::string trouble = troubleOf(*container); !trouble.empty())
            told = trouble;
        else
            running = running || (isTrue(*container, ".ready") && firstAtPath(*container, ".state.running"));
    }
    if (told == "Completed" && running)
        return textAt(pod, R"(.status.conditions[?(@.type=="Ready")].status)") == "True" ? "Running" : "NotReady";
    return told;
}

std::string podReady(const Value& pod)
{
    const Value::Array& all = listAt(pod, ".status.containerStatuses");
    const auto ready = std::count_if(all.begin(), all.end(), [](const Value& each) { return isTrue(each, ".ready"); });
    return std::to_string(ready) + '/' + std::to_string(listAt(pod, ".spec.containers").size());
}

/// How often, and how long ago the last time.
std::string restarts(const Value& pod, Time now)
{
    std::int64_t count = 0;
    const Value* last = nullptr;
    for (const Value& each : listAt(pod, ".status.containerStatuses")) {
        count += integerAt(each, ".restartCount");
        const Value* ended = firstAtPath(each, ".lastState.terminated.finishedAt");
        // RFC 3339 times in UTC sort as text.
        if (ended && ended->isString() && (!last || *last->asString() < *ended->asString()))
            last = ended;
    }
    return std::to_string(count) + (count > 0 && last ? " (" + ageOf(last, now) + " ago)" : "");
}

std::string readinessGates(const Value& pod)
{
    const Value::Array& gates = listAt(pod, ".spec.readinessGates");
    if (gates.empty())
        return "<none>";
    std::int64_t met = 0;
    for (const Value& gate : gates)
        for (const Value& condition : listAt(pod, ".status.conditions"))
            met +=
                textAt(condition, ".type") == textAt(gate, ".conditionType") && textAt(condition, ".status") == "True";
    return std::to_string(met) + '/' + std::to_string(gates.size());
}

/// One member of each container of a Pod template, such as its name.
std::string ofContainers(const Value& object, std::string_view member)
{
    std::vector<std::string> all;
    for (const Value& container : listAt(object, ".spec.template.spec.containers"))
        all.push_back(textAt(container, member));
    return joined(all);
}

/// A label selector in the form that `kubectl get -l` takes.
std::string selectorText(const Value& object)
{
    std::vector<std::string> all;
    if (sizeAt(object, ".spec.selector.matchLabels") > 0)
        all.push_back(labelText(firstAtPath(object, ".spec.selector.matchLabels")));
    for (const Value& each : listAt(object, ".spec.selector.matchExpressions")) {
        const std::string key = textAt(each, ".key");
        const std::string op = textAt(each, ".operator");
        std::vector<std::string> values;
        for (const Value& value : listAt(each, ".values"))
            values.push_back(value.asString() ? *value.asString() : std::string());
        if (op == "Exists")
            all.push_back(key);
        else if (op == "DoesNotExist")
            all.push_back('!' + key);
        else
            all.push_back(key + (op == "NotIn" ? " notin (" : " in (") + joined(values) + ')');
    }
    return all.empty() ? "<none>" : joined(all);
}

/// The columns that Deployments and ReplicaSets have behind their age.
void addTemplateColumns(std::vector<TableColumn>& columns)
{
    columns.push_back(
        {"Containers", "string", 1, [](const Value& o, Time) { return Value(ofContainers(o, ".name")); }});
    columns.push_back({"Images", "string", 1, [](const Value& o, Time) { return Value(ofContainers(o, ".image")); }});
    columns.push_back({"Selector", "string", 1, [](const Value& o, Time) { return Value(selectorText(o)); }});
}

std::string nodeStatus(const Value& node)
{
    const std::string ready = textAt(node, R"(.status.conditions[?(@.type=="Ready")].status)");
    const std::string told = ready == "True" ? "Ready" : ready.empty() ? "Unknown" : "NotReady";
    return told + (isTrue(node, ".spec.unschedulable") ? ",SchedulingDisabled" : "");
}

std::string nodeRoles(const Value& node)
{
    constexpr std::string_view prefix = "node-role.kubernetes.io/";
    const Value* labels = firstAtPath(node, ".metadata.labels");
    const Value::Object* members = labels ? labels->asObject() : nullptr;
    std::vector<std::string> roles;
    for (std::size_t i = 0; members && i < members->size(); ++i)
        if ((*members)[i].name.starts_with(prefix) && (*members)[i].name.size() > prefix.size())
            roles.push_back((*members)[i].name.substr(prefix.size()));
    std::sort(roles.begin(), roles.end());
    return roles.empty() ? "<none>" : joined(roles);
}

} // namespace

std::vector<TableColumn> podColumns()
{
    return {
        {"Ready", "string", 0, [](const Value& o, Time) { return Value(podReady(o)); }},
        {"Status", "string", 0, [](const Value& o, Time) { return Value(podStatus(o)); }},
        {"Restarts", "string", 0, [](const Value& o, Time now) { return Value(restarts(o, now)); }},
        ageColumn(),
        {"IP", "string", 1,
         [](const Value& o, Time) {
             return Value(textAt(o, ".status.podIPs[*].ip", textAt(o, ".status.podIP", "<none>")));
         }},
        {"Node", "string", 1, [](const Value& o, Time) { return Value(textAt(o, ".spec.nodeName", "<none>")); }},
        {"Nominated Node", "string", 1,
         [](const Value& o, Time) { return Value(textAt(o, ".status.nominatedNodeName", "<none>")); }},
        {"Readiness Gates", "string", 1, [](const Value& o, Time) { return Value(readinessGates(o)); }},
    };
}

std::vector<TableColumn> deploymentColumns()
{
    std::vector<TableColumn> columns = {
        {"Ready", "string", 0,
         [](const Value& o, Time) {
             return Value(std::to_string(integerAt(o, ".status.readyReplicas")) + '/' +
                          std::to_string(integerAt(o, ".spec.replicas", 1)));
         }},
        {"Up-to-date", "string", 0,
         [](const Value& o, Time) { return Value(std::to_string(integerAt(o, ".status.updatedReplicas"))); }},
        {"Available", "string", 0,
         [](const Value& o, Time) { return Value(std::to_string(integerAt(o, ".status.availableReplicas"))); }},
        ageColumn(),
    };
    addTemplateColumns(columns);
    return columns;
}

std::vector<TableColumn> replicaSetColumns()
{
    std::vector<TableColumn> columns = {
        {"Desired", "integer", 0, [](const Value& o, Time) { return Value(integerAt(o, ".spec.replicas", 1)); }},
        {"Current", "integer", 0, [](const Value& o, Time) { return Value(integerAt(o, ".status.replicas")); }},
        {"Ready", "integer", 0, [](const Value& o, Time) { return Value(integerAt(o, ".status.readyReplicas")); }},
        ageColumn(),
    };
    addTemplateColumns(columns);
    return columns;
}

std::vector<TableColumn> nodeColumns()
{
    return {
        {"Status", "string", 0, [](const Value& o, Time) { return Value(nodeStatus(o)); }},
        {"Roles", "string", 0, [](const Value& o, Time) { return Value(nodeRoles(o)); }},
        ageColumn(),
        {"Version", "string", 0,
         [](const Value& o, Time) { return Value(textAt(o, ".status.nodeInfo.kubeletVersion")); }},
        {"Internal-IP", "string", 1,
         [](const Value& o, Time) {
             return Value(textAt(o, R"(.status.addresses[?(@.type=="InternalIP")].address)", "<none>"));
         }},
        {"External-IP", "string", 1,
         [](const Value& o, Time) {
             return Value(textAt(o, R"(.status.addresses[?(@.type=="ExternalIP")].address)", "<none>"));
         }},
        {"OS-Image", "string", 1,
         [](const Value& o, Time) { return Value(textAt(o, ".status.nodeInfo.osImage", "<unknown>")); }},
        {"Kernel-Version", "string", 1,
         [](const Value& o, Time) { return Value(textAt(o, ".status.nodeInfo.kernelVersion", "<unknown>")); }},
        {"Container-Runtime", "string", 1,
         [](const Value& o, Time) {
             return Value(textAt(o, ".status.nodeInfo.containerRuntimeVersion", "<unknown>"));
         }},
    };
}

} // namespace gatehouse::importers

#include "app/control/cluster_source.h"

#include "app/control/subprocess.h"
#include "importers/object_reader.h"
#include "model/schema/schema.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

namespace gatehouse::control {

namespace {

using model::Value;

constexpr const char* unreachableCode = "GH3201";
constexpr const char* partlyCode = "GH3202";

std::string joined(const std::vector<std::string>& words, char separator)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : std::string(1, separator)) + word;
    return text;
}

/// What kubectl printed to complain, on one line.
std::string words(const ProcessResult& result)
{
    std::string text = result.err;
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
        text.pop_back();
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2)
        text.replace(at, 1, "; ");
    return text;
}

class ClusterReader {
public:
    ClusterReader(const ClusterQuery& query, const std::stop_token& stop) : query_(query), limits_{.stop = stop} {}

    ClusterTexts read()
    {
        const auto present = presentResources();
        if (!present)
            return std::move(result_);
        if (present->empty()) {
            problem(model::Severity::Error, unreachableCode, "the cluster has none of " + joined(query_.resources, ','),
                    "install the Gateway API's CRDs, or choose another context");
            return std::move(result_);
        }
        // One call for the small kinds, and one for each that may be large: a call's output is one text.
        std::vector<std::vector<std::string>> calls{{}};
        for (const std::string& resource : *present) {
            const bool large = resource == "pods" || resource.starts_with("endpoint") || resource == "services";
            if (large)
                calls.push_back({resource});
            else
                calls.front().push_back(resource);
        }
        for (const std::vector<std::string>& call : calls)
            if (!call.empty() && !get({joined(call, ','), "--all-namespaces"}, shown(""), model::Severity::Error))
                return std::move(result_);
        if (query_.references)
            readReferences();
        return std::move(result_);
    }

private:
    void problem(model::Severity severity, const char* code, std::string message, std::string remedy = {})
    {
        model::Diagnostic& added = result_.problems.emplace_back();
        added.severity = severity;
        added.code = code;
        added.message = std::move(message);
        added.remedy = std::move(remedy);
    }

    [[nodiscard]] std::string shown(const std::string& what) const
    {
        return "<cluster" + (query_.context.empty() ? "" : ' ' + query_.context) + (what.empty() ? "" : ' ' + what) +
               '>';
    }

    [[nodiscard]] ProcessResult kubectl(std::vector<std::string> arguments) const
    {
        std::vector<std::string> command{"kubectl"};
        if (!query_.context.empty())
            command.push_back("--context=" + query_.context);
        command.insert(command.end(), arguments.begin(), arguments.end());
        command.emplace_back("--request-timeout=50s");
        return runProcess(command, limits_);
    }

    /// False, and a problem of that severity, when it did not succeed.
    bool succeeded(const ProcessResult& result, const std::string& what, model::Severity severity)
    {
        const char* code = severity == model::Severity::Error ? unreachableCode : partlyCode;
        if (result.notFound)
            problem(severity, code, "--from-cluster needs kubectl, which is not in PATH",
                    "install it (Debian: apt install kubernetes-client; else kubernetes.io/docs/tasks/tools)");
        else if (!result.failure.empty())
            problem(severity, code, "kubectl " + what + ' ' + result.failure);
        else if (result.exitCode != 0)
            problem(severity, code,
                    "kubectl " + what + " failed: " +
                        (words(result).empty() ? "exit code " + std::to_string(result.exitCode) : words(result)));
        else
            return true;
        return false;
    }

    /// Those of the wanted resources that the cluster has; nullopt when it could not be asked.
    std::optional<std::vector<std::string>> presentResources()
    {
        const ProcessResult found = kubectl({"api-resources", "--verbs=list", "--output=name"});
        // An aggregated API that is down makes it fail after it has printed everything else.
        const bool partly = found.failure.empty() && found.exitCode != 0 && !found.out.empty();
        if (!succeeded(found, "api-resources", partly ? model::Severity::Warning : model::Severity::Error) && !partly)
            return std::nullopt;
        std::set<std::string> names;
        std::istringstream lines(found.out);
        for (std::string line; std::getline(lines, line);)
            names.insert(line);
        std::vector<std::string> present;
        for (const std::string& resource : query_.resources)
            if (names.contains(resource))
                present.push_back(resource);
        return present;
    }

    bool get(std::vector<std::string> arguments, const std::string& name, model::Severity severity)
    {
        const std::string what = "get " + arguments.front();
        arguments.insert(arguments.begin(), "get");
        arguments.emplace_back("--output=json");
        arguments.emplace_back("--ignore-not-found");
        ProcessResult got = kubectl(std::move(arguments));
        if (!succeeded(got, what, severity))
            return false;
        if (!got.out.empty())
            result_.texts.emplace_back(name, std::move(got.out));
        return true;
    }

    using Wanted = std::map<std::pair<std::string, std::string>, std::set<std::string>>; ///< resource, namespace: names

    static std::string text(const Value& object, std::string_view name, const std::string& otherwise)
    {
        const Value* member = object.find(name);
        const std::string* found = member ? member->asString() : nullptr;
        return found && !found->empty() ? *found : otherwise;
    }

    static void addReference(const Value& ref, const std::string& ownNamespace, const char* usualKind, Wanted& wanted)
    {
        const std::string kind = text(ref, "kind", usualKind), name = text(ref, "name", "");
        const bool secret = kind == "Secret", isOurs = text(ref, "group", "").empty();
        if (isOurs && !name.empty() && (secret || kind == "ConfigMap"))
            wanted[{secret ? "secrets" : "configmaps", text(ref, "namespace", ownNamespace)}].insert(name);
    }

    /// Wherever they stand: in listeners, in a Gateway's own TLS settings, in policies.
    static void addReferences(const Value& value, const std::string& ownNamespace, Wanted& wanted)
    {
        if (const Value::Array* items = value.asArray())
            for (const Value& item : *items)
                addReferences(item, ownNamespace, wanted);
        const Value::Object* members = value.asObject();
        if (!members)
            return;
        for (const model::Member& member : *members) {
            if (member.name == "certificateRefs" || member.name == "caCertificateRefs") {
                const char* usual = member.name == "certificateRefs" ? "Secret" : "ConfigMap";
                if (const Value::Array* refs = member.value.asArray())
                    for (const Value& ref : *refs)
                        addReference(ref, ownNamespace, usual, wanted);
            } else if (member.name == "clientCertificateRef") {
                addReference(member.value, ownNamespace, "Secret", wanted);
            } else {
                addReferences(member.value, ownNamespace, wanted);
            }
        }
    }

    void readReferences()
    {
        Wanted wanted;
        for (const importers::SourceObject& object : importers::readObjects({}, nullptr, result_.texts).objects) {
            const Value* spec = object.value.find("spec");
            const Value* metadata = object.value.find("metadata");
            if (spec && text(object.value, "apiVersion", "").starts_with("gateway.networking"))
                addReferences(*spec, metadata ? text(*metadata, "namespace", "default") : "default", wanted);
        }
        for (const auto& [where, names] : wanted) {
            const auto& [resource, namespace_] = where;
            std::vector<std::string> arguments{resource};
            arguments.insert(arguments.end(), names.begin(), names.end());
            arguments.push_back("--namespace=" + namespace_);
            get(std::move(arguments), shown(resource), model::Severity::Warning);
        }
    }

    const ClusterQuery& query_;
    const ProcessLimits limits_;
    ClusterTexts result_;
};

} // namespace

std::vector<std::string> readResources()
{
    std::vector<std::string> names;
    for (const model::KindSchema& kind : model::kindSchemas())
        if (kind.kind != "Secret" && kind.kind != "ConfigMap")
            names.push_back(std::string(kind.plural) + (kind.group.empty() ? "" : '.' + std::string(kind.group)));
    return names;
}

ClusterTexts readCluster(const ClusterQuery& query, const std::stop_token& stop)
{
    return ClusterReader(query, stop).read();
}

ClusterContexts readContexts(const std::stop_token& stop)
{
    ClusterContexts contexts;
    const ProcessLimits limits{.stop = stop};
    const ProcessResult names = runProcess({"kubectl", "config", "get-contexts", "--output=name"}, limits);
    if (names.notFound)
        contexts.fault = "kubectl is not in PATH; install it (Debian: apt install kubernetes-client)";
    else if (!names.failure.empty())
        contexts.fault = "kubectl " + names.failure;
    else if (names.exitCode != 0)
        contexts.fault = "kubectl: " + words(names);
    if (!contexts.fault.empty())
        return contexts;
    std::istringstream lines(names.out);
    for (std::string line; std::getline(lines, line);)
        if (!line.empty())
            contexts.names.push_back(line);
    // It fails where no context is the current one, which is no fault.
    std::istringstream current(runProcess({"kubectl", "config", "current-context"}, limits).out);
    std::getline(current, contexts.current);
    return contexts;
}

void addProblems(importers::ImportResult& import, const ClusterTexts& cluster)
{
    import.unreadable = import.unreadable || hasErrors(cluster.problems);
    import.diagnostics.insert(import.diagnostics.begin(), cluster.problems.begin(), cluster.problems.end());
}

} // namespace gatehouse::control

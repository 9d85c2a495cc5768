#include "model/schema/rules.h"

#include <algorithm>

namespace gatehouse::model {
namespace rules {

void RuleRun::fail(const Value& at, const FieldPath& path, Fault fault)
{
    Diagnostic problem;
    problem.severity = Severity::Error;
    problem.code = code_;
    problem.message = std::move(fault.message);
    problem.expected = std::move(fault.expected);
    problem.remedy = std::move(fault.remedy);
    problem.location = {context_.file, at.position()};
    problem.fieldPath = path.text();
    problem.object = context_.object;
    problems_.push_back(std::move(problem));
}

const std::string& textOf(const Value& object, std::string_view name)
{
    static const std::string none;
    const Value* member = object.find(name);
    const std::string* text = member ? member->asString() : nullptr;
    return text ? *text : none;
}

bool has(const Value& object, std::string_view name)
{
    return object.find(name) != nullptr;
}

const Value::Array& itemsOf(const Value& object, std::string_view name)
{
    static const Value::Array none;
    const Value* member = object.find(name);
    const Value::Array* items = member ? member->asArray() : nullptr;
    return items ? *items : none;
}

bool sameMember(const Value& a, const Value& b, std::string_view name)
{
    const Value* x = a.find(name);
    const Value* y = b.find(name);
    return x && y ? *x == *y : x == y;
}

/// The CEL rules of the CRDs v1.6.1, experimental channel. That listener names, perPort ports and header names are
/// unique is in the schema (list map keys), and so are the characters of label keys.
const std::vector<Rule>& allRules()
{
    const std::vector<std::string_view> listeners = {"Gateway", "ListenerSet"};
    const std::vector<std::string_view> gateway = {"Gateway"};
    const std::vector<std::string_view> routes = {"HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"};
    const std::vector<std::string_view> http = {"HTTPRoute"};
    const std::vector<std::string_view> grpc = {"GRPCRoute"};
    const std::vector<std::string_view> l7 = {"HTTPRoute", "GRPCRoute"};
    const std::vector<std::string_view> policy = {"BackendTLSPolicy"};
    static const std::vector<Rule> all = {
        {"listener-without-tls", "GH1201", listeners, listenerWithoutTls},
        {"https-terminates", "GH1202", listeners, httpsTerminates},
        {"tls-needs-mode", "GH1203", listeners, tlsNeedsMode},
        {"listener-without-hostname", "GH1204", listeners, listenerWithoutHostname},
        {"listeners-distinct", "GH1205", listeners, listenersDistinct},
        {"terminate-needs-certificate", "GH1206", listeners, terminateNeedsCertificate},
        {"addresses-unique", "GH1207", gateway, addressesUnique},
        {"address-value", "GH1208", gateway, addressValue},
        {"label-selector-operators", "GH1209", listeners, labelSelectorOperators},
        {"parent-refs-tell-apart", "GH1210", routes, parentRefsTellApart},
        {"parent-refs-unique", "GH1211", routes, parentRefsUnique},
        {"path-value", "GH1220", http, pathValue},
        {"total-matches", "GH1221", l7, totalMatches},
        {"rule-names-unique", "GH1222", routes, ruleNamesUnique},
        {"redirect-without-backends", "GH1223", http, redirectWithoutBackends},
        {"prefix-replacement-needs-prefix", "GH1224", http, prefixReplacementNeedsPrefix},
        {"timeout-order", "GH1225", http, timeoutOrder},
        {"session-persistence-settings", "GH1226", l7, sessionPersistenceSettings},
        {"filter-union", "GH1230", l7, filterUnion},
        {"filters-not-repeated", "GH1231", l7, filtersNotRepeated},
        {"redirect-or-rewrite", "GH1232", http, redirectOrRewrite},
        {"path-modifier-union", "GH1233", http, pathModifierUnion},
        {"mirror-share", "GH1234", l7, mirrorShare},
        {"cors-wildcard-alone", "GH1235", http, corsWildcardAlone},
        {"external-auth-protocol", "GH1236", http, externalAuthProtocol},
        {"service-port-needed", "GH1240", routes, servicePortNeeded},
        {"grpc-method-not-empty", "GH1250", grpc, grpcMethodNotEmpty},
        {"grpc-method-characters", "GH1251", grpc, grpcMethodCharacters},
        {"ca-certificate-source", "GH1260", policy, caCertificateSource},
        {"target-refs-tell-apart", "GH1261", policy, targetRefsTellApart},
        {"target-refs-unique", "GH1262", policy, targetRefsUnique},
        {"subject-alt-name-union", "GH1263", policy, subjectAltNameUnion},
    };
    return all;
}

} // namespace rules

void validateRules(const KindSchema& kind, const Value& object, const CheckContext& context,
                   std::vector<Diagnostic>& problems)
{
    const Value* spec = object.find("spec");
    if (kind.group.empty() || !spec || !spec->isObject())
        return;
    const FieldPath root;
    for (const rules::Rule& rule : rules::allRules()) {
        if (std::find(rule.kinds.begin(), rule.kinds.end(), kind.kind) == rule.kinds.end())
            continue;
        rules::RuleRun run(rule.code, context, problems);
        rule.check(run, *spec, root.member("spec"));
    }
}

} // namespace gatehouse::model

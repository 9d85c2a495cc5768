// Requests go where the Ingress specification says: random sets of Ingresses are turned into Gateway API objects, which
// are resolved and compiled as any others, and every answer is compared with a naive reading of the Ingress.

#include <QtTest>

#include "engine/routing/bind_plan.h"
#include "engine/routing/explain.h"
#include "engine/routing/snapshot.h"
#include "importers/ingress/ingress.h"
#include "importers/writers.h"

#include <random>
#include <set>

using namespace gatehouse;

namespace {

struct NaivePath {
    std::string path, service;
    bool exact = false;
};

struct NaiveIngress {
    std::string name;
    std::vector<std::pair<std::string, std::vector<NaivePath>>> rules; ///< by host; "" is all
    std::string defaultService;
};

constexpr const char* hosts[] = {"", "a.test", "b.test", "*.b.test", "x.a.test", "*.a.test"};
constexpr const char* paths[] = {"/", "/a", "/a/", "/a/b", "/ab", "/b", "/a/b/c"};
constexpr const char* askedHosts[] = {"a.test", "b.test", "z.b.test", "x.a.test", "y.a.test", "elsewhere.example"};
constexpr const char* askedPaths[] = {"/", "/a", "/a/", "/a/b", "/a/bc", "/ab", "/a/b/c", "/a/b/c/d", "/b/x", "/z"};

std::string trimmed(std::string path)
{
    if (path.size() > 1 && path.back() == '/')
        path.pop_back();
    return path;
}

bool matches(const NaivePath& rule, const std::string& path)
{
    if (rule.exact)
        return rule.path == path;
    const std::string prefix = trimmed(rule.path);
    return prefix == "/" || path == prefix || path.starts_with(prefix + '/');
}

/// The host first: a precise one, then the wildcard of its first label, then the rules of all hosts.
std::vector<std::string> levels(const std::string& host)
{
    return {host, '*' + host.substr(host.find('.')), ""};
}

/// Which Service gets the request; "" for none.
std::string naive(const std::vector<NaiveIngress>& ingresses, const std::string& host, const std::string& path)
{
    for (const std::string& level : levels(host)) {
        const NaivePath* best = nullptr;
        std::string fallback;
        bool known = false;
        for (const NaiveIngress& ingress : ingresses)
            for (const auto& [ruleHost, rulePaths] : ingress.rules) {
                if (ruleHost != level)
                    continue;
                known = true;
                if (fallback.empty() && !level.empty())
                    fallback = ingress.defaultService;
                for (const NaivePath& each : rulePaths) {
                    if (!matches(each, path))
                        continue;
                    const auto rank = [](const NaivePath& p) {
                        return std::tuple(trimmed(p.path).size(), p.exact, p.path.size());
                    };
                    if (!best || rank(each) > rank(*best))
                        best = &each;
                }
            }
        if (level.empty()) // a default backend is for all hosts, whatever rules its Ingress has
            for (const NaiveIngress& ingress : ingresses)
                if (fallback.empty())
                    fallback = ingress.defaultService;
        if (best)
            return best->service;
        if (known || level.empty())
            return fallback;
    }
    return {};
}

std::string written(const NaiveIngress& ingress)
{
    std::string text = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: " + ingress.name +
                       ", namespace: shop}\nspec:\n  ingressClassName: test\n";
    if (!ingress.defaultService.empty())
        text += "  defaultBackend: {service: {name: " + ingress.defaultService + ", port: {number: 80}}}\n";
    if (!ingress.rules.empty())
        text += "  rules:\n";
    for (const auto& [host, rulePaths] : ingress.rules) {
        text += "  - http:\n      paths:\n";
        for (const NaivePath& path : rulePaths)
            text += "      - {path: \"" + path.path + "\", pathType: " + (path.exact ? "Exact" : "Prefix") +
                    ", backend: {service: {name: " + path.service + ", port: {number: 80}}}}\n";
        if (!host.empty())
            text += "    host: \"" + host + "\"\n";
    }
    return text + "---\n";
}

std::vector<NaiveIngress> randomSet(std::mt19937& random)
{
    const auto pick = [&](std::size_t n) { return random() % n; };
    std::vector<NaiveIngress> set(1 + pick(3));
    int service = 0;
    for (std::size_t i = 0; i < set.size(); ++i) {
        set[i].name = "i" + std::to_string(i);
        const std::size_t rules = pick(4);
        std::set<std::string> used;
        for (std::size_t r = 0; r < rules; ++r) {
            const std::string host = hosts[pick(std::size(hosts))];
            if (!used.insert(host).second)
                continue;
            std::vector<NaivePath> rulePaths(1 + pick(4));
            for (NaivePath& path : rulePaths)
                path = {paths[pick(std::size(paths))], "s" + std::to_string(service++), pick(3) == 0};
            set[i].rules.emplace_back(host, std::move(rulePaths));
        }
        if (set[i].rules.empty() || pick(3) == 0)
            set[i].defaultService = "s" + std::to_string(service++);
    }
    return set;
}

std::shared_ptr<const routing::Snapshot> compiled(const std::string& manifests, std::string& problems)
{
    importers::ManifestImporter importer;
    const importers::ImportResult imported = importer.importTexts({{"made.yaml", manifests}});
    for (const model::Diagnostic& problem : imported.diagnostics)
        if (problem.severity == model::Severity::Error)
            problems += toString(problem) + '\n';
    const auto graph = std::make_shared<const model::Graph>(model::resolve(imported.resources));
    for (const model::RouteNode& route : graph->routes)
        for (const model::ParentNode& parent : route.parents)
            if (!parent.accepted)
                problems += toString(route.resource->key) + " is refused\n";
    const routing::BindPlan plan = routing::planBinds(*graph, {}, routing::HostFacts{true, 0});
    std::vector<model::Diagnostic> more;
    return routing::compile(graph, plan, {}, more);
}

/// The Service that the made objects send a request to; "" for none.
std::string routed(const routing::Snapshot& snapshot, const std::string& host, const std::string& path)
{
    routing::ExplainRequest request;
    request.authority = host;
    request.path = path;
    const routing::Explanation explanation = routing::explain(snapshot, request);
    if (explanation.backends.empty())
        return {};
    const std::string& backend = explanation.backends.front().backend; // "shop/s1:80"
    return backend.substr(5, backend.find(':') - 5);
}

} // namespace

class TstIngressRouting : public QObject {
    Q_OBJECT

private slots:
    void requestsGoWhereTheIngressSays()
    {
        std::mt19937 random(4242);
        int served = 0, refused = 0;
        for (int round = 0; round < 400; ++round) {
            const std::vector<NaiveIngress> set = randomSet(random);
            std::string input, all;
            for (const NaiveIngress& ingress : set)
                input += written(ingress);
            const importers::ReadObjects read = importers::readObjects({}, nullptr, {{"in.yaml", input}});
            const importers::IngressConversion made = importers::convertIngress(read.objects, {});
            QVERIFY2(!hasErrors(made.diagnostics), input.c_str());
            std::string manifests, problems;
            for (const model::Value& object : made.objects)
                manifests += importers::toYaml(object) + "---\n";
            for (int service = 0; service < 60; ++service)
                manifests += "apiVersion: v1\nkind: Service\nmetadata: {name: s" + std::to_string(service) +
                             ", namespace: shop}\nspec: {ports: [{port: 80}]}\n---\n";
            const auto snapshot = compiled(manifests, problems);
            QVERIFY2(problems.empty(), (problems + input).c_str());
            for (const std::string host : askedHosts)
                for (const std::string path : askedPaths) {
                    const std::string expected = naive(set, host, path), actual = routed(*snapshot, host, path);
                    (expected.empty() ? refused : served) += 1;
                    QVERIFY2(expected == actual, ("round " + std::to_string(round) + ": " + host + path + " goes to '" +
                                                  actual + "', not '" + expected + "'\n" + input)
                                                     .c_str());
                }
        }
        QVERIFY(served > 5000 && refused > 1000); // both happen often enough to mean something
    }
};

QTEST_APPLESS_MAIN(TstIngressRouting)
#include "tst_ingress_routing.moc"

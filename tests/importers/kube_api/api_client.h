#pragma once

// First: moc cannot parse <compare> before another standard header.
#include <QtTest>

#include "importers/decode/object_pipeline.h"
#include "importers/json/json_reader.h"
#include "importers/kube_api/kube_api.h"
#include "importers/writers.h"
#include "importers/yaml/manifest_reader.h"

#include <charconv>
#include <string>
#include <vector>

/// What a request carries besides its target.
struct SentBody {
    std::string body, contentType = "application/json", accept = "application/json", userAgent = "test/1.0";
};

/// A client of a KubeApi with a clock and names of its own: every test runs at 2026-01-02T03:04:05Z until it moves it.
class ApiClient {
public:
    explicit ApiClient(std::size_t watchHistory = 4096, std::size_t watches = 10'000)
        : api(options(watchHistory, watches))
    {
    }

    using Sent = SentBody;

    gatehouse::importers::KubeApi::Outcome handle(const std::string& method, const std::string& target, Sent sent = {})
    {
        gatehouse::importers::ApiRequest request;
        request.method = method;
        if (!gatehouse::importers::splitTarget(target, request))
            qFatal("bad target %s", target.c_str());
        request.body = sent.body;
        request.contentType = sent.contentType;
        request.accept = sent.accept;
        request.userAgent = sent.userAgent;
        return api.handle(request);
    }

    /// The response after finish(), as a client gets it.
    gatehouse::importers::ApiResponse send(const std::string& method, const std::string& target, Sent sent = {})
    {
        last = api.finish(handle(method, target, std::move(sent)));
        return last;
    }

    /// The same with the body read: JSON.
    gatehouse::model::Value ask(const std::string& method, const std::string& target, Sent sent = {})
    {
        return parse(send(method, target, std::move(sent)).body);
    }

    static gatehouse::model::Value parse(const std::string& json)
    {
        std::vector<gatehouse::model::Diagnostic> problems;
        std::vector<gatehouse::model::Value> values;
        gatehouse::importers::ProblemList list(nullptr, problems);
        gatehouse::importers::readJson({json, 1, true}, {}, values, list);
        return values.empty() ? gatehouse::model::Value() : std::move(values.front());
    }

    static gatehouse::model::Value yaml(const std::string& text)
    {
        std::vector<gatehouse::model::Diagnostic> problems;
        std::vector<gatehouse::model::Value> values;
        if (!gatehouse::importers::readYaml(text, nullptr, {}, values, problems) || values.empty())
            qFatal("the test's YAML does not parse: %s", text.c_str());
        return std::move(values.front());
    }

    /// What stands at "spec.rules[0].name", as text: JSON for what is no string, "-" for nothing.
    static QString at(const gatehouse::model::Value& value, std::string_view path)
    {
        const gatehouse::model::Value* here = &value;
        while (here && !path.empty()) {
            if (path.front() == '.')
                path.remove_prefix(1);
            if (path.front() == '[') {
                std::size_t index = 0;
                const std::size_t end = path.find(']');
                std::from_chars(path.data() + 1, path.data() + end, index);
                const auto* items = here->asArray();
                here = items && index < items->size() ? &(*items)[index] : nullptr;
                path.remove_prefix(end + 1);
                continue;
            }
            std::size_t end = path.find_first_of(".[");
            std::string name(path.substr(0, end));
            if (name.starts_with('\'')) { // a name with dots
                end = path.find('\'', 1);
                name = path.substr(1, end - 1);
                end = end + 1 == path.size() ? std::string_view::npos : end + 1;
            }
            here = here->find(name);
            path.remove_prefix(end == std::string_view::npos ? path.size() : end);
        }
        if (!here)
            return "-";
        return QString::fromStdString(here->isString() ? *here->asString() : gatehouse::importers::toJson(*here, 0));
    }
    /// The same of what GET answers.
    QString get(const std::string& target, std::string_view path) { return at(ask("GET", target), path); }

    /// Everything that a watch has to say, one event a line: "ADDED name", ...
    QStringList events(std::uint64_t watch) { return summary(api.nextEvents(watch).text); }
    static QStringList summary(const std::string& text)
    {
        QStringList lines;
        for (const QString& line : QString::fromStdString(text).split('\n', Qt::SkipEmptyParts)) {
            const gatehouse::model::Value event = parse(line.toStdString());
            const QString name = at(event, "object.metadata.name");
            lines += at(event, "type") + ' ' + (name == "-" ? at(event, "object.reason") : name);
        }
        return lines;
    }

    /// Applies a manifest with POST; stops the test's program when that fails.
    gatehouse::model::Value create(const std::string& target, const std::string& manifest)
    {
        gatehouse::model::Value made = ask("POST", target, {manifest, "application/yaml"});
        if (last.status != 201)
            qFatal("POST %s: %s", target.c_str(), last.body.c_str());
        return made;
    }

private:
    gatehouse::importers::KubeApiOptions options(std::size_t watchHistory, std::size_t watches)
    {
        gatehouse::importers::KubeApiOptions made;
        made.clock = [this] { return now; };
        made.newUid = [this] {
            std::string number = std::to_string(++uids);
            return "00000000-0000-4000-8000-" + std::string(12 - number.size(), '0') + number;
        };
        made.logs = [this](const gatehouse::importers::LogQuery& query) {
            logQuery = query;
            return std::optional<std::string>("a line\n");
        };
        made.watchHistory = watchHistory;
        made.watches = watches;
        return made;
    }

public:
    std::chrono::system_clock::time_point now = std::chrono::system_clock::from_time_t(1767323045);
    int uids = 0;
    gatehouse::importers::LogQuery logQuery;
    gatehouse::importers::ApiResponse last;
    gatehouse::importers::KubeApi api;
};

namespace paths {
inline const std::string gateways = "/apis/gateway.networking.k8s.io/v1/namespaces/default/gateways";
inline const std::string routes = "/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes";
inline const std::string classes = "/apis/gateway.networking.k8s.io/v1/gatewayclasses";
inline const std::string configMaps = "/api/v1/namespaces/default/configmaps";
inline const std::string secrets = "/api/v1/namespaces/default/secrets";
inline const std::string services = "/api/v1/namespaces/default/services";
inline const std::string pods = "/api/v1/namespaces/default/pods";
inline const std::string deployments = "/apis/apps/v1/namespaces/default/deployments";
} // namespace paths

namespace manifests {
inline std::string route(const std::string& name, const std::string& more = {})
{
    return "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: " + name +
           "}\nspec:\n  parentRefs: [{name: gw}]\n" + more;
}
inline const std::string gateway = R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw}
spec:
  gatewayClassName: gatehouse
  listeners: [{name: http, port: 80, protocol: HTTP}]
)";
inline std::string configMap(const std::string& name, const std::string& more = {})
{
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\ndata: {a: \"1\"}\n" + more;
}
} // namespace manifests

#pragma once

#include "app/control/session.h"
#include "app/testing/judge.h"

#include <string>

namespace gatehouse::testing {

/// The State of a Gateway ns/gw with an HTTP listener on port 80 and what `text` adds. Services web, api and gone2 of
/// port 80 are there.
inline std::shared_ptr<const control::State> stateOf(const std::string& text, const control::Config& config = {})
{
    const std::string base = R"(
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: ns}
spec:
  gatewayClassName: gatehouse
  listeners:
  - {name: http, protocol: HTTP, port: 80}
  - {name: tcp, protocol: TCP, port: 5432}
---
{apiVersion: v1, kind: Service, metadata: {name: web, namespace: ns}, spec: {ports: [{port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: api, namespace: ns}, spec: {ports: [{port: 80}]}}
---
)";
    control::Config full = config;
    full.host = routing::HostFacts{true, 0};
    importers::ManifestImporter importer;
    auto import = importer.importTexts({{"gw.yaml", base + text}});
    if (model::hasErrors(import.diagnostics))
        qFatal("%s", toString(import.diagnostics.front()).c_str());
    return control::deriveState(std::move(import), full);
}

/// The one test of `tests: [...]`.
inline TestCase testOf(const std::string& yaml)
{
    std::vector<model::Diagnostic> problems;
    auto files =
        readTestText("t.yaml", "apiVersion: gatehouse.dev/v1\nkind: GatewayTest\ntests: [" + yaml + "]\n", problems);
    if (!problems.empty())
        qFatal("%s", toString(problems.front()).c_str());
    return files.at(0).tests.at(0);
}

/// A route with these rules.
inline std::string route(const std::string& rules)
{
    return "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r, namespace: ns}\n"
           "spec:\n  parentRefs: [{name: gw, sectionName: http}]\n  rules: " +
           rules + "\n";
}

} // namespace gatehouse::testing

#pragma once

#include "app/control/local_ca_store.h"
#include "app/testing/runner.h"

#include <QFile>
#include <QTemporaryDir>

#include <memory>
#include <string>

/// A Gateway with a listener of every kind, the built-in echo behind all of them, and certificates of a CA of its own.
/// Ports are the kernel's choice.
class RealEngine {
public:
    static constexpr const char* manifests = R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: infra}
spec:
  gatewayClassName: gatehouse
  listeners:
  - {name: http, protocol: HTTP, port: 18180, allowedRoutes: {namespaces: {from: All}}}
  - {name: https, protocol: HTTPS, port: 18543, hostname: "*.example.test", tls: {certificateRefs: [{name: none}]}, allowedRoutes: {namespaces: {from: All}}}
  - {name: tls, protocol: TLS, port: 18544, hostname: "*.tls.test", tls: {mode: Terminate, certificateRefs: [{name: none}]}, allowedRoutes: {namespaces: {from: All}}}
  - {name: tcp, protocol: TCP, port: 15532, allowedRoutes: {namespaces: {from: All}}}
  - {name: udp, protocol: UDP, port: 15553, allowedRoutes: {namespaces: {from: All}}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shop, namespace: team}
spec:
  parentRefs: [{name: edge, namespace: infra}]
  hostnames: [shop.example.test]
  rules:
  - matches: [{path: {type: PathPrefix, value: /cart}}]
    backendRefs: [{name: cart, port: 80}]
  - backendRefs: [{name: shop, port: 80}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {name: rpc, namespace: team}
spec:
  parentRefs: [{name: edge, namespace: infra, sectionName: http}]
  hostnames: [rpc.example.test]
  rules: [{backendRefs: [{name: rpc, port: 80}]}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {name: narrow, namespace: team}
spec:
  parentRefs: [{name: edge, namespace: infra, sectionName: http}]
  hostnames: [narrow.example.test]
  rules:
  - matches: [{method: {service: gateway_api_conformance.echo_basic.grpcecho.GrpcEcho}}]
    backendRefs: [{name: rpc, port: 80}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: TLSRoute
metadata: {name: secure, namespace: team}
spec:
  parentRefs: [{name: edge, namespace: infra, sectionName: tls}]
  hostnames: [app.tls.test]
  rules: [{backendRefs: [{name: lines, port: 80}]}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: TCPRoute
metadata: {name: lines, namespace: team}
spec:
  parentRefs: [{name: edge, namespace: infra, sectionName: tcp}]
  rules: [{backendRefs: [{name: lines, port: 80}]}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: UDPRoute
metadata: {name: grams, namespace: team}
spec:
  parentRefs: [{name: edge, namespace: infra, sectionName: udp}]
  rules: [{backendRefs: [{name: grams, port: 80}]}]
---
{apiVersion: v1, kind: Service, metadata: {name: shop, namespace: team}, spec: {ports: [{port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: cart, namespace: team}, spec: {ports: [{port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: rpc, namespace: team}, spec: {ports: [{port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: lines, namespace: team}, spec: {ports: [{port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: grams, namespace: team}, spec: {ports: [{port: 80, protocol: UDP}]}}
)";

    /// "" when it could be started.
    std::string start()
    {
        if (!folder_.isValid())
            return "no folder";
        QFile file(manifestFile());
        if (!file.open(QIODevice::WriteOnly) || file.write(manifests) < 0)
            return "the manifests cannot be written";
        file.close();
        gatehouse::control::Config config;
        config.paths = {manifestFile().toStdString()};
        config.developmentCertificates = true;
        config.caDirectory = caFolder();
        config.workers = 1;
        engine_ = std::make_unique<gatehouse::testing::LiveEngine>(config);
        if (const auto state = engine_->load(nullptr); gatehouse::model::hasErrors(state->diagnostics))
            return toString(state->diagnostics.front());
        return engine_->start();
    }

    [[nodiscard]] std::shared_ptr<const gatehouse::control::State> state() const { return engine_->serving(); }
    [[nodiscard]] QString folder() const { return folder_.path(); }
    [[nodiscard]] QString manifestFile() const { return folder_.filePath(QStringLiteral("edge.yaml")); }
    [[nodiscard]] std::string caFile() const { return gatehouse::control::LocalCaStore(caFolder()).certificatePath(); }
    gatehouse::testing::LiveEngine& engine() { return *engine_; }

private:
    [[nodiscard]] std::string caFolder() const { return folder_.filePath(QStringLiteral("ca")).toStdString(); }

    QTemporaryDir folder_;
    std::unique_ptr<gatehouse::testing::LiveEngine> engine_;
};

#pragma once

#include "engine/routing/cluster_use.h"
#include "engine/routing/snapshot.h"

namespace gatehouse::routing {

/// A Service port as a route uses it.
struct PortUse {
    const model::Service& service;
    const model::ServicePort& port;
    ClusterUse use;
};

/// The echo of a Service without Pods: named "<service>-echo", speaking what the Service port and its routes say.
EchoIdentity echoOf(const PortUse& use);

/// The echo of one port of a Pod. A container of the conformance suite's echo image says by its environment who it is
/// and what it speaks (conformance/echo-basic); any other is like the echo of a Service without Pods.
EchoIdentity echoOf(const model::Pod& pod, std::uint16_t port, const PortUse& use);

/// The certificate that a Pod's TLS servers show: the first Secret that it mounts with a certificate in it; null when
/// there is none. (Which file of which volume a program reads is known for few programs; Pods mount one as a rule.)
const model::Secret* certificateOf(const model::ResourceSet& resources, const model::Pod& pod);

/// The authorities that the echo image on `port` of a Pod asks clients for a certificate of, as its variable
/// TLS_CLIENT_CACERTS wants: the first text ca.crt in what the Pod mounts; null without the variable, or without a
/// text.
const std::string* clientAuthoritiesOf(const model::ResourceSet& resources, const model::Pod& pod, std::uint16_t port);

} // namespace gatehouse::routing

"""Writes Kubernetes objects as YAML documents or as a JSON List; no more YAML than these need."""
import json
import os
import re

GATEWAY_API = "gateway.networking.k8s.io/v1"
PLAIN = re.compile(r"[A-Za-z/][A-Za-z0-9_./-]*\Z")
WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


def scalar(value):
    if isinstance(value, str):
        return value if PLAIN.match(value) and value.lower() not in WORDS else json.dumps(value)
    return json.dumps(value)


def block(value, indent, lines):
    pad = " " * indent
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, (dict, list)) and item:
                lines.append(f"{pad}{scalar(key)}:")
                block(item, indent + 2, lines)
            else:
                lines.append(f"{pad}{scalar(key)}: {scalar(item)}")
        return
    for item in value:
        if isinstance(item, (dict, list)) and item:
            first = len(lines)
            block(item, indent + 2, lines)
            lines[first] = f"{pad}- {lines[first][indent + 2:]}"
        else:
            lines.append(f"{pad}- {scalar(item)}")


def text(objects, as_json):
    if as_json:
        return json.dumps({"apiVersion": "v1", "kind": "List", "items": objects}, indent=1) + "\n"
    lines = []
    for number, item in enumerate(objects):
        if number:
            lines.append("---")
        block(item, 0, lines)
    return "\n".join(lines) + "\n"


def write(path, objects):
    """At once, so that a reader sees the old file or the new one."""
    with open(path + ".new", "w") as out:
        out.write(text(objects, path.endswith(".json")))
    os.replace(path + ".new", path)


def kind(api, name, namespace, what, **fields):
    return {"apiVersion": api, "kind": what, "metadata": {"name": name, "namespace": namespace}, **fields}


def gateway(name, namespace, address, port, allow, certificate=None, protocol=None):
    """`certificate`: the name of a Secret makes it HTTPS; `protocol`: TCP, UDP, or TLS, which is passed through."""
    spec = {"gatewayClassName": "gatehouse"}
    if address:
        spec["addresses"] = [{"type": "IPAddress", "value": address}]
    listener = {"name": "http", "protocol": "HTTP", "port": port, "allowedRoutes": {"namespaces": {"from": allow}}}
    if certificate:
        listener.update(protocol="HTTPS", tls={"certificateRefs": [{"name": certificate}]})
    if protocol:
        listener.update(name=protocol.lower(), protocol=protocol, **({"tls": {"mode": "Passthrough"}} if protocol == "TLS" else {}))
    spec["listeners"] = [listener]
    return kind(GATEWAY_API, name, namespace, "Gateway", spec=spec)


def service(name, namespace, app_protocol=None, protocol="TCP"):
    port = {"name": "http", "port": 80, "protocol": protocol}
    if app_protocol:
        port["appProtocol"] = app_protocol
    return kind("v1", name, namespace, "Service", spec={"ports": [port]})


def tls_secret(name, namespace, certificate, key):
    """`certificate`, `key`: PEM texts."""
    return kind("v1", name, namespace, "Secret", type="kubernetes.io/tls", stringData={"tls.crt": certificate, "tls.key": key})


def endpoint_slice(name, namespace, host, port, protocol="TCP"):
    found = kind("discovery.k8s.io/v1", name, namespace, "EndpointSlice", addressType="IPv4",
                 endpoints=[{"addresses": [host], "conditions": {"ready": True}}],
                 ports=[{"name": "http", "protocol": protocol, "port": port}])
    found["metadata"]["labels"] = {"kubernetes.io/service-name": name}
    return found


def http_route(name, namespace, parent, hostnames, rules):
    spec = {"parentRefs": [parent]}
    if hostnames:
        spec["hostnames"] = hostnames
    spec["rules"] = rules
    return kind(GATEWAY_API, name, namespace, "HTTPRoute", spec=spec)


def stream_route(what, name, namespace, parent, backend, hostnames=None):
    """A TLSRoute, TCPRoute or UDPRoute."""
    spec = {"parentRefs": [parent]}
    if hostnames:
        spec["hostnames"] = hostnames
    spec["rules"] = [{"backendRefs": [{"name": backend, "port": 80}]}]
    return kind(GATEWAY_API, name, namespace, what, spec=spec)


def rule(path_prefix, backend, headers=None):
    match = {"path": {"type": "PathPrefix", "value": path_prefix}}
    if headers:
        match["headers"] = [{"name": n, "value": v} for n, v in headers.items()]
    return {"matches": [match], "backendRefs": [dict(backend, port=80)]}

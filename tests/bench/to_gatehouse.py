#!/usr/bin/env python3
"""Turns the peers' bench's neutral description of what to serve into manifests.

  to_gatehouse.py SPEC OUT     SPEC: JSON with mode, listen, backends and routes; OUT: gateway.yaml, or .json for a List

entries.json names it relative to the repository's root, which is where `./dev bench peers` starts the bench.
"""
import json
import sys

import manifests

NAMESPACE = "bench"
APP_PROTOCOLS = {"h2c": "kubernetes.io/h2c"}
RULES_PER_ROUTE = 16  # HTTPRouteSpec.rules: at most 16


def routes_of(spec):
    by_host = {}
    for route in spec["routes"]:
        by_host.setdefault(route["host"], []).append(route)
    for host, routes in by_host.items():
        rules = [manifests.rule(r["path_prefix"], {"name": r["backend"]}) for r in routes]
        base = "any" if host == "*" else host.replace(".", "-").lower()
        for part, start in enumerate(range(0, len(rules), RULES_PER_ROUTE)):
            name = base if part == 0 else f"{base}-{part}"
            yield manifests.http_route(name, NAMESPACE, {"name": "bench"}, [] if host == "*" else [host],
                                       rules[start:start + RULES_PER_ROUTE])


def stream_routes_of(spec):
    if spec["mode"] in ("tcp", "udp"):
        return [manifests.stream_route(spec["mode"].upper() + "Route", spec["mode"], NAMESPACE, {"name": "bench"},
                                       spec["backends"][0]["name"])]
    return [manifests.stream_route("TLSRoute", route["sni"].replace(".", "-"), NAMESPACE, {"name": "bench"},
                                   route["backend"], [route["sni"]]) for route in spec["routes"]]


def read(path):
    with open(path) as file:
        return file.read()


def convert(spec):
    if spec["mode"] not in ("http", "https", "h2c", "tcp", "sni", "udp", "routes"):
        sys.exit(f"to_gatehouse.py: mode {spec['mode']} is not served")
    objects = []
    if spec["tls"]:
        objects.append(manifests.tls_secret("certificate", NAMESPACE, read(spec["tls"]["cert"]), read(spec["tls"]["key"])))
    objects.append(manifests.gateway("bench", NAMESPACE, spec["listen"]["host"], spec["listen"]["port"], "Same",
                                     "certificate" if spec["tls"] else None, {"tcp": "TCP", "sni": "TLS", "udp": "UDP"}.get(spec["mode"])))
    carrier = "UDP" if spec["mode"] == "udp" else "TCP"
    for backend in spec["backends"]:
        objects.append(manifests.service(backend["name"], NAMESPACE, APP_PROTOCOLS.get(backend["protocol"]), carrier))
        objects.append(manifests.endpoint_slice(backend["name"], NAMESPACE, backend["host"], backend["port"], carrier))
    objects += stream_routes_of(spec) if spec["mode"] in ("tcp", "sni", "udp") else routes_of(spec)
    return objects


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1]) as source:
        spec = json.load(source)
    manifests.write(sys.argv[2], convert(spec))


if __name__ == "__main__":
    main()

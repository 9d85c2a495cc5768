#!/usr/bin/env python3
"""Writes a large, deterministic set of manifests: HTTPRoutes of many teams on a few Gateways.

  generate_routes.py --routes 10000 --namespaces 100 --gateways 20 --out DIR [--format yaml|json]

DIR gets gateways.yaml and one file a namespace. Route i lies in namespace team-(i mod M), is attached to Gateway gw-(i mod G)
in namespace infra, and serves r<i>.example.com by three rules:
  /              Service web of its namespace
  /api           the same with half the weight each on web and web-canary
  /shared        with header X-Team set: Service web of the next namespace, which a ReferenceGrant permits
Every hundredth route asks for a Gateway that takes routes of namespace infra only, and is refused.
"""
import argparse
import os

import manifests


def gateways(count):
    found = [manifests.gateway(f"gw-{g}", "infra", None, 8080, "All") for g in range(count)]
    found.append(manifests.gateway("closed", "infra", None, 8080, "Same"))
    return found


def grant(namespace, source):
    return manifests.kind("gateway.networking.k8s.io/v1", f"from-{source}", namespace, "ReferenceGrant",
                          spec={"from": [{"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "namespace": source}],
                                "to": [{"group": "", "kind": "Service", "name": "web"}]})


def route(number, options):
    team = number % options.namespaces
    parent = "closed" if number % 100 == 99 else f"gw-{number % options.gateways}"
    following = f"team-{(team + 1) % options.namespaces}"
    canary = manifests.rule("/api", {"name": "web", "weight": 1})
    canary["backendRefs"].append({"name": "web-canary", "weight": 1, "port": 80})
    return manifests.http_route(
        f"route-{number}", f"team-{team}", {"name": parent, "namespace": "infra"}, [f"r{number}.example.com"],
        [manifests.rule("/", {"name": "web"}), canary,
         manifests.rule("/shared", {"name": "web", "namespace": following}, {"X-Team": f"team-{team}"})])


def namespace_objects(team, options):
    name = f"team-{team}"
    previous = f"team-{(team - 1) % options.namespaces}"
    objects = [{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": {"team": str(team)}}},
               manifests.service("web", name), manifests.service("web-canary", name)]
    if previous != name:
        objects.append(grant(name, previous))
    return objects + [route(i, options) for i in range(team, options.routes, options.namespaces)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("--routes", 10000), ("--namespaces", 100), ("--gateways", 20)):
        parser.add_argument(name, type=int, default=default)
    parser.add_argument("--format", choices=("yaml", "json"), default="yaml")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    if min(options.namespaces, options.gateways) < 1 or options.routes < 0:
        parser.error("--namespaces and --gateways must be at least 1, --routes at least 0")
    os.makedirs(options.out, exist_ok=True)
    manifests.write(os.path.join(options.out, f"gateways.{options.format}"), gateways(options.gateways))
    for team in range(options.namespaces):
        manifests.write(os.path.join(options.out, f"team-{team}.{options.format}"), namespace_objects(team, options))


if __name__ == "__main__":
    main()

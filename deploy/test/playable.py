#!/usr/bin/env python3
"""Prints one Deployment of the rendered YAML on standard input as `podman kube play` can run it.

What it stumbles on is taken out (probes with named ports, other objects); nothing is put in.
"""

import json
import sys

import yaml

name = sys.argv[1]
deployment = next(
    it
    for it in yaml.safe_load_all(sys.stdin)
    if it and it["kind"] == "Deployment" and it["metadata"]["name"] == name
)
deployment["spec"]["replicas"] = 1
for container in deployment["spec"]["template"]["spec"]["containers"]:
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        del container[probe]
json.dump(deployment, sys.stdout)

"""Reads metrics from standard input with Prometheus' own library, and the YAML files named as arguments; prints both as JSON."""

import json
import sys

import yaml
from prometheus_client.parser import text_string_to_metric_families

families = list(text_string_to_metric_families(sys.stdin.read()))
print(json.dumps({
    "families": {family.name: {"type": family.type, "samples": len(family.samples)} for family in families},
    "files": [yaml.safe_load(open(path, encoding="utf-8")) for path in sys.argv[1:]],
}))

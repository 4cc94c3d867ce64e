"""Renders the chart with Helm's own engine, as `helm template` does, and holds the manifests against Kubernetes' schemas.

Standard input is a list of {"values": {...}}; standard output has for each either {"manifests": [...], "findings": [...]}
or {"refusal": "..."}, where the values do not fit the chart's schema.
"""

import json
import sys

import helm_python as helm
import kubernetes_validate
import yaml

CHART, OLDEST, NEWEST = sys.argv[1:]
# Of the Prometheus operator, not of Kubernetes.
FOREIGN = {"ServiceMonitor"}


def rendered(chart, values):
    try:
        chart.validate_schema(values)
    except helm.HelmValuesError as error:
        return {"refusal": str(error)}
    texts = chart.render(values, name="cq", namespace="cq")
    notes = [text for path, text in texts.items() if path.endswith("NOTES.txt")]
    manifests = [
        document
        for path, text in sorted(texts.items())
        if path.endswith(".yaml")
        for document in yaml.safe_load_all(text)
        if document is not None
    ]
    findings = [finding for manifest in manifests for finding in faults(manifest)]
    return {"manifests": manifests, "findings": findings, "notes": notes}


def faults(manifest):
    if manifest["kind"] in FOREIGN:
        return
    for version in (OLDEST, NEWEST):
        try:
            kubernetes_validate.validate(manifest, version, strict=True)
        except kubernetes_validate.ValidationError as error:
            yield f"{manifest['kind']} in {version}: {error.message}"


with helm.Chart.load(CHART) as chart:
    results = [rendered(chart, case["values"]) for case in json.load(sys.stdin)]
json.dump({"engine": helm.helm_sdk_version(), "lint": helm.lint(CHART), "results": results}, sys.stdout)

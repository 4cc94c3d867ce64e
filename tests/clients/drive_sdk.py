"""Drives a cq server through the Python SDK and prints what the SDK made of the answers, as JSON.

    drive_sdk.py propose            a unit that must reach the server
    drive_sdk.py use UNIT_ID        query, confirm, flag and count, once the unit is approved
    drive_sdk.py refused            what the SDK does with refusals
    drive_sdk.py drain              sends what a refusal left behind

The address, the key and the places of local files come from the environment, as the SDK documents it.
"""

import json
import sys

from cq import Client, FallbackError, FlagReason, RemoteError, Tier


def unit_json(unit):
    return unit.model_dump(mode="json")


def propose(client):
    unit = client.propose(
        summary="Use the É-acute carefully 🎉",
        detail="Line one\nline two",
        action="Normalise before comparing.",
        domains=["  Unicode ", "python"],
        languages=["Python"],
        frameworks=["pydantic"],
        pattern="text-handling",
    )
    return {"unit": unit_json(unit)}


def use(client, unit_id):
    found = client.query(["UNICODE"], languages=["Python"], pattern="text-handling", limit=3)
    confirmed = client.confirm(unit_id, tier=Tier.PRIVATE)
    flagged = client.flag(unit_id, FlagReason.STALE, tier=Tier.PRIVATE)
    stats = client.status()
    return {
        "query": {
            "source": found.source,
            "warnings": found.warnings,
            "units": [unit_json(unit) for unit in found.units],
        },
        "confirmed": unit_json(confirmed),
        "flagged": unit_json(flagged),
        "status": {
            "tiers": {str(tier): count for tier, count in stats.tier_counts.items()},
            "domains": stats.domain_counts,
            "warnings": stats.warnings,
        },
    }


def refused(client):
    outcome = {}
    try:
        client.confirm("ku_" + "0" * 32, tier=Tier.PRIVATE)
    except RemoteError as error:
        outcome["confirm"] = {"status": error.status_code, "detail": error.detail}
    try:
        client.propose(summary="s", detail="d", action="a", domains=["kept"])
    except FallbackError as error:
        outcome["propose"] = {"tier": str(error.local_unit.tier), "cause": error.__cause__.status_code}
    return outcome


def drain(client):
    result = client.drain()
    return {"pushed": result.pushed, "warnings": result.warnings}


def main():
    command, *arguments = sys.argv[1:]
    with Client() as client:
        outcome = {"propose": propose, "use": use, "refused": refused, "drain": drain}[command](client, *arguments)
    print(json.dumps(outcome))


if __name__ == "__main__":
    main()

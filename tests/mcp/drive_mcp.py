"""Drives a cq server through the Python client of the Model Context Protocol and prints what it made of the answers, as JSON.

    drive_mcp.py revisions                  every revision the client speaks
    drive_mcp.py propose REVISION           what is listed, and a unit proposed
    drive_mcp.py use REVISION ID PENDING    query, confirm, flag and status, once the unit ID is approved, and what the client is
                                            told of mistakes, with and without a key

The revision "auto" leaves it to the client. The address and the key come from the environment.
"""

import asyncio
import json
import os
import sys

import httpx2
import mcp.client.session
from mcp import Client, MCPError
from mcp.client.streamable_http import streamable_http_client
from mcp_types.version import HANDSHAKE_PROTOCOL_VERSIONS, MODERN_PROTOCOL_VERSIONS

UNIT = {
    "summary": "Use the É-acute carefully 🎉",
    "detail": "Line one\nline two: Vec<T> & more",
    "action": "Normalise before comparing.",
    "domains": ["  Unicode "],
    "languages": ["python"],
}


def client(revision, http):
    """A client that speaks one revision."""
    transport = streamable_http_client(os.environ["CQ_ADDR"] + "/mcp", http_client=http)
    if revision == "auto" or revision in MODERN_PROTOCOL_VERSIONS:
        return Client(transport, mode=revision)
    # There is no option for it: the client always offers the newest one.
    mcp.client.session.LATEST_HANDSHAKE_VERSION = revision
    return Client(transport, mode="legacy")


def http_client(key):
    return httpx2.AsyncClient(headers={"Authorization": f"Bearer {key}"} if key else {}, trust_env=False)


def outcome(result):
    return {
        "is_error": bool(result.is_error),
        "text": [content.text for content in result.content],
        "structured": result.structured_content,
    }


async def call(agent, tool, **arguments):
    try:
        return outcome(await agent.call_tool(tool, arguments))
    except MCPError as error:
        return {"code": error.error.code, "message": error.error.message}


async def propose(agent):
    tools = (await agent.list_tools()).tools
    prompts = (await agent.list_prompts()).prompts
    texts = [(await agent.get_prompt(prompt.name)).messages[0].content.text for prompt in prompts]
    return {
        "revision": agent.protocol_version,
        "tools": [tool.name for tool in tools],
        "prompts": [prompt.name for prompt in prompts],
        "empty_prompts": [text for text in texts if len(text) < 100],
        # The same unit again would be the one that is there.
        "proposed": await call(agent, "propose", **UNIT, pattern="as of " + sys.argv[2]),
    }


async def use(agent, unit_id, pending_id):
    return {
        "query": await call(agent, "query", domains=["UNICODE"], languages=["python"], limit=3),
        "confirm": await call(agent, "confirm", unit_id=unit_id),
        "flag": await call(agent, "flag", unit_id=unit_id, reason="stale", detail="old"),
        "status": await call(agent, "status"),
        "unknown": await call(agent, "drop_tables"),
        "missing": await call(agent, "propose", domains=["a"]),
        "not_found": await call(agent, "confirm", unit_id=pending_id),
        "reason": await call(agent, "flag", unit_id=pending_id, reason="ugly"),
    }


async def write(agent):
    return await call(agent, "propose", **UNIT)


async def run(work, revision, key, *arguments):
    async with http_client(key) as http, client(revision, http) as agent:
        return await work(agent, *arguments)


async def main(command, *arguments):
    key = os.environ["CQ_API_KEY"]
    if command == "revisions":
        return [*HANDSHAKE_PROTOCOL_VERSIONS, *MODERN_PROTOCOL_VERSIONS]
    revision, *rest = arguments
    if command == "propose":
        return await run(propose, revision, key)
    return {**await run(use, revision, key, *rest), "without_key": await run(write, revision, None)}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(*sys.argv[1:]))))

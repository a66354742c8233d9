"""Drives a server with the client library of the Model Context Protocol and prints what it saw as JSON.

usage: drive_mcp.py MODE URL KEY | drive_mcp.py MODE COMMAND WORD…     MODE is auto, legacy or list
"""

import asyncio
import json
import sys

from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import create_mcp_http_client, streamable_http_client


def transport(words):
    if not words[0].startswith("http"):
        return StdioServerParameters(command=words[0], args=words[1:])
    client = create_mcp_http_client(headers={"Authorization": f"Bearer {words[1]}"})
    return streamable_http_client(words[0], http_client=client)


async def call(client, tool, **arguments):
    """Whether it failed, and the reply."""
    result = await client.call_tool(tool, arguments)
    return result.is_error, result.structured_content


async def approve(client):
    """A decision is approved by the hash of what was seen; any other hash is refused."""
    _, listed = await call(client, "decisions_list", state="pending", limit=1, fields="id,hash")
    seen = listed["decisions"][0]
    refused, wrong = await call(client, "decisions_approve", ids=[seen["id"]], hashes=["0" * len(seen["hash"])])
    after_refusal = (await call(client, "decisions_show", id=seen["id"]))[1]["decision"]["state"]
    await call(client, "decisions_approve", ids=[seen["id"]], hashes=[seen["hash"]])
    state = (await call(client, "decisions_show", id=seen["id"]))[1]["decision"]["state"]
    return after_refusal == "pending" and (refused or bool(wrong)), state


async def main(mode, words):
    async with Client(transport(words), mode="auto" if mode == "list" else mode) as client:
        tools = (await client.list_tools()).tools
        if mode == "list":
            return {"tools": [tool.name for tool in tools]}
        _, page = await call(client, "decisions_list", state="pending", limit=2, fields="id,kind")
        progress = []

        async def tell(done, total, message):
            progress.append(done)

        await client.call_tool("jobs_daily", {"as_of": "2011-11-14"}, progress_callback=tell)
        refused, state = await approve(client)
        return {
            "version": client.protocol_version, "tools": len(tools), "rows": page["decisions"],
            "missing_field_refused": (await call(client, "decisions_list", fields="no_such"))[0], "progress": progress,
            "forecast_failed": (await call(client, "demand_forecast", item="10001"))[0],
            "changed_argument_refused": refused, "approved": state}


print(json.dumps(asyncio.run(main(sys.argv[1], sys.argv[2:]))))

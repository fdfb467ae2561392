"""Serves a port: a provider as docs/wire.md describes one."""

from __future__ import annotations

import logging
import os
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.micro import add_service
from nats.micro.request import Request

from wire import PROTOCOL, REFUSALS, Contract, DeclaredError, Head, Refused, from_json, to_json

#: Answers a checked argument, or raises DeclaredError.
Operation = Callable[[Mapping[str, Any]], Any]

log = logging.getLogger("serving")


def answer(contract: Contract, operations: Mapping[str, Operation], operation: str, headers: Mapping[str, str], body: bytes) -> Any:
    """The result of a call. Raises Refused and DeclaredError, and whatever else goes wrong."""
    head = Head.read(headers)
    if operation not in operations:
        raise Refused("unknown-operation", f"Version {contract.version} of '{contract.name}' has no {operation}.")
    if head.timeout_ms == 0:
        raise Refused("deadline-passed", "The caller's time was over.")
    try:
        argument = from_json(body)
    except ValueError as error:
        raise Refused("invalid-input", f"The body is no JSON in UTF-8: {error}.") from error
    issues = contract.faults_of_input(operation, argument)
    if issues:
        raise Refused("invalid-input", "The argument does not fit the contract.", issues)
    return operations[operation](argument)


def is_inbox(reply: str) -> bool:
    """Whoever names another subject for the answer would have us publish there."""
    return reply.startswith("_INBOX.")


async def serve(
    nc: Client, system: str, contract: Contract, operations: Mapping[str, Operation], until: Callable[[], Awaitable[object]]
) -> None:
    """Until the program is asked to end. What has arrived by then is answered."""

    async def handle(request: Request) -> None:
        # The client has no public name for it.
        if not is_inbox(request._msg.reply):
            return
        headers = request.headers or {}
        try:
            result = answer(contract, operations, request.subject.rsplit(".", 1)[1], headers, request.data)
            await request.respond(to_json(result))
        except DeclaredError as error:
            wire_error = {"code": error.code, "message": error.message, "fields": error.fields}
            await request.respond_error("422", error.code, to_json(wire_error), {"Macrolith-Status": "error"})
        except Refused as refusal:
            told = {"code": refusal.code, "message": refusal.message}
            body = to_json(told if refusal.issues is None else {**told, "issues": refusal.issues})
            number = str(REFUSALS[refusal.code])
            await request.respond_error(number, refusal.code, body, {"Macrolith-Status": "refused"})
        except Exception:
            # What it was is nobody's business but ours. Whoever asks gets a trace id to ask us by.
            trace_id = Head.read(headers).trace_id or os.urandom(16).hex()
            log.exception("A call failed (trace %s)", trace_id)
            body = to_json({"traceId": trace_id})
            await request.respond_error("500", "unexpected", body, {"Macrolith-Status": "failed"})

    async def tell_contract(message: Msg) -> None:
        if is_inbox(message.reply):
            await message.respond(to_json(contract.snapshot))

    # One endpoint for all operations: a call of one that we do not have must be refused, and not be left without an answer.
    # It is answered one call after the other, which is right for what takes microseconds. What waits for others starts a task.
    service = await add_service(
        nc,
        name=contract.name,
        version=contract.version,
        description="A fraud score in Python",
        metadata={"macrolith-protocol": PROTOCOL, "macrolith-contract": f"{system}.contracts.{contract.name}"},
    )
    await service.add_endpoint(
        name="operations",
        subject=f"{system}.calls.{contract.name}.*",
        queue_group=system,
        handler=handle,
        metadata={"operations": ",".join(operations)},
    )
    await nc.subscribe(f"{system}.contracts.{contract.name}", queue=system, cb=tell_contract)
    await nc.flush()
    print(f"Serving {contract.name} {contract.version}", flush=True)
    await until()
    # Takes nothing new, answers what has arrived, and then closes.
    await nc.drain()

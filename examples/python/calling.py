"""Calls ports of other modules."""

from __future__ import annotations

import time
import uuid
from typing import Any

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import TimeoutError as NatsTimeout

from wire import PROTOCOL, Contract, DeclaredError, Failed, NotUnderstood, Refused, encoded, from_json, to_json

#: How this program is called among the modules.
NAME = "fraud"
#: How long one attempt may take; all of them together have the time that the caller gives.
ATTEMPT_S = 2.0
#: The header that makes an operation of a kind act once, however often it is sent. Without it, it is refused.
ACTS_ONCE_BY = {"command": "Idempotency-Key", "task": "Macrolith-Message-Id"}


async def contract_of(nc: Client, system: str, module: str) -> Contract:
    """The contract that the processes of a module serve at this moment."""
    return Contract(from_json((await nc.request(f"{system}.contracts.{module}", timeout=ATTEMPT_S)).data))


async def call(
    nc: Client, system: str, contract: Contract, operation: str, argument: Any, *, within_s: float, key: str = ""
) -> Any:
    """
    Asks a module. A query is asked again when no answer comes, and so is a command or a task, under the same key: it acts once.
    Raises DeclaredError, Failed and Refused as the answer says, NoRespondersError when nobody serves the module, and TimeoutError:
    then it may have been done, and only asking under the same key tells.
    """
    acts_once_by = ACTS_ONCE_BY.get(contract.operations.get(operation, {}).get("kind"))
    naming_the_wish = {acts_once_by: encoded(key or str(uuid.uuid4()))} if acts_once_by else {}
    deadline = time.monotonic() + within_s
    subject = f"{system}.calls.{contract.name}.{operation}"
    body = to_json(argument)
    while (left_s := deadline - time.monotonic()) > 0.001:
        headers = {
            "Macrolith-Protocol": PROTOCOL,
            "Macrolith-Caller": NAME,
            "Macrolith-Contract": contract.version,
            "Macrolith-Timeout-Ms": str(int(left_s * 1000)),
            **naming_the_wish,
        }
        try:
            message = await nc.request(subject, body, timeout=min(left_s, ATTEMPT_S), headers=headers)
        except NatsTimeout:
            continue
        return read_answer(contract, operation, message)
    raise TimeoutError(f"{contract.name}.{operation} did not answer within {within_s} s.")


def read_answer(contract: Contract, operation: str, message: Msg) -> Any:
    status = (message.headers or {}).get("Macrolith-Status")
    body = from_json(message.data)
    match status:
        case None:
            faults = contract.faults_of_output(operation, body)
            if faults:
                raise NotUnderstood(f"The answer does not fit the contract: {faults}")
            return body
        case "error":
            raise DeclaredError(body["code"], body["message"], body["fields"])
        case "failed":
            raise Failed(f"It failed over there (trace {body.get('traceId')}).")
        case "refused":
            raise Refused(body["code"], body["message"], body.get("issues"))
        case _:
            raise NotUnderstood(f"The status of the answer is {status!r}.")

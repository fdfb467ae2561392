"""A fraud score in Python: serves the port `fraud`, calls other modules, and hears what happens.

    python fraud.py serve  CONTRACT_JSON            answers fraud.scoreOrder until it is asked to end
    python fraud.py call   MODULE.OPERATION JSON    asks another module, and prints the answer
    python fraud.py hear   MODULE EVENT             prints each event of a module as it comes: hear orders order-placed

NATS_URL says where NATS is, MACROLITH_SYSTEM what the product is called there. NATS_USER and NATS_NKEY_FILE say as whom the program
comes there, where NATS asks. IDEMPOTENCY_KEY names the wish of a command or, as a UUID, of a task.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import sys
from pathlib import Path
from typing import Any

import nats
from nats.aio.client import Client
from nats.errors import NoRespondersError

from calling import NAME, call, contract_of
from hearing import hear
from score import OPERATIONS
from serving import serve
from wire import Contract, DeclaredError, Failed, NotUnderstood, Refused, from_json

SYSTEM = os.environ.get("MACROLITH_SYSTEM", "macrolith")
SERVERS = os.environ.get("NATS_URL", "nats://127.0.0.1:4222").split(",")


def user_of_nats() -> dict[str, Any]:
    """A user that `macro nats-auth` wrote: answers come to inboxes of its own, which nobody else may listen to."""
    user, key_file = os.environ.get("NATS_USER"), os.environ.get("NATS_NKEY_FILE")
    return {
        **({"inbox_prefix": f"_INBOX.{SYSTEM}.{user}"} if user else {}),
        **({"nkeys_seed": key_file} if key_file else {}),
    }


async def print_answer(nc: Client, called: str, argument: Any) -> int:
    """Ends with 0 for a result, 1 for an error of the contract, 2 when it could not be done or nobody knows."""
    module, operation = called.split(".")
    key = os.environ.get("IDEMPOTENCY_KEY", "")
    try:
        contract = await contract_of(nc, SYSTEM, module)
        outcome, code = {"ok": await call(nc, SYSTEM, contract, operation, argument, within_s=5, key=key)}, 0
    except DeclaredError as error:
        outcome, code = {"error": error.code, "fields": error.fields}, 1
    except Refused as refusal:
        outcome, code = {"refused": refusal.code, "message": str(refusal)}, 2
    except NoRespondersError:
        outcome, code = {"unavailable": f"Nobody serves {module}."}, 2
    except (Failed, NotUnderstood, TimeoutError) as error:
        outcome, code = {"failed": str(error)}, 2
    print(json.dumps(outcome), flush=True)
    return code


def when_asked_to_end() -> asyncio.Event:
    asked = asyncio.Event()
    for asking in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(asking, asked.set)
    return asked


async def main(arguments: list[str]) -> int:
    asked = when_asked_to_end()
    nc = await nats.connect(servers=SERVERS, name=NAME, max_reconnect_attempts=-1, **user_of_nats())
    try:
        match arguments:
            case ["serve", path]:
                contract = Contract(from_json(Path(path).read_bytes()))
                await serve(nc, SYSTEM, contract, OPERATIONS, asked.wait)
            case ["call", called, argument]:
                return await print_answer(nc, called, from_json(argument.encode()))
            case ["hear", module, event]:
                contract = await contract_of(nc, SYSTEM, module)
                await hear(nc, SYSTEM, f"{NAME}-python", contract, event, asked)
            case _:
                print(__doc__, file=sys.stderr)
                return 64
        return 0
    finally:
        await nc.close()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(levelname)s [%(name)s] %(message)s")
    sys.exit(asyncio.run(main(sys.argv[1:])))

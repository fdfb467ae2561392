"""Hears the events of a module."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import OrderedDict

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import TimeoutError as NatsTimeout
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy

from wire import Contract, Event, NotUnderstood

#: How many events are remembered, so that one that comes again is known. What must never count twice is remembered where its
#: effect is: in the same transaction of a database.
REMEMBERED = 10_000

#: How long one request for the next event waits at the server.
WAIT_S = 30

log = logging.getLogger("hearing")


class Seen:
    """The last ids, as far as memory goes."""

    def __init__(self) -> None:
        self._ids: OrderedDict[str, None] = OrderedDict()

    def __contains__(self, event_id: str) -> bool:
        return event_id in self._ids

    def add(self, event_id: str) -> None:
        self._ids[event_id] = None
        if len(self._ids) > REMEMBERED:
            self._ids.popitem(last=False)


async def hear(nc: Client, system: str, reader: str, contract: Contract, event: str, ending: asyncio.Event) -> None:
    """
    Every event of a kind since the beginning of the stream, each once. The durable consumer hands out one at a time, and the next
    after it is acknowledged: so events are handled in their order, also when one has to be tried again.
    """
    subscription = await nc.jetstream().pull_subscribe(
        f"{system}.events.{contract.name}.{event}.*",
        durable=f"{reader}_{contract.name}_{event}",
        stream=f"{system}-events",
        config=ConsumerConfig(
            ack_policy=AckPolicy.EXPLICIT,
            deliver_policy=DeliverPolicy.ALL,
            max_ack_pending=1,
            ack_wait=30,
        ),
    )
    seen = Seen()
    print(f"Hearing {contract.name}.{event}", flush=True)
    asked_to_end = asyncio.create_task(ending.wait())
    while not ending.is_set():
        fetching = asyncio.create_task(subscription.fetch(1, timeout=WAIT_S))
        await asyncio.wait({fetching, asked_to_end}, return_when=asyncio.FIRST_COMPLETED)
        if not fetching.done():
            fetching.cancel()
            break
        try:
            (message,) = fetching.result()
        except NatsTimeout:
            continue
        await handle_event(message, contract, seen)
    await nc.drain()


async def handle_event(message: Msg, contract: Contract, seen: Seen) -> None:
    try:
        event = Event.read(message.subject, message.headers, message.data)
        if contract.faults_of_event(event.type, event.data):
            raise NotUnderstood("Its data does not fit the contract.")
    except NotUnderstood as problem:
        log.error("A message that is no event is left out. %s", problem)
        await message.term()
        return
    if event.id not in seen:
        print(json.dumps({"id": event.id, "type": event.type, "key": event.key, "data": event.data}), flush=True)
        seen.add(event.id)
    await message.ack_sync()

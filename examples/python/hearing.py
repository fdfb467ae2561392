"""Hears the events of a module."""

from __future__ import annotations

import json
import logging
from collections import OrderedDict
from collections.abc import Callable

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import TimeoutError as NatsTimeout
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy

from wire import Contract, Event, NotUnderstood

#: How many events are remembered, so that one that comes again is known. What must never count twice is remembered where its
#: effect is: in the same transaction of a database.
REMEMBERED = 10_000

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


async def hear(nc: Client, system: str, reader: str, contract: Contract, event: str, is_ending: Callable[[], bool]) -> None:
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
    while not is_ending():
        try:
            (message,) = await subscription.fetch(1, timeout=1)
        except NatsTimeout:
            continue
        await handle_event(message, contract, seen)
    await nc.drain()


async def handle_event(message: Msg, contract: Contract, seen: Seen) -> None:
    try:
        event = Event.read(message.headers, message.data)
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

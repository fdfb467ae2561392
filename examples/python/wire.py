"""The wire protocol of Macrolith, version 1: what docs/wire.md says of calls, answers, events and values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

PROTOCOL = "1"
#: How much time a call has that does not say.
DEFAULT_TIMEOUT_MS = 30_000
#: Every refusal that this program gives, with its number.
REFUSALS = {
    "unknown-operation": 404,
    "invalid-input": 400,
    "deadline-passed": 504,
    "protocol": 400,
}
#: How many faults of an argument are told.
MOST_ISSUES = 20


class DeclaredError(Exception):
    """An error that the contract declares: a result that was foreseen, with its fields."""

    def __init__(self, code: str, message: str, fields: Mapping[str, Any]) -> None:
        super().__init__(message)
        self.code, self.message, self.fields = code, message, fields


class Failed(Exception):
    """Something else went wrong over there. What it was is in the provider's log, under the trace id."""


class Refused(Exception):
    """The platform did not have it done, or cannot say what came of it."""

    def __init__(self, code: str, message: str, issues: list[dict[str, str]] | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.issues = code, message, issues


class NotUnderstood(Exception):
    """What came is not what the protocol or the contract says."""


def _pattern(validator: Any, pattern: str, instance: Any, schema: Any) -> Iterator[ValidationError]:
    """
    Patterns are ECMA-262: `\\d` is a digit of ASCII, and `$` is the very end. One that Python's `re` cannot read, e.g. with
    `\\P{Cc}`, is left to whoever checks next.
    """
    try:
        matcher = re.compile(re.sub(r"(?<!\\)\$$", r"\\Z", pattern), re.ASCII)
    except re.error:
        return
    if isinstance(instance, str) and not matcher.search(instance):
        yield ValidationError("does not have the form that is asked for")


_Validator: Any = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]


class Contract:
    """A contract as `contract.json` has it: each schema in it is a document of its own."""

    def __init__(self, snapshot: Mapping[str, Any]) -> None:
        self.snapshot = snapshot
        self.name: str = snapshot["name"]
        self.version: str = snapshot["version"]
        self.operations: Mapping[str, Any] = snapshot["operations"]

    def faults_of_input(self, operation: str, value: Any) -> list[dict[str, str]]:
        return _faults(self.operations[operation].get("input"), value)

    def faults_of_output(self, operation: str, value: Any) -> list[dict[str, str]]:
        return _faults(self.operations[operation].get("output"), value)

    def faults_of_event(self, event_type: str, data: Any) -> list[dict[str, str]]:
        """None for an event of a version that this contract does not know yet: it can still be told apart by its type."""
        event = self.snapshot["events"].get(event_type)
        return [] if event is None else _faults(event["data"], data)


def _faults(schema: Any, value: Any) -> list[dict[str, str]]:
    if schema is None:
        return []
    errors = list(_Validator(schema).iter_errors(value))
    return [{"path": _pointer(error), "message": _shortened(error)} for error in errors[:MOST_ISSUES]]


def _pointer(error: ValidationError) -> str:
    """A JSON Pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in error.absolute_path)


def _shortened(error: ValidationError) -> str:
    # jsonschema repeats the value, which may be large or nobody's business.
    return f"does not fit the keyword '{error.validator}'" if error.validator else error.message


def to_json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()


def from_json(body: bytes) -> Any:
    """Stricter than Python, which takes NaN for JSON. Raises ValueError, also for what is nested too deep."""

    def refuse(constant: str) -> Any:
        raise ValueError(f"{constant} is no JSON")

    try:
        return json.loads(body.decode("utf-8"), parse_constant=refuse)
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error


def encoded(value: str) -> str:
    """As a header may have it: printable ASCII without `%`, and all else as percent-encoded UTF-8."""
    return quote(value, safe="!\"#$&'()*+,/:;<=>?@[\\]^`{|}~")


def decoded(value: str) -> str:
    """Raises UnicodeDecodeError, which is a ValueError."""
    return unquote(value, errors="strict")


@dataclass(frozen=True)
class Head:
    """What the headers of a call say that this program uses."""

    caller: str
    timeout_ms: int
    trace_id: str | None

    @classmethod
    def read(cls, headers: Mapping[str, str]) -> Head:
        """Raises Refused."""
        if headers.get("Macrolith-Protocol") != PROTOCOL:
            raise Refused("protocol", f"This program speaks the protocol {PROTOCOL}.")
        caller = headers.get("Macrolith-Caller", "")
        if not re.fullmatch(r"[a-z][a-z0-9-]{0,62}", caller):
            raise Refused("protocol", "The header Macrolith-Caller names no module.")
        timeout = headers.get("Macrolith-Timeout-Ms", str(DEFAULT_TIMEOUT_MS))
        if not re.fullmatch(r"[0-9]{1,9}", timeout):
            raise Refused("protocol", "The header Macrolith-Timeout-Ms is no whole number of milliseconds.")
        trace = re.fullmatch(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}", headers.get("traceparent", ""))
        return cls(caller, int(timeout), trace[1] if trace else None)


@dataclass(frozen=True)
class Event:
    """A CloudEvent in binary mode."""

    id: str
    type: str
    key: str
    data: Any
    attributes: Mapping[str, str] = field(repr=False)

    @classmethod
    def read(cls, subject: str, headers: Mapping[str, str] | None, body: bytes) -> Event:
        """Raises NotUnderstood."""
        try:
            attributes = {
                name.lower().removeprefix("ce-"): decoded(value)
                for name, value in (headers or {}).items()
                if name.lower().startswith("ce-")
            }
            missing = [name for name in ("specversion", "id", "source", "type") if not attributes.get(name)]
            if missing:
                raise NotUnderstood(f"It has no {missing[0]}.")
            # Who may publish is told by subjects: what calls itself something else may be of anybody.
            if attributes["type"] != subject.split(".", 2)[2]:
                raise NotUnderstood(f"Its type is {attributes['type']}, which is not that of {subject}.")
            event_id = attributes["id"]
            key = attributes.get("partitionkey", event_id)
            return cls(event_id, attributes["type"], key, from_json(body), attributes)
        except ValueError as error:
            raise NotUnderstood(f"It cannot be read: {error}.") from error

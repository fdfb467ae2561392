"""The rules of @macrolith/fraud/local: how much an order looks like fraud."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wire import DeclaredError

#: In minor units of whichever currency.
LARGE_TOTAL_MINOR = 1_000_000
MANY_PIECES = 1_000
#: Points by who pays: what an account pays is paid by somebody whom the shop knows.
POINTS = {
    "large-total": {"account": 15, "card": 50},
    "many-pieces": {"account": 15, "card": 30},
    "no-country": {"account": 5, "card": 10},
}


def score_order(order: Mapping[str, Any]) -> dict[str, Any]:
    """The rules of @macrolith/fraud/local. The argument has been held against its schema."""
    total_minor = int(order["total"]["amountMinor"])
    if total_minor < 0:
        raise DeclaredError(
            "fraud.negative-total",
            f"Order {order['orderId']} costs less than nothing, and cannot be scored.",
            {"orderId": order["orderId"], "total": order["total"]},
        )
    holds = {
        "large-total": total_minor >= LARGE_TOTAL_MINOR,
        "many-pieces": order["pieces"] >= MANY_PIECES,
        "no-country": "country" not in order,
    }
    reasons = [reason for reason, is_so in holds.items() if is_so]
    return {"score": min(100, sum(POINTS[reason][order["payer"]] for reason in reasons)), "reasons": reasons}


#: What is served, by the name of the operation.
OPERATIONS = {"scoreOrder": score_order}

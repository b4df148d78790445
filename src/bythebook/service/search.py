"""Finding cases by what their rows say: never by what was said in them."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bythebook.engine.decide import Refused
from bythebook.engine.state import Status


class Order(Enum):
    """How what was found is ordered; ties by id."""

    ID = "id"
    OPENED = "opened"
    """The one opened last first."""

    CHANGED = "changed"
    """The one changed last first."""

    WAITING = "waiting"
    """The one that has waited longest for a human first."""


@dataclass(frozen=True, slots=True)
class CaseQuery:
    """What is wanted; a field left empty asks for nothing. Times are from (included) and until (left out)."""

    beginning: str = ""
    """Of the case's id."""

    status: Status | None = None
    routine: str = ""
    step: str = ""
    human: str = ""
    """Who has the case."""

    reason: str = ""
    """The beginning of why a human was asked for."""

    opened_from: datetime | None = None
    opened_until: datetime | None = None
    changed_from: datetime | None = None
    changed_until: datetime | None = None
    waiting: bool = False
    """It waits for a human, and nobody has taken it."""

    by_id: bool = False
    """In the order of ids, whatever else is asked for: for whoever goes through all."""

    @property
    def order(self) -> Order:
        """Ids are looked for among ids, who waits by turn, openings among openings; else the last change is first."""
        if self.beginning or self.by_id:
            return Order.ID
        if self.waiting:
            return Order.WAITING
        return Order.OPENED if self.opened_from or self.opened_until else Order.CHANGED


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the next page begins: behind this case."""

    order: Order
    value: str
    """By which the case is ordered, as text."""

    case_id: str

    def written(self) -> str:
        """Return it as a text that callers hand back."""
        return base64.urlsafe_b64encode(json.dumps([self.order.value, self.value, self.case_id]).encode()).decode()


def cursor_in(text: str, order: Order) -> Cursor:
    """Return the cursor of a text; raise Refused where it is none, or one of another search."""
    try:
        kind, value, case_id = json.loads(base64.urlsafe_b64decode(text.encode()))
        cursor = Cursor(Order(kind), str(value), str(case_id))
    except (ValueError, binascii.Error, TypeError) as error:
        raise Refused("this is no place to go on from; begin with the first page") from error
    if cursor.order is not order:
        raise Refused("this place belongs to another search; begin with the first page")
    return cursor

"""By what a search orders a case, as text: what stores sort by, and what the place of a next page holds."""

from __future__ import annotations

from typing import assert_never

from bythebook.adapters.event_codec import instant_text
from bythebook.service.ports import CaseSummary
from bythebook.service.search import Order


def ordered_by(row: CaseSummary, order: Order) -> str:
    """Return the text by which the row is ordered; empty where that is its id, which every order ends with."""
    match order:
        case Order.ID:
            return ""
        case Order.OPENED:
            return instant_text(row.opened_at)
        case Order.CHANGED:
            return instant_text(row.updated_at)
        case Order.WAITING:
            return instant_text(row.waiting_since) if row.waiting_since is not None else ""
        case _:
            assert_never(order)

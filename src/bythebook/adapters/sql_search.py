"""A search for cases as a query that an index answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from bythebook.adapters.event_codec import instant_text
from bythebook.adapters.ordering import ordered_by
from bythebook.adapters.schema import cases
from bythebook.adapters.sql_rows import SUMMARY, column_text
from bythebook.service.ports import CaseSummary, Page
from bythebook.service.search import CaseQuery, Cursor, Order, cursor_in

LAST: Final = "\U0010ffff"
"""Sorts behind every other text that begins alike."""

_COLUMN: Final = {
    Order.ID: cases.c.case_id,
    Order.OPENED: cases.c.opened_at,
    Order.CHANGED: cases.c.updated_at,
    Order.WAITING: cases.c.waiting_since,
}


def search_query(query: CaseQuery, limit: int, after: str | None) -> Select[Any]:
    """Return the query for a page, and one row more where there is a next one; raise Refused."""
    column = _COLUMN[query.order]
    # The ids first, which an index may have by itself; then the rows of that page alone.
    found = select(cases.c.case_id).where(*_wanted(query)).limit(limit + 1)
    order: tuple[ColumnElement[Any], ...] = (column, cases.c.case_id)
    if query.order is Order.ID:
        order = (column,)
        if after is not None:
            found = found.where(column > cursor_in(after, query.order).case_id)
    elif query.order is Order.WAITING:
        if after is not None:
            last = cursor_in(after, query.order)
            found = found.where(column >= last.value, or_(column > last.value, cases.c.case_id > last.case_id))
    else:
        order = (column.desc(), cases.c.case_id)
        if after is not None:
            last = cursor_in(after, query.order)
            found = found.where(column <= last.value, or_(column < last.value, cases.c.case_id > last.case_id))
    page = found.order_by(*order).subquery()
    return select(*SUMMARY).join(page, page.c.case_id == cases.c.case_id).order_by(*order)


def page_of(query: CaseQuery, rows: Sequence[CaseSummary], limit: int) -> Page:
    """Return the page that the rows make, with where the next one begins."""
    shown = tuple(rows[:limit])
    if len(rows) <= limit:
        return Page(shown, None)
    last = shown[-1]
    return Page(shown, Cursor(query.order, ordered_by(last, query.order), last.case_id).written())


def count_query(query: CaseQuery, at_most: int) -> Select[Any]:
    """Return the query for how many cases are wanted, up to a number at which nobody counts on."""
    some = select(cases.c.case_id).where(*_wanted(query)).limit(at_most).subquery()
    return select(func.count()).select_from(some)


def _wanted(query: CaseQuery) -> Iterator[ColumnElement[bool]]:
    if query.beginning:
        yield _begins(cases.c.case_id, query.beginning)
    if query.waiting:
        yield cases.c.waiting_since.is_not(None)
    if query.status is not None:
        yield cases.c.status == query.status.value
    for column, text in ((cases.c.routine, query.routine), (cases.c.step, query.step)):
        if text:
            yield column == column_text(text)
    # The indexes of these two leave out cases that nobody has or waits for: the query must leave them out by name.
    if query.human:
        yield and_(cases.c.human != "", cases.c.human == column_text(query.human))
    if query.reason:
        yield and_(cases.c.reason != "", _begins(cases.c.reason, query.reason))
    for column, since, until in (
        (cases.c.opened_at, query.opened_from, query.opened_until),
        (cases.c.updated_at, query.changed_from, query.changed_until),
    ):
        if since is not None:
            yield column >= instant_text(since)
        if until is not None:
            yield column < instant_text(until)


def _begins(column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    beginning = column_text(text)
    return and_(column >= beginning, column < beginning + LAST)

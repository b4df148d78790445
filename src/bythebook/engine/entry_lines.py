"""The lines of an entry that is being carried out, as they are taken off it."""

from __future__ import annotations

from bythebook.engine.state import CaseState, replace


def line_done(state: CaseState, line: str) -> CaseState:
    """Take the line off the entry that is being carried out, as done."""
    cursor = state.cursor
    if cursor is None or not cursor.lines or cursor.lines[0] != line:
        return state
    done = state.done if cursor.asked_for else state.done | {line}
    return replace(line_off(state, line), done=done)


def line_off(state: CaseState, line: str) -> CaseState:
    """Take the line off the entry that is being carried out."""
    cursor = state.cursor
    if cursor is None or not cursor.lines or cursor.lines[0] != line:
        return state
    return replace(state, cursor=replace(cursor, lines=cursor.lines[1:]))

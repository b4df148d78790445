"""What the desk is told of a case that waits for a human, read off its log."""

from __future__ import annotations

from collections.abc import Sequence

from bythebook.engine.event import CustomerSaid, Event, FunctionCalled, HandoffRequested
from bythebook.engine.state import CaseState
from bythebook.routine.wording import Release
from bythebook.service.ports import Handoff
from bythebook.service.turns import transcript


def handoff_of(release: Release, log: Sequence[Event], state: CaseState) -> Handoff:
    """Return the handoff that a case waits with; its place in the log stays the same whatever is said meanwhile."""
    version = max(place for place, event in enumerate(log, start=1) if isinstance(event, HandoffRequested))
    called = (event.function for event in log if isinstance(event, FunctionCalled))
    assert state.opened_at is not None and state.at is not None, "a log begins with CaseOpened"
    return Handoff(
        case_id=state.case_id,
        version=version,
        routine=release.name,
        title=release.titled,
        reason=state.handoff or "",
        step=state.current[-1] if state.current else "",
        opened_at=state.opened_at,
        at=state.at,
        messages=sum(isinstance(event, CustomerSaid) for event in log),
        functions=tuple(dict.fromkeys(called)),
        said=tuple((one.speaker, one.said.text) for one in transcript(log)),
    )

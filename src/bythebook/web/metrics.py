"""`/metrics`: what was counted, for Prometheus, with how things stand now."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request, Response

from bythebook.web.context import WebContext
from bythebook.web.lanes import Turns
from bythebook.web.stream import Streams

router = APIRouter()


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request) -> Response:
    """Show what was counted."""
    context: WebContext = request.app.state.context
    assert context.metrics is not None, "the page is only there with metrics"
    turns: Turns = request.app.state.turns
    streams: Streams = request.app.state.streams

    def gauges() -> Sequence[tuple[str, str, float]]:
        runner = context.conversation.runner
        owed = runner.store.backlog()
        age = (runner.clock.now() - owed.oldest).total_seconds() if owed.oldest is not None else 0.0
        return (
            ("bythebook_turns_under_way", "Turns that run or wait in this process.", turns.under_way),
            ("bythebook_streams_open", "Event streams of this process.", streams.running),
            ("bythebook_cases_owed", "Cases that are owed a reading, a call or a notice.", owed.cases),
            ("bythebook_owed_age_seconds", "How long the case that has waited longest has not moved.", max(age, 0.0)),
        )

    return Response(context.metrics.shown(gauges), media_type=context.metrics.content_type)

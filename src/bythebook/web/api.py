"""The HTTP interface for customers' channels: `/v1` and `/healthz`. It translates; the service decides.

Endpoints are plain functions: they run in threads, and so does all work on the store.
"""

from __future__ import annotations

from importlib.metadata import version as version_of
from typing import Annotated, Final

from anyio import to_thread
from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.responses import StreamingResponse

from bythebook.service.conversation import MESSAGE_ID_CHARACTERS_MAX, Conversation
from bythebook.service.ports import UnknownCase, UnknownRelease
from bythebook.web.context import WebContext
from bythebook.web.lanes import Turns
from bythebook.web.problems import KEY_HEADER, ROUTINE_UNKNOWN, TOKEN_MISSING, Problem
from bythebook.web.rates import gauges_of, may_open, take_message
from bythebook.web.shapes import (
    CaseShape,
    HealthShape,
    NewCase,
    NewMessage,
    OpenedShape,
    RoutinesShape,
    TurnShape,
    case_shape,
    opened_shape,
    routines_shape,
    turn_shape,
)
from bythebook.web.stream import Streams

RELEASE_VERSION: Final = version_of("bythebook")

router = APIRouter()
bearer = HTTPBearer(auto_error=False, description="The token that came when the case was opened.")


def conversation_of(request: Request) -> Conversation:
    """Return the use cases the application was made with."""
    context: WebContext = request.app.state.context
    return context.conversation


def streams_of(request: Request) -> Streams:
    """Return the event streams of the application."""
    streams: Streams = request.app.state.streams
    return streams


def turns_of(request: Request) -> Turns:
    """Return the lane of turns of the application."""
    turns: Turns = request.app.state.turns
    return turns


def own_case(
    case_id: str,
    conversation: Annotated[Conversation, Depends(conversation_of)],
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
) -> str:
    """Return the case's id if the token is its own; a wrong token looks like an unknown case."""
    if credentials is None:
        raise Problem(TOKEN_MISSING, headers={"WWW-Authenticate": "Bearer"})
    if not conversation.authorised(case_id, credentials.credentials):
        raise UnknownCase(case_id)
    return case_id


Talk = Annotated[Conversation, Depends(conversation_of)]
OwnCase = Annotated[str, Depends(own_case)]


async def speaking(request: Request, case_id: OwnCase) -> str:
    """Return the case's id if there may be one more message of it now."""
    if gauges_of(request).is_shared:
        await to_thread.run_sync(take_message, request, case_id)
    else:
        take_message(request, case_id)
    return case_id


OwnSpeaking = Annotated[str, Depends(speaking)]
MessageKey = Annotated[
    str,
    Header(
        alias=KEY_HEADER,
        min_length=1,
        max_length=MESSAGE_ID_CHARACTERS_MAX,
        description="Your own id of the message: new for each one, the same for each repeat of it.",
    ),
]
After = Annotated[int, Query(ge=0, description="Only what was said after this version.")]


@router.get("/v1/routines", tags=["customers"])
def routines(talk: Talk) -> RoutinesShape:
    """List the documents that a case can be opened on."""
    return routines_shape(talk.documents(), talk.welcome())


@router.post("/v1/cases", status_code=201, tags=["customers"], dependencies=[Depends(may_open)])
def open_case(talk: Talk, response: Response, asked: NewCase | None = None) -> OpenedShape:
    """Open a case. Nothing is said yet: the customer speaks first."""
    try:
        opened = talk.open(asked.routine if asked is not None else None)
    except UnknownRelease as unknown:
        raise Problem(ROUTINE_UNKNOWN) from unknown
    response.headers["Location"] = f"/v1/cases/{opened.case_id}"
    return opened_shape(talk.view(opened.case_id), opened.token)


@router.post("/v1/cases/{case_id}/messages", tags=["customers"])
async def say(
    talk: Talk, turns: Annotated[Turns, Depends(turns_of)], case_id: OwnSpeaking, message: NewMessage, key: MessageKey
) -> TurnShape:
    """Say something or press a button, and get the turn that answers it.

    A repeat with the same key gets the answer of the first time; nothing happens twice.
    """

    def answer() -> TurnShape:
        if message.press is not None:
            turn = talk.press(case_id, message.press, key)
        else:
            turn = talk.say(case_id, message.text or "", key)
        return turn_shape(turn, case_id, talk.runner.store.summary(turn.case_id).version)

    return await turns.run(case_id, answer)


@router.get("/v1/cases/{case_id}", tags=["customers"])
def show(talk: Talk, case_id: OwnCase, after: After = 0) -> CaseShape:
    """Return the case with its transcript."""
    return case_shape(talk.view(case_id, after), after)


@router.get("/v1/cases/{case_id}/events", tags=["customers"], response_class=StreamingResponse)
async def events(
    request: Request,
    case_id: OwnCase,
    streams: Annotated[Streams, Depends(streams_of)],
    after: After = 0,
    last_event_id: Annotated[int | None, Header(ge=0, description="As `after`, and before it.")] = None,
) -> StreamingResponse:
    """Follow the case: `utterance` events with what is said, `state` events with where the case stands."""
    streams.admit()
    cursor = after if last_event_id is None else last_event_id
    return StreamingResponse(
        streams.events(case_id, cursor, request.is_disconnected),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


@router.get("/healthz", tags=["operations"])
def health(talk: Talk) -> HealthShape:
    """Say whether the store answers, and what runs."""
    talk.runner.store.summaries(limit=1)
    current = talk.runner.releases.current().release
    alone = not current.is_reception  # of several documents none is the one
    return HealthShape(
        status="ok",
        version=RELEASE_VERSION,
        release=current.digest if alone else None,
        routine=current.name if alone else None,
        routines=[document.routine for document in talk.documents()],
    )

"""The HTTP interface for whoever answers a handoff notice from a desk of their own."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from bythebook.service.conversation import MESSAGE_ID_CHARACTERS_MAX
from bythebook.service.ports import UnknownCase
from bythebook.service.replies import HandoffOver, Replies
from bythebook.web.api import Talk
from bythebook.web.context import WebContext
from bythebook.web.problems import KEY_HEADER, TOKEN_MISSING, Problem
from bythebook.web.shapes import CaseShape, HandBack, RepliedShape, Reply, case_shape

router = APIRouter(prefix="/v1/handoffs", tags=["a desk elsewhere"])
bearer = HTTPBearer(auto_error=False, scheme_name="Notice", description="The token that came with the notice.")


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever holds the token of a notice, and what they can do."""

    replies: Replies
    case_id: str
    token: str


def holder_of(
    request: Request, case_id: str, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
) -> Holder:
    """Return who asks; where notices give no tokens, there is no such case here."""
    context: WebContext = request.app.state.context
    if credentials is None:
        raise Problem(TOKEN_MISSING, headers={"WWW-Authenticate": "Bearer"})
    if context.replies is None:
        raise UnknownCase(case_id)
    return Holder(context.replies, case_id, credentials.credentials)


By = Annotated[Holder, Depends(holder_of)]
ReplyKey = Annotated[
    str,
    Header(
        alias=KEY_HEADER,
        min_length=1,
        max_length=MESSAGE_ID_CHARACTERS_MAX,
        description="Your own id of the reply: new for each one, the same for each repeat of it.",
    ),
]


@router.get("/{case_id}")
def read(by: By, talk: Talk) -> CaseShape:
    """Return the case with its transcript, until it is handed back."""
    by.replies.open(by.case_id, by.token)
    return case_shape(talk.view(by.case_id), 0)


@router.post("/{case_id}/reply")
def reply(by: By, talk: Talk, said: Reply, key: ReplyKey) -> RepliedShape:
    """Say something to the customer, in a human's own words. The first reply takes the case."""
    duplicate = by.replies.say(by.case_id, by.token, said.human, said.text, key)
    if said.hand_back:
        with suppress(HandoffOver):  # a repeat, and the case was handed back then
            by.replies.give_back(by.case_id, by.token, said.human)
    return RepliedShape(case=by.case_id, status=talk.view(by.case_id).status.value, duplicate=duplicate)


@router.post("/{case_id}/hand-back")
def hand_back(by: By, talk: Talk, who: HandBack) -> RepliedShape:
    """Hand the case back: the routine goes on. The token is good for nothing after that."""
    by.replies.give_back(by.case_id, by.token, who.human)
    return RepliedShape(case=by.case_id, status=talk.view(by.case_id).status.value, duplicate=False)

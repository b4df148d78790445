"""What can go wrong for a caller, as RFC 9457 problem details: one table, of which page, docs and answers are made.

A caller learns what happened and what to do next, and nothing of our insides.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import Response

MEDIA_TYPE: Final = "application/problem+json"
RETRY_SECONDS: Final = 2
"""What a caller is told to wait before the same request again."""

KEY_HEADER: Final = "Idempotency-Key"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem; its name is a promise."""

    name: str
    status: int
    title: str
    way_out: str

    @property
    def uri(self) -> str:
        """The `type` member: a relative reference to the page about it."""
        return f"/problems/{self.name}"


BAD_REQUEST: Final = Kind(
    "request-not-understood",
    400,
    "The request was not understood",
    "Mend what `errors` names and send it again; /docs shows what is expected.",
)
KEY_MISSING: Final = Kind(
    "message-key-missing",
    400,
    "The message has no key",
    f"Send the header {KEY_HEADER} with a value of your own: new for each message, the same for each repeat.",
)
ROUTINE_UNKNOWN: Final = Kind(
    "routine-unknown",
    400,
    "No such document is loaded",
    "Leave `routine` out, or name a loaded document.",
)
TOKEN_MISSING: Final = Kind(
    "token-missing",
    401,
    "The request carries no token",
    "Send `Authorization: Bearer TOKEN` with the token that came when the case was opened.",
)
STAFF_ONLY: Final = Kind(
    "staff-only",
    401,
    "This is for the desk and for auditors",
    "Send `Authorization: Bearer KEY` with a key that an administrator made, or the token of BYTHEBOOK_DESK_TOKEN or "
    "BYTHEBOOK_AUDIT_TOKEN.",
)
SIGN_IN_FIRST: Final = Kind("sign-in-first", 401, "Nobody is signed in here", "Sign in at /sign-in and do it again.")
ROLE_MAY_NOT: Final = Kind(
    "role-may-not",
    403,
    "Your role does not give the right to do that",
    "Ask an administrator for the role, or somebody who has it.",
)
FROM_ELSEWHERE: Final = Kind(
    "from-elsewhere",
    403,
    "The request came from a page of another site",
    "Nothing has happened. Open the page here and do it there.",
)
ORIGIN_REFUSED: Final = Kind(
    "site-not-allowed",
    403,
    "Pages of this site may not hold the chat",
    "Nothing has happened. Whoever runs the server adds the site to BYTHEBOOK_WIDGET_ORIGINS.",
)
CASE_NOT_FOUND: Final = Kind(
    "case-not-found",
    404,
    "No such case for this token",
    "Check the case's id and its token, or open a new case with POST /v1/cases.",
)
NOT_FOUND: Final = Kind("not-found", 404, "There is nothing here", "See /docs for what can be asked.")
METHOD: Final = Kind(
    "method-not-allowed", 405, "This cannot be done here", "Use one of the methods that the header Allow names."
)
KEY_REUSED: Final = Kind(
    "message-key-reused",
    409,
    "The key belongs to another message",
    "Nothing has happened. Send the new message with a new key.",
)
REFUSED: Final = Kind(
    "does-not-fit",
    409,
    "This does not fit where the case stands",
    "Nothing has happened. Get the case to see where it stands and which buttons it offers.",
)
NOT_SEALED: Final = Kind(
    "case-not-sealed",
    409,
    "The case has no key to destroy",
    "Nothing has happened. Cases that open once a master key is set can be erased; this one goes with the database.",
)
CASE_ERASED: Final = Kind(
    "case-erased",
    410,
    "The case was erased",
    "What was said in it is gone for good. Open a new case with POST /v1/cases.",
)
HANDOFF_OVER: Final = Kind(
    "handoff-over",
    410,
    "The case is with the assistant again",
    "Nothing has happened. The next notice about this case brings a new token.",
)
TOO_LARGE: Final = Kind(
    "body-too-large", 413, "The request is too large", "Send a shorter message, or several short ones."
)
NOT_JSON: Final = Kind(
    "not-json", 415, "The request is not JSON", "Send JSON, with the header `Content-Type: application/json`."
)
INTERNAL: Final = Kind(
    "internal",
    500,
    "Something went wrong on our side",
    "What was accepted is kept. Send the same request with the same key again.",
)
BUSY: Final = Kind(
    "busy",
    503,
    "Too much at once",
    "Nothing is lost. Wait as long as Retry-After says and send the request again.",
)
STORE_UNAVAILABLE: Final = Kind(
    "store-unavailable",
    503,
    "The store cannot be reached",
    "Nothing is lost. Wait as long as Retry-After says and send the same request with the same key again.",
)
SLOW: Final = Kind(
    "slow",
    503,
    "The answer takes longer",
    "The message is kept and will be answered. Send the same request with the same key again, or follow the case.",
)
TOO_MANY: Final = Kind(
    "too-many-requests",
    429,
    "Too many requests of this case",
    "Wait for the answers to those that are under way, then send this one again with its key.",
)
TOO_OFTEN: Final = Kind(
    "too-often", 429, "Too many requests in a short time", "Wait as long as Retry-After says and send it again."
)
STOPPING: Final = Kind(
    "stopping",
    503,
    "This process is stopping",
    "Nothing is lost. Wait as long as Retry-After says and send the request again: another process answers it.",
)
KINDS: Final = (
    BAD_REQUEST,
    KEY_MISSING,
    ROUTINE_UNKNOWN,
    TOKEN_MISSING,
    STAFF_ONLY,
    SIGN_IN_FIRST,
    ROLE_MAY_NOT,
    ORIGIN_REFUSED,
    FROM_ELSEWHERE,
    CASE_NOT_FOUND,
    NOT_FOUND,
    METHOD,
    KEY_REUSED,
    REFUSED,
    NOT_SEALED,
    CASE_ERASED,
    HANDOFF_OVER,
    TOO_LARGE,
    NOT_JSON,
    INTERNAL,
    BUSY,
    STORE_UNAVAILABLE,
    STOPPING,
    SLOW,
    TOO_MANY,
    TOO_OFTEN,
)


class Problem(HTTPException):
    """Raise it anywhere in the web room: the caller gets it as problem details."""

    def __init__(self, kind: Kind, detail: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(kind.status, detail, headers)
        self.kind: Final = kind


def told(kind: Kind, detail: str = "") -> str:
    """Return what happened here, and the way out."""
    return f"{_sentence(detail)}{kind.way_out}"


def problem_response(
    kind: Kind, detail: str = "", headers: Mapping[str, str] | None = None, **more: object
) -> Response:
    """Return the problem as an answer; `detail` says what happened here, and the way out follows it."""
    retry = {"Retry-After": str(RETRY_SECONDS)} if kind.status in (429, 503) else {}
    content = {
        "type": kind.uri,
        "title": kind.title,
        "status": kind.status,
        "detail": told(kind, detail),
        **more,
    }
    # ASCII only: a name that a caller made up may hold what UTF-8 cannot.
    return Response(json.dumps(content), kind.status, {**retry, **(headers or {})}, MEDIA_TYPE)


def _sentence(text: str) -> str:
    text = text.strip()
    return f"{text[0].upper()}{text[1:].rstrip('.')}. " if text else ""

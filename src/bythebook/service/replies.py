"""Answers to handoff notices: a team that stays in its own desk speaks here, for one case, until it is handed back.

The right to do so is a token in the notice: signed, kept nowhere, and good for that one handoff.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b32encode
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from bythebook.engine.decide import Refused
from bythebook.engine.event import HandoffRequested, HumanClosed, HumanReturned, HumanSaid, HumanTook
from bythebook.engine.state import CaseState
from bythebook.service.desk import Desk
from bythebook.service.ports import UnknownCase

NAME_CHARACTERS_MAX: Final = 100
_PURPOSE: Final = b"bythebook reply 1"


class HandoffOver(Exception):
    """The case was handed back, resolved or erased since: this token answers nothing any more."""


class _SaidBefore(Exception):
    """The same reply came before."""


@dataclass(frozen=True, slots=True)
class ReplyTokens:
    """Signs and knows the tokens of one installation."""

    secret: bytes = field(repr=False)

    def token(self, case_id: str, version: int) -> str:
        """Return the right to answer the handoff at this place of the case's log."""
        key = hmac.new(self.secret, _PURPOSE, hashlib.sha256).digest()
        signed = hmac.new(key, f"{case_id}:{version}".encode(), hashlib.sha256).digest()
        return f"{version}-{b32encode(signed).decode().rstrip('=').lower()}"

    def version(self, case_id: str, token: str) -> int:
        """Return the handoff that a token is for; raise UnknownCase."""
        number = token.partition("-")[0]
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            raise UnknownCase(case_id)
        if not hmac.compare_digest(self.token(case_id, int(number)).encode(), token.encode("utf-8", "replace")):
            raise UnknownCase(case_id)
        return int(number)


@dataclass(frozen=True, slots=True)
class Replies:
    """What the holder of a notice's token can do. Each raises UnknownCase, HandoffOver or Refused; then nothing has
    happened."""

    desk: Desk
    tokens: ReplyTokens

    def open(self, case_id: str, token: str) -> None:
        """Check that the token is for this case, and that its handoff is not over."""
        self._said_before(case_id, self.tokens.version(case_id, token), "")

    def say(self, case_id: str, token: str, human: str, text: str, reply_id: str) -> bool:
        """Say something to the customer; the first reply takes the case. Return whether it was said before.

        `reply_id` is the caller's own: the same for each repeat of a reply.
        """
        version = self.tokens.version(case_id, token)
        if not text.strip():
            raise Refused("there is nothing to say")
        said = self.desk.runner.mask(text).text
        self._take(case_id, version, human, reply_id)

        def saying(_: CaseState) -> HumanSaid:
            if self._said_before(case_id, version, reply_id):
                raise _SaidBefore
            return HumanSaid(self.desk.runner.clock.now(), human, said, reply_id)

        try:
            self.desk.runner.record(case_id, saying)
        except _SaidBefore:
            return True
        return False

    def give_back(self, case_id: str, token: str, human: str) -> None:
        """Hand the case back: the routine goes on, and the token is good for nothing any more."""
        self._take(case_id, self.tokens.version(case_id, token), human, "")
        self.desk.give_back(case_id, human)

    def _take(self, case_id: str, version: int, human: str, reply_id: str) -> None:
        def taking(state: CaseState) -> HumanTook:
            if self._said_before(case_id, version, reply_id) or state.human is not None:
                raise _SaidBefore
            return HumanTook(self.desk.runner.clock.now(), human)

        # Somebody may have it already: whether it is this human is decided with what they say.
        with suppress(_SaidBefore):
            self.desk.runner.record(case_id, taking)

    def _said_before(self, case_id: str, version: int, reply_id: str) -> bool:
        """Whether this reply is in the log; raise HandoffOver where the handoff is none any more."""
        log = self.desk.runner.store.load(case_id)
        if version > len(log) or not isinstance(log[version - 1], HandoffRequested):
            raise UnknownCase(case_id)
        since = log[version:]
        if reply_id and any(isinstance(event, HumanSaid) and event.reply_id == reply_id for event in since):
            return True
        if any(isinstance(event, HumanReturned | HumanClosed | HandoffRequested) for event in since):
            raise HandoffOver(case_id)
        return False

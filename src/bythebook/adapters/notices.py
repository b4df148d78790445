"""How the desk learns that a case waits: the log, a signed webhook, an e-mail. By each way that is set."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Protocol

from bythebook.adapters.unsent import PAUSE_SECONDS as PAUSE_LATE_SECONDS
from bythebook.adapters.unsent import Unsent
from bythebook.service.ports import Handoff

TRIES: Final = 3
PAUSE_SECONDS: Final = 0.5
"""After the first try; it doubles."""

log = logging.getLogger(__name__)


class NoticeFailure(Exception):
    """A notice did not go out; why, without addresses and secrets."""


class Way(Protocol):
    """One way for a notice to go."""

    @property
    def name(self) -> str:
        """What the log calls it."""

    def send(self, key: str, words: Mapping[str, object]) -> None:
        """Send; raise NoticeFailure. `key` is the same for each try, and after a crash."""


@dataclass(frozen=True, slots=True)
class LogNotices:
    """Writes the notice to the log (ids and reason, never text); `bythebook desk list` shows the case."""

    on_duty: bool

    def handed_off(self, handoff: Handoff) -> bool:
        """Record the notice and return whether somebody is at the desk."""
        log.warning("case %s (%s) waits for a human: %s", handoff.case_id, handoff.routine, handoff.reason)
        return self.on_duty


@dataclass
class SentNotices:
    """Sends the notice by each way. Nobody is announced to the customer whom no notice has reached."""

    on_duty: bool
    ways: Sequence[Way]
    told: Told = field(default_factory=lambda: Told())
    pause: Callable[[float], None] = time.sleep
    late_seconds: float = PAUSE_LATE_SECONDS

    def __post_init__(self) -> None:
        self.unsent = Unsent(self._late, self.late_seconds)

    def handed_off(self, handoff: Handoff) -> bool:
        """Send, and return whether somebody is at the desk who was told."""
        words = self.told.words(handoff)
        reached = [way for way in self.ways if self._sent(way, handoff, words)]
        if not reached:
            log.error("no notice of case %s went out; `bythebook desk list` shows it", handoff.case_id)
            self.unsent.keep(handoff)
        return self.on_duty and bool(reached)

    def _late(self, handoff: Handoff) -> bool:
        words = self.told.words(handoff)
        return any(self._sent(way, handoff, words) for way in self.ways)

    def _sent(self, way: Way, handoff: Handoff, words: Mapping[str, object]) -> bool:
        for attempt in range(1, TRIES + 1):
            try:
                way.send(handoff.key, words)
            except NoticeFailure as failure:
                log.warning("the notice of case %s by %s, try %d: %s", handoff.case_id, way.name, attempt, failure)
                if attempt < TRIES:
                    self.pause(PAUSE_SECONDS * 2 ** (attempt - 1))
            else:
                return True
        return False


@dataclass(frozen=True, slots=True)
class Told:
    """What a notice tells. No words of the customer, unless that is set."""

    text: bool = False
    reply_token: Callable[[str, int], str] | None = None
    """Signs the right to answer; without it a notice gives none."""

    public_url: str = ""
    """Where this installation is reached, for whoever answers."""

    def words(self, handoff: Handoff) -> Mapping[str, object]:
        """Return the notice's content, the same for every way."""
        data: dict[str, object] = {
            "case": handoff.case_id,
            "document": handoff.routine,
            "title": handoff.title,
            "reason": handoff.reason,
            "step": handoff.step,
            "opened_at": _written(handoff.opened_at),
            "handed_off_at": _written(handoff.at),
            "messages": handoff.messages,
            "functions": list(handoff.functions),
        }
        if self.text:
            data["said"] = [{"speaker": speaker, "text": text} for speaker, text in handoff.said]
        if self.reply_token is not None:
            place = f"{self.public_url.rstrip('/')}/v1/handoffs/{handoff.case_id}"
            data["reply"] = {"url": place, "token": self.reply_token(handoff.case_id, handoff.version)}
        return {"type": "case.handed_off", "timestamp": _written(handoff.at), "data": data}


def body_of(words: Mapping[str, object]) -> bytes:
    """Return the content as the bytes that are sent and signed."""
    return json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

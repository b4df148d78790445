"""What the web room is given: the use cases to translate for, and how often to look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Protocol

from bythebook.auditing import AuditRoom
from bythebook.service.access import Access
from bythebook.service.checkpointing import Checkpointing
from bythebook.service.conversation import Conversation
from bythebook.service.counting import Tallying
from bythebook.service.entrance import Entrance
from bythebook.service.erasing import Retention
from bythebook.service.insight import Insight
from bythebook.service.ports import News
from bythebook.service.releasing import Releasing
from bythebook.service.replies import Replies
from bythebook.service.staff import Staff
from bythebook.service.studio import Studio
from bythebook.service.timers import Timers
from bythebook.service.unsure import NotUnderstood
from bythebook.trying import Trials


class Shown(Protocol):
    """Metrics, as a page."""

    @property
    def content_type(self) -> str: ...

    def shown(self, gauges: Callable[[], Sequence[tuple[str, str, float]]]) -> bytes:
        """Return what was counted, with the gauges: name, what it is, how much."""


@dataclass(frozen=True, slots=True)
class WebContext:
    """Everything a web application of By the Book needs. Times are in seconds."""

    conversation: Conversation
    timers: Timers
    origins: tuple[str, ...] = ()
    """The other sites whose pages may hold the chat."""

    replies: Replies | None = None
    """What whoever got a handoff notice can do, where notices give a token."""

    staff: Staff | None = None
    """Who may find, read and erase cases by the tokens of the settings, where those are set."""

    entrance: Entrance = field(default_factory=Entrance)
    """What is known of the way in: its address, its proxies, how often anybody may knock."""

    access: Access | None = None
    """How people of the house sign in; without it nobody can."""

    news: News | None = None
    """What tells event streams that a case has moved; they look by themselves too."""

    always_on_duty: bool = False
    """Whether somebody is always at the desk, as the settings say: nobody has to go on duty."""

    releases: Releasing | None = None
    """What can be done with releases."""

    alongside: AbstractContextManager[object] = field(default_factory=nullcontext)
    """What runs for as long as the application does: the durable engine, where effects are carried out by one."""

    metrics: Shown | None = None
    """What `/metrics` shows; without it there is no such page."""

    studio: Studio | None = None
    """Where documents are written; without it there are no such pages."""

    poll_seconds: float = 0.3
    """How often an event stream looks for news of a case in which something happens."""

    heartbeat_seconds: float = 15.0
    """After how long a silence an event stream shows that it is alive."""

    timers_seconds: float = 5.0
    """How often due timers are fired."""

    audits: AuditRoom | None = None
    """What an auditor can do."""

    checkpointing: Checkpointing | None = None
    """What signs where the chains of cases stand, where there is a key for it and it is not switched off."""

    retention: Retention | None = None
    """What erases cases by schedule, where one is set."""

    retention_seconds: float = 600.0
    """How often cases that were kept for long enough are erased."""

    tallying: Tallying | None = None
    """What counts how often each line was reached, and the rest that the overview shows; without it nothing does."""

    tallying_seconds: float = 5.0
    """How often cases are counted that moved on since; much sooner while many are left to count."""

    insight: Insight | None = None
    """What the overview and the pages of documents in use show."""

    unsure: NotUnderstood = field(default_factory=NotUnderstood)
    """What was not understood in the latest cases, as this process knows it."""

    trials: Trials | None = None
    """What sandbox cases are made by."""

    recover_seconds: float = 60.0
    """How often work that another process left behind is looked for."""

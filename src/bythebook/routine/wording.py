"""The approved words that are not in the document, and the release that binds all words together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bythebook.routine.model import Routine
from bythebook.source.span import SourceFile

RECEPTION: Final = "reception"
"""The name of what a case opens on where several documents are loaded: no document may be called so."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Approved wording: a template whose `{holes}` are filled with a result's fields or document spans."""

    text: str
    source: str = ""
    """The words of the document it was approved for; a phrase whose line has changed is stale."""

    approved_by: str = ""
    """Who approved it; empty while it is a draft."""

    @property
    def approved(self) -> bool:
        return bool(self.approved_by)


@dataclass(frozen=True, slots=True)
class Link:
    """Words of the document that point at something, and what they point at (R13): a line or an address."""

    words: str
    line: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """Every text a customer can get that the document does not quote."""

    lines: Mapping[str, Phrase]
    """By line label: what the document asks to be said but does not quote."""

    functions: Mapping[str, Phrase]
    """By function name: how its result is told."""

    house: Mapping[str, Phrase]
    """By name: the few phrases of the house."""

    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Examples:
    """The author's examples: what customers say, by choice id, and other names for the document's terms."""

    by_choice: Mapping[str, tuple[str, ...]]
    glossary: Mapping[str, tuple[str, ...]]
    """By term of the document ("ChatGPT Enterprise"): the nicknames customers use."""


@dataclass(frozen=True, slots=True)
class Conduct:
    """How the owner of a document wants its cases conducted: `[conduct]` in `phrases.toml`."""

    nudge_after_s: int = 600
    """Seconds of silence after which the customer is told that nobody hurries them; 0 for never."""

    abandon_after_s: int = 72 * 3600
    """Seconds of silence after which a case is abandoned."""

    resolve_on_silence: bool = False
    """Run the resolution, instead of abandoning, when a served customer leaves the closing question open."""

    ask_anyway: bool = False
    """Ask a question even when the opening already answered it (the literal reading of the document)."""

    day_first: bool = False
    """Read 3/4/2027 as the third of April, not the fourth of March."""

    first: str = ""
    """The name of the document that a case goes through before this one (an identity check)."""

    part: bool = False
    """The document is only ever gone through before others: nobody is sent to it for itself."""

    two_people: bool = False
    """A release needs two people: whoever approves it is not who submitted it."""

    title: str = ""
    """What customers and the desk see it called; empty for what its text says."""

    notice: str = ""
    """What the chat asks customers not to share; empty for the usual words."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a release knows of another document that is loaded together with it."""

    name: str
    title: str
    """Words of that document: its article's title, else its first heading, else its name."""

    first: tuple[str, ...] = ()
    """The documents that a case goes through before it, in their order."""

    takes: tuple[str, ...] = ()
    """The names of the facts and values that it depends on: a case may begin with them, whatever it opens on."""

    asked: tuple[str, ...] = ()
    """What customers say who need it, as far as it tells: its questions, conditions, examples. Kept at the
    reception only, which needs it to tell documents apart."""

    about: tuple[str, ...] = ()
    """Its other words: answers, steps, functions. Kept at the reception only."""


def spoken(name: str) -> str:
    """Return a document's short name as people say it."""
    words = name.replace("-", " ").replace("_", " ").strip()
    return f"{words[:1].upper()}{words[1:]}"


@dataclass(frozen=True, slots=True)
class Release:
    """All that decides what a case says: document, phrases, house phrases, examples, function data.

    A case runs to its end on the release it began with (invariant 8).
    """

    name: str
    """The document's short name: its folder (`business-associate-agreement`)."""

    digest: str
    """SHA-256 over every file of the release."""

    document: SourceFile
    routine: Routine
    wording: Wording
    examples: Examples
    conduct: Conduct = Conduct()
    title: str = ""
    """Its title among the documents that are loaded together; empty where it stands alone."""

    others: tuple[Card, ...] = ()
    """The other documents that a case can move to; none where it stands alone."""

    first: tuple[str, ...] = ()
    """The documents that a case goes through before this one, in their order."""

    @property
    def titled(self) -> str:
        """What people call the document: its title, else its name in words."""
        return self.conduct.title or self.title or self.routine.article.title or spoken(self.name)

    @property
    def is_reception(self) -> bool:
        """Whether it only receives customers and sends them on."""
        return self.name == RECEPTION

    def card(self, name: str) -> Card | None:
        """Return the card of another document, or None."""
        return next((card for card in self.others if card.name == name), None)

    def link_buttons(self, text: str) -> tuple[Link, ...]:
        """Return the links to lines whose words stand in `text`, in order of appearance."""
        found = [(text.find(link.words), link) for link in self.wording.links if link.line]
        return tuple(link for at, link in sorted(found, key=lambda pair: pair[0]) if at >= 0)

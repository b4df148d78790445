"""What one clause was heard to say, before the clauses of a message are put together."""

from __future__ import annotations

from dataclasses import dataclass

from bythebook.reading.polarity import Wish
from bythebook.reading.whose import Standing


@dataclass(frozen=True, slots=True)
class Wished:
    """A sibling named in a clause, and what is wished of it."""

    choice: str
    wish: Wish


class Heard:
    """A sheet that the rules write on: the meanings of one clause.

    `sure` holds choices that are meant, `close` those that are only likely; `weak` is how sure the head alone is that
    nothing of ours is meant, which any need outweighs; `far` marks a sentence that is near nothing of the release.
    """

    __slots__ = (
        "announced",
        "aside",
        "asks",
        "background",
        "broken",
        "close",
        "corrects",
        "decided",
        "declined",
        "empty",
        "ending",
        "family",
        "far",
        "guessed",
        "help",
        "leaning",
        "loose",
        "matter",
        "names",
        "of_ours",
        "ok",
        "opener",
        "pause",
        "peeled",
        "plain",
        "polite_no",
        "question",
        "reported",
        "sent",
        "soft",
        "standing",
        "stated",
        "story",
        "supposable",
        "sure",
        "undecided",
        "unhelped",
        "unsent",
        "unwanted",
        "weak",
        "whole",
        "wished",
    )

    def __init__(self, plain: str, opener: str) -> None:
        self.plain = plain
        self.broken = False  # breaks off ("what about the...")
        self.whole = plain  # with the acts that opened it
        self.peeled: tuple[str, ...] = ()  # those acts
        self.opener = opener
        self.sure: dict[str, float] = {}
        self.close: list[tuple[str, float]] = []
        self.soft: dict[str, float] = {}  # told by what the clause does alone: any need outweighs it
        self.wished: list[Wished] = []
        self.weak = 0.0
        self.far = False
        self.ok = False
        self.help = False
        self.polite_no = False
        self.empty = False
        self.undecided = False
        self.announced = False  # what the customer will do next
        self.question = False  # asks or orders something
        self.asks = False  # asks, or tells us to tell
        self.pause = False  # asks for a moment
        self.ending = False  # nothing more is wanted
        self.decided = False  # tells of a decision of the customer's own side
        self.declined = False  # a sibling is not needed, and was perhaps already given
        self.unhelped = False  # says that what was said did not help
        self.standing: Standing | None = None  # of an outcome it speaks of
        self.reported = ""  # the choice of a report that it makes
        self.corrects = False  # plainly puts right what was said
        self.aside = False  # a statement with no word of ours: nothing beside a no, thanks or goodbye
        self.stated = False  # the head took what is only stated for a question, and was not very sure
        self.family = ""  # the article's question on a family that was named
        self.matter = ""  # the question of the article that a statement is about
        self.names = False  # has a word in it that may be the name of something
        self.of_ours = False  # asks of us what others did or did not do ("do you?")
        self.loose = False  # that was not near to any text of it
        self.guessed = ""  # what the head alone took it for
        self.supposable = ""  # the question of the article that supposes that outcome
        self.background = False  # sets the scene ("nobody has refused us"), and says nothing beside a need
        self.sent = False  # says that a request was sent, and nothing of waiting
        self.story = False  # what is none of our matters is only told, and nothing is wanted of it
        self.unwanted = False  # what was just given is not what was wanted
        self.unsent = False  # says that no request was sent yet
        self.leaning = False  # a report that does not say of what ("it was declined"): what came before tells

    def add(self, choice: str, confidence: float) -> None:
        """Take a choice as meant."""
        self.sure[choice] = max(confidence, self.sure.get(choice, 0.0))

    def want(self, choice: str, confidence: float) -> None:
        """Take a sibling as wanted."""
        self.add(choice, confidence)
        self.wished.append(Wished(choice, Wish.WANTED))

    def doubt(self, *choices: str, confidence: float = 0.5) -> None:
        """Take choices as perhaps meant."""
        self.close += [(choice, confidence) for choice in choices]

    @property
    def silent(self) -> bool:
        """Whether nothing was made of it."""
        return not (self.sure or self.close or self.soft or self.ok or self.help)

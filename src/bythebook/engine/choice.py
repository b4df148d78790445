"""The ids of everything a message can mean. Stored in logs and spoken over the wire: they never change.

`step:N`        that step's condition holds ("for the API")
`article:N`     the N-th question of the article
`line:LABEL`    asks for what that line gives ("show me the list")
`routine`       this routine's matter, branch not said ("I need a BAA")
`slot:NAME`     gives a value (in the reading's slots)
`document:NAME` the matter of another document that is loaded together with this one
`act:NAME`      affirm, deny, thanks, goodbye, greeting, human, complaint, repeat
`other:NAME`    off_topic, unclear, injection, health_information, language:CODE,
                neither (none of the answers asked about), request_status (a request that is pending
                or approved: this assistant cannot see requests), not_given (does not have what was asked
                for), withheld (will not say it)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bythebook.routine.article import ARTICLE

ROUTINE: Final = "routine"
AFFIRM: Final = "act:affirm"
DENY: Final = "act:deny"
THANKS: Final = "act:thanks"
GOODBYE: Final = "act:goodbye"
GREETING: Final = "act:greeting"
HUMAN: Final = "act:human"
COMPLAINT: Final = "act:complaint"
REPEAT: Final = "act:repeat"
OFF_TOPIC: Final = "other:off_topic"
UNCLEAR: Final = "other:unclear"
INJECTION: Final = "other:injection"
HEALTH_INFORMATION: Final = "other:health_information"
NEITHER: Final = "other:neither"
REQUEST_STATUS: Final = "other:request_status"
NOT_GIVEN: Final = "other:not_given"
WITHHELD: Final = "other:withheld"
LANGUAGE_PREFIX: Final = "other:language:"

ACTS: Final = (AFFIRM, DENY, THANKS, GOODBYE, GREETING, HUMAN, COMPLAINT, REPEAT)
ABSENT: Final = (NOT_GIVEN, WITHHELD)
"""On the menu only where a value is asked for."""

OTHERS: Final = (OFF_TOPIC, UNCLEAR, INJECTION, HEALTH_INFORMATION, NEITHER, REQUEST_STATUS)


def step_choice(label: str) -> str:
    """Return the id for "the condition of this step holds"."""
    return f"step:{label}"


def article_choice(number: int) -> str:
    """Return the id for the N-th question of the article."""
    return f"{ARTICLE}{number}"


def line_choice(label: str) -> str:
    """Return the id for "asks for what this line gives"."""
    return f"line:{label}"


def slot_choice(name: str) -> str:
    """Return the id for "gives this value"."""
    return f"slot:{name}"


def document_choice(name: str) -> str:
    """Return the id for "the matter of that document"."""
    return f"document:{name}"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing a message means: an id of the menu, how sure the reader is (0 to 1), and its mark."""

    id: str
    confidence: float
    correction: bool = False
    """It carries a mark of correction (no, actually, I meant, instead)."""

    @property
    def kind(self) -> str:
        """`step`, `article`, `line`, `routine`, `slot`, `document`, `act` or `other`."""
        return self.id.partition(":")[0]

    @property
    def name(self) -> str:
        """What follows the kind: `2` of `step:2`, `language:es` of `other:language:es`."""
        return self.id.partition(":")[2]


@dataclass(frozen=True, slots=True)
class ModelUse:
    """That a language model was asked about a message, what it chose, and what that took: kept in the log."""

    model: str
    chosen: tuple[str, ...]
    """The ids it chose; none where it was unsure or answered something else."""

    agreed: bool
    """One of them is among the two best of the local reading."""

    milliseconds: int
    tokens_in: int = 0
    tokens_out: int = 0
    failure: str = ""
    """Why there is no answer."""

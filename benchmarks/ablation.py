"""What each rule of the reader is worth: the sets read once more for each rule, with that rule taken out.

A rule that is out reads nothing, and what it would have read is left to those after it. A rule without which neither
what was tuned on nor what was held out is read worse brings nothing, and can go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Final
from unittest.mock import patch

from spoken import Message

from bythebook.testing.readings import Stage

ROOM: Final = "bythebook.reading."


def nothing(*_: object, **__: object) -> None:
    """Read nothing, and take nothing back."""


def no_text(*_: object, **__: object) -> tuple[str, ...]:
    """Find nothing."""
    return ()


RULES: Final[Mapping[str, tuple[tuple[str, Callable[..., object]], ...]]] = {
    "forged": (("local.is_forged", nothing),),
    "attacks": (("local.is_attack", nothing),),
    "junk": (("local.is_junk", nothing), ("local.is_only_private", nothing)),
    "sums": (("local.is_sum", nothing),),
    "languages": (("local.language_of", nothing), ("local.foreign_acts", no_text)),
    "foreign-places": (("local.foreign_places", no_text),),
    "needs-in-other-languages": (("local.need_in", nothing),),
    "not-helped": (("complaints.not_helped", nothing),),
    "complaints": (("complaints.complains", nothing),),
    "false-praise": (("local.praises_falsely", nothing),),
    "moments": (("moments.whole", nothing),),
    "none-of-them": (("position.none_of", no_text), ("position.none_outright", nothing)),
    "acts": (("clause._act", nothing),),
    "addressed": (("clause._addressed", nothing),),
    "aside": (("clause._is_aside", nothing),),
    "plainly-asked": (("clause.plainly_asked", nothing),),
    "report": (("clause.report", nothing),),
    "when-decided": (("matters._when_decided", nothing),),
    "own-decision": (("matters._own_decision", nothing),),
    "both-heads-on-reports": (("matters._agreed", lambda *given: given[-1]),),
    "person": (("persons.wants_human", nothing),),
    "happened": (("clause.happened", nothing),),
    "elsewhere": (("clause.elsewhere", nothing),),
    "request": (("clause.request", nothing),),
    "not-sent": (("clause.not_sent", nothing),),
    "placed": (("clause.placed", nothing),),
    "named-in-passing": (("clause.named_in_passing", nothing),),
    "terms": (("clause.mentioned", nothing),),
    "nothing-new": (("siblings._nothing_new", nothing),),
    "rules-out": (("siblings._rules_out", nothing),),
    "other-of-two": (("siblings._other_of_two", nothing),),
    "family": (("siblings._family", nothing),),
    "subject": (("clause.subject", nothing),),
    "head": (("clause.guess", nothing),),
    "what-it-does": (("guess.by_what_it_does", nothing),),
    "second-look": (("local.look_again", nothing),),
    "asked-not-wished": (("bearing._asked", nothing),),
    "hardly-wished": (("clause.hardly_wished", nothing),),
    "apart": (("merge._apart", nothing),),
    "same-question": (("taking_back._same_question", nothing),),
    "only-states": (("text.only_states", nothing),),
    "step-first": (("clause._step_first", nothing),),
    "told-beside": (("merge._told_beside", nothing),),
    "no-such": (("taking_back._no_such", nothing),),
    "may-mean": (("guess.fits", lambda *_: True),),
    "awaited": (("guess._awaited", lambda _, __, ranked: ranked),),
    "vague": (("guess._names_vaguely", nothing),),
    "just-said": (("guess.was_said", nothing),),
    "joined": (("guess.joined", no_text), ("one_named.joined", no_text)),
    "corrects": (("clause.corrects", nothing),),
    "story": (("clause.is_told", nothing),),
    "taken-back": (("taking_back._sibling", nothing),),
    "misunderstood": (("merge._misunderstood", nothing),),
    "overtaken": (("taking_back._report", nothing),),
    "after-approval": (("taking_back._after_approval", nothing),),
    "settled-since": (("taking_back._settled_since", nothing),),
    "supposition": (("taking_back._supposition", nothing),),
    "permission": (("taking_back._permission", nothing),),
    "only-in-doubt": (("taking_back._only_in_doubt", nothing),),
    "background": (("taking_back._background", nothing),),
    "let-pass": (("merge._let_pass", nothing),),
    "lean": (("merge._lean", nothing),),
    "called-off": (("merge.call_off", nothing),),
    "mails": (("merge.weigh", nothing),),
}
"""By name: the functions that are taken out, and what stands in their place."""


@dataclass(frozen=True)
class Worth:
    """How many of a set were read rightly, and how many acted on a meaning that was not meant."""

    right: int
    wrong_acts: int

    def without(self, other: Worth) -> str:
        """Return what is lost by `other`, the same set read without a rule."""
        return f"{other.right - self.right:+5} right, {other.wrong_acts - self.wrong_acts:+3} wrong acts"


@contextmanager
def out(rule: str) -> Iterator[None]:
    """Take a rule out of the reader for as long as the block lasts."""
    pairs = [(name.rpartition("."), instead) for name, instead in RULES[rule]]
    patches = [patch.object(import_module(ROOM + module), name, instead) for (module, _, name), instead in pairs]
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in patches:
            one.stop()


def worth(stage: Stage, rows: Sequence[Message]) -> Worth:
    """Read a set."""
    judged = [stage.judge(one.row) for one in rows]
    return Worth(sum(one.right for one in judged), sum(bool(one.acts_wrongly) for one in judged))


def report(stage: Stage, sets: Mapping[str, Sequence[Message]], rules: Sequence[str]) -> Iterator[str]:
    """Yield a line for each set whole, then one for each rule: what each set loses without it."""
    whole = {name: worth(stage, rows) for name, rows in sets.items()}
    for name, found in whole.items():
        yield f"{name}: {len(sets[name])} messages, {found.right} right, {found.wrong_acts} wrong acts"
    for rule in rules:
        with out(rule):
            lost = "   ".join(f"{name} {whole[name].without(worth(stage, rows))}" for name, rows in sets.items())
        yield f"  without {rule:26} {lost}"

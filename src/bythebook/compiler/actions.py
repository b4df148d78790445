"""Lines that name one of the document's own actions: "Re-seat the SIM card" calls `reseat_sim_card`.

A list of actions ("**Check Status Bar** - Shows what icons ...") defines functions by words, and the lines of the
steps use these words freely. A line names an action when it begins with the action's verb, or one that means the
same, and its words are those of the action's name or of its purpose, and of no other action's as much.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bythebook.compiler.clauses import Clause, Recognise
from bythebook.compiler.forms import Asking, Calling, Doing, Form, Repeating, Telling
from bythebook.compiler.recognise import recognise_at
from bythebook.routine.model import FunctionDefinition, QuestionKind

ROOT: Final = 5
"""Letters by which forms of a word are told to be one ("connect", "connection")."""

COVERED_MIN: Final = 0.75
"""How many of a line's words an action has, where its name has none of them."""

COVERED_NAMED_MIN: Final = 0.6
"""The same where its name has some."""

COVERED_ONE_MIN: Final = 0.5
"""The same where its name is a single word, and the line has it."""

WORDS_MAX: Final = 40
"""A longer line names no action."""

# "wi-fi", "re-seat" and "e-mail" are words; "data-limiting" is two.
_WORD: Final = re.compile(r"[^\W_]{1,2}-[^\W_]+|[^\W_]+")
_QUOTED: Final = r"[\"“][^\"“”]*[\"”]|(?<!\w)['‘][^'‘’]*['’](?!\w)"
_ASIDE: Final = re.compile(rf"\([^()]*\)|{_QUOTED}")
_TAIL: Final = re.compile(
    r"\s+(?:to (?:see|check|verify|confirm|allow|ensure|include|make|help|find)|by \w+ing|which|using|so that|"
    r"in order|as (?:it|this|they)|because|like|such as)\b|,\s|\s[-–—]\s|;|\.\s"
)
_BEFORE: Final = re.compile(
    r"\W*(?:(?:then|also|first|next|finally|now|please|always|immediately|you (?:must|should|can|need to)|be sure to|"
    r"make sure to|try to|can),? )*",
    re.I,
)
_QUESTION: Final = re.compile(r"(?:if|whether|that|what|which|how)\b", re.I)
_SMALL: Final = re.compile(
    r"an?|the|is|are|was|were|be|been|has|have|had|of|for|to|in|on|at|by|with|and|or|but|not|it|its|this|that|these|"
    r"if|whether|what|which|any|all|some|both|can|could|may|user|user's|customer|customer's|their|his|her|your|you|"
    r"they|he|she|again|current|currently|s|from|as|while|when|also|still|now|first|at|least|up"
)
# Words of which one is as good as the other, by their roots; each set is known by its first.
_SAME: Final[tuple[tuple[str, ...], ...]] = (
    ("check", "verify", "determine", "confirm", "identify", "see", "inspect", "review", "show", "display", "look"),
    ("run", "rerun", "perform", "conduct"),
    ("restart", "reboot"),
    ("change", "set", "switch", "adjust", "modify", "update", "select"),
    ("grant", "give", "gave", "allow"),
    ("send", "sent"),
    ("turn", "toggle"),
    ("off", "disable", "deactivate", "disconnect"),
    ("enable", "activate"),
    ("device", "phone", "handset"),
    ("remove", "delete"),
    ("reset", "restore"),
)
_AGAIN: Final = re.compile(r"^(?:re-?)(?=(?:run|check|test|try|verify)(?:s|ed|ing)?$)")
_ASKS: Final = re.compile(
    r"\W*(?:\w+ly )?(?:ask|request|enquire|inquire|(?:check|confirm|clarify|verify) with)\b", re.I
)
_JOINT: Final = re.compile(r",?\s+and\s+(?:then\s+)?|,\s+then\s+|;\s+")
_WHICH_WAY: Final = frozenset(("on", "off"))


@dataclass(frozen=True, slots=True)
class Action:
    """A function that lines call by its words."""

    function: str
    verbs: frozenset[str]
    name: frozenset[str]
    """The roots of its name, without the verb where there is anything else."""

    words: frozenset[str]
    """The roots of its name and purpose."""


def actions_of(functions: Iterable[FunctionDefinition]) -> tuple[Action, ...]:
    """Return the functions that lines may call by their words."""
    return tuple(_action(function) for function in functions if function.words)


def recogniser(actions: Sequence[Action]) -> Recognise:
    """Return what reads words as the wording table does, and as calls where they name an action."""
    if not actions:
        return recognise_at

    def recognise(text: str, start: int, end: int) -> Form | None:
        form = recognise_at(text, start, end)
        if not _is_open(form, text[start:end]):
            return form
        by_name = isinstance(form, Telling)
        # "Turn the radio off and check the status": two actions, to be taken apart by whoever asked.
        for joint in _JOINT.finditer(text, start, end):
            one = action_named(text[start : joint.start()], actions, by_name=by_name)
            other = action_named(text[joint.end() : end], actions, by_name=True)
            if one is not None and other is not None and one != other:
                return None
        function = action_named(text[start:end], actions, by_name=by_name)
        return form if function is None else Calling(function, ())

    return recognise


def once(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """Return an item's sentences without an action that the sentence before names too: one call says both.

    "Check the SIM card. Determine if it is missing."
    """
    found: list[Clause] = []
    before: Form | None = None
    for clause in clauses:
        form = clause.parts[0].form if len(clause.parts) == 1 and clause.condition is None else None
        if isinstance(form, Calling) and not form.arguments and form == before:
            continue
        before = form
        found.append(clause)
    return tuple(found)


def action_named(words: str, actions: Sequence[Action], *, by_name: bool = False) -> str | None:
    """Return the function whose action the words name unmistakably; with `by_name` only by its name."""
    verb, objects = _read(words)
    if not objects or len(objects) > WORDS_MAX:
        return None
    fitting = (action for action in actions if verb & action.verbs)
    scores = sorted(((_score(action, verb, objects, by_name), action.function) for action in fitting), reverse=True)
    if not scores or scores[0][0] == _NOTHING:
        return None
    return scores[0][1] if len(scores) == 1 or scores[0][0] > scores[1][0] else None


def _is_open(form: Form | None, words: str) -> bool:
    """Tell whether words may name an action: nobody else is asked, and nothing is quoted, called or sent."""
    match form:
        case None | Doing() | Repeating() | Asking(kind=QuestionKind.YES_NO | QuestionKind.OPEN):
            return _ASKS.match(words) is None
        case Telling(asks=asks):
            return not asks
        case _:
            return False


_NOTHING: Final = (0, 0.0, 0.0)


def _score(action: Action, verb: frozenset[str], objects: frozenset[str], by_name: bool) -> tuple[int, float, float]:
    """Return how well an action fits; the better of two is the greater."""
    named = action.name & (objects | verb)
    covered = len(objects & action.words) / len(objects)
    if action.name and named == action.name and (len(named) > 1 or covered >= COVERED_ONE_MIN):
        return len(named), 1.0, 1.0
    enough = COVERED_NAMED_MIN if named else COVERED_MIN
    several = len(objects & action.words) > 1 or objects <= action.name
    if by_name or covered < enough or not several:
        return _NOTHING
    return 0, covered, len(named) / max(1, len(action.name))


def _read(words: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the verb that a line begins with, and the roots of what it is done to."""
    plain = _ASIDE.sub(" ", words.casefold().replace("’", "'"))
    before = _BEFORE.match(plain)
    rest = plain[before.end() :] if before else plain
    first = _WORD.search(rest)
    if first is None:
        return frozenset(), frozenset()
    verb = _root(first[0])
    rest = rest[first.end() :].strip()
    asks = _QUESTION.match(rest)
    rest = rest[asks.end() :] if asks else rest
    tail = _TAIL.search(rest)
    kept = rest[: tail.start()] if tail and _objects(rest[: tail.start()]) else rest
    objects = _objects(kept)
    if verb == "turn":
        ways = {word for word in _WORD.findall(rest) if word in _WHICH_WAY}
        return frozenset({verb, *ways}), objects - _WHICH_WAY
    return frozenset({verb}), objects


def _objects(words: str) -> frozenset[str]:
    return frozenset(_root(word) for word in _WORD.findall(words) if not _SMALL.fullmatch(word))


def _action(function: FunctionDefinition) -> Action:
    verb, name = _read(function.words)
    first = _WORD.search(function.purpose.casefold())
    verbs = set(verb) | ({_root(first[0])} if first else set())
    purpose = re.sub(_QUOTED, " ", function.purpose.casefold())
    words = _objects(purpose)
    if {"on", "off"} <= set(_WORD.findall(purpose)) and "turn" in verbs:
        verbs |= {"on", "off"}
    return Action(function.name, frozenset(verbs), name or verb, name | words)


def _root(word: str) -> str:
    """Return a word as it is compared: without "re-" and endings, one for all that mean the same."""
    bare = _AGAIN.sub("", word.replace("-", "") if not word.startswith("re-") else word)
    bare = bare.replace("-", "").removesuffix("'s")
    if len(bare) > 3 and bare.endswith("s") and not bare.endswith("ss"):
        bare = bare[:-1]
    ending = next((one for one in ("ing", "ed") if len(bare) > ROOT and bare.endswith(one)), "")
    root = bare.removesuffix(ending)[:ROOT]
    return next((same[0][:ROOT] for same in _SAME if any(root == one[:ROOT] for one in same)), root)

"""Conditions that speak of what was just found out: "if this is not the case", "if it still does not work".

They name nothing of their own. What they speak of is the latest question or check before them: a call that looks
something up, with what its line says it looks for ("check if the speed improved to 'Excellent'").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bythebook.compiler.comparison import read_comparison
from bythebook.routine.model import Ask, Call, Line, Outcome, QuestionKind, Test
from bythebook.source.span import SourceFile

SUCCESS: Final = "success"
ROOT: Final = 5

_IT: Final = r"(?:(?:this|that|it|the (?:issue|problem|error|fault))\s+)?"
_TAIL: Final = r"(?:\s+after\b.*)?[.\s]*$"
_STANDS: Final = re.compile(
    rf"{_IT}(?:is|are|was|has been|does|did|do)?\s*(?:(?:still|yet)\s+)*(?P<not>(?:not|n['’]t)\s+)?"
    r"(?:yet\s+|been\s+)?"
    rf"(?:the case|so|working|resolved|solved|fixed|works?|worked|helps?|helped){_TAIL}",
    re.I,
)
_CONTRACTED: Final = re.compile(
    rf"(?:{_IT}|\w+ing(?:\s+(?:it|this|that|them))?(?:\s+(?:on|off|up|down))?\s+)"
    rf"(?:is|does|did|do)(?P<not>\s+not|n['’]t)\s+(?:(?:the case|so|working|resolved|solved|fixed|work|help)){_TAIL}",
    re.I,
)
_NOT_WORKING: Final = re.compile(
    r"(?:the\s+)?(?!(?:this|that|it)\b)(?P<what>[\w -]+?)\s+(?:is|are)\s+(?:still\s+)?not\s+working$", re.I
)
_PERSISTS: Final = re.compile(
    rf"(?:the\s+)?(?:[\w-]+\s+){{0,3}}(?:issues?|problems?|errors?|faults?|it|this)\s+(?:still\s+)?"
    rf"(?:persists?|remains?|continues?){_TAIL}",
    re.I,
)
_STILL_NONE: Final = re.compile(rf"there\s+(?:is|are)\s+still\s+no\s+(?P<what>[\w -]+?){_TAIL}", re.I)
_WORKS: Final = re.compile(r"(?:not\s+)?working$", re.I)
_CHECKS: Final = re.compile(r"(?:check|verify|validate|test|confirm|can|is|has|run|try|measure|probe)_", re.I)
_LOOKS_FOR: Final = re.compile(
    r"\b(?:check|see|verify|confirm|determine)(?:ing)?\s+(?:if|whether|that)\s+(?P<what>.+)$", re.I
)
_WORD: Final = re.compile(r"[a-z0-9]{3,}")


def refers(words: str) -> str:
    """Return `yes` or `no` where a condition says that what was just found out is so, or is not; else nothing."""
    bare = words.strip()
    if (match := _CONTRACTED.match(bare)) or (match := _STANDS.match(bare)):
        return "no" if match["not"] else "yes"
    return "no" if _PERSISTS.match(bare) or _matter(bare) is not None else ""


def _matter(words: str) -> re.Match[str] | None:
    """Return the match of words that name what is missing: "there is still no signal"."""
    return _STILL_NONE.match(words) or _NOT_WORKING.match(words)


def latest_found_out(words: str, before: Sequence[Line], file: SourceFile, subject: str = "") -> Line | None:
    """Return the question or the check that such a condition speaks of: the latest, with no other call behind it.

    "The card is ACTIVE and working" speaks of the check of the card, whose name is the `subject`.
    """
    if subject and _WORKS.match(words.strip()):
        for line in reversed(before):
            called = line.instruction
            if (
                isinstance(called, Call)
                and is_check(line, called, file)
                and _roots(subject) & _roots(called.function)
            ):
                return line
    for line in reversed(before):
        match line.instruction:
            case Ask(kind=QuestionKind.ANYTHING_ELSE):
                return None
            case Ask():
                return line if _matter(words.strip()) is None else None
            case Call() as call:
                return line if is_check(line, call, file) and _same_matter(words, line, file) else None
            case _:
                pass
    return None


def is_check(line: Line, call: Call, file: SourceFile) -> bool:
    """Tell whether a call finds something out, rather than changing it."""
    return bool(_CHECKS.match(call.function) or _LOOKS_FOR.search(file.slice(line.span)))


def words_looked_for(line: Line, file: SourceFile) -> str:
    """Return what a check's line says that it looks for ("the light is on"); nothing where it does not say."""
    told = _LOOKS_FOR.search(file.slice(line.span).rstrip(" .:"))
    return " ".join(told["what"].split()) if told is not None else ""


def looked_for(line: Line, file: SourceFile, otherwise: str) -> Test:
    """Return what a check looks for: what its line compares, else that the call ends well."""
    test = read_comparison(words_looked_for(line, file))
    return test if test is not None else Outcome(otherwise, SUCCESS)


def _same_matter(words: str, line: Line, file: SourceFile) -> bool:
    """Tell whether "there is still no connectivity" speaks of what the line checks ("check data connectivity")."""
    what = _matter(words.strip())
    return what is None or bool(_roots(what["what"]) & _roots(file.slice(line.span)))


def _roots(words: str) -> frozenset[str]:
    return frozenset(word[:ROOT] for word in _WORD.findall(words.lower().replace("_", " ")))

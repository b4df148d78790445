"""Words that a small change makes understood: a slip of the pen in the verb, a colon or a quotation mark left out.

Every proposal is proved: it is read as the document's lines are read, and only what is understood is proposed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from itertools import islice
from typing import Final

from bythebook.compiler.clauses import read_clauses
from bythebook.compiler.forms import Behaving, Doing

CHARACTERS_MAX: Final = 180
"""Longer lines are not mended: a person would not read the proposal."""

PROPOSALS_MAX: Final = 20
"""Changed lines that are read again, for one line."""

NEARNESS_MIN: Final = 0.75

# The words that tell what a line asks for.
_TELLING: Final = tuple(
    re.findall(
        r"\w+",
        """
        inform tell instruct advise remind notify thank greet welcome apologize ask request confirm collect clarify
        call transfer escalate proceed retry repeat close provide offer explain suggest guide otherwise unless
        customer function step
        """,
    )
)
_WORD: Final = re.compile(r"[A-Za-z]{3,}")
_HEAD_WORDS: Final = 4
_WHOSE: Final = re.compile(
    r"(?:the |an? )?(?:agent|assistant|representative|rep|operator|system|staff|team|colleague|we|you)\s+"
    r"(?:(?:should|must|will|can|shall|has to|have to|needs? to|is to|are to)\s+)?",
    re.I,
)
_LED: Final = re.compile(r"(?P<lead>[^\"“”]{1,60}?)\s*(?P<text>[\"“][^\"“”]+[\"”]\.?)$")
# Behind these, words in quotation marks are not there to be said.
_UNSAID: Final = re.compile(
    r"\b(?:not|never|avoid|without|no|if|when|once|after|unless|until|else|otherwise|calls?|called|named|says?|like|and)\b|"
    r"n['’]t\b|`",
    re.I,
)
_HTML: Final = re.compile(r"</?[a-z][^<>]*>", re.I)
_OPEN_END: Final = re.compile(r"(?:if|when|else if|otherwise if)\b[^\"“”:]*(?:\bthen|^[^,:]*)[ .,]*$", re.I)
_FORMS: Final = re.compile(r"\b([A-Za-z]{3,}?)(?:ing|s|es)\b")


def mend(words: str) -> str | None:
    """Return the words with the smallest change that makes them understood; None where none of them does."""
    if len(words) > CHARACTERS_MAX or "\n" in words:
        return None
    seen = {words}
    row = [words]
    tried = 0
    for _ in range(2):
        found: list[str] = []
        for text in row:
            for candidate in islice(_changed(text), PROPOSALS_MAX):
                if candidate in seen or tried >= PROPOSALS_MAX:
                    continue
                seen.add(candidate)
                tried += 1
                if _understood(candidate):
                    return candidate
                found.append(candidate)
        row = found
    return None


def _understood(words: str) -> bool:
    clauses = read_clauses(words)
    if len(clauses) == 1 and clauses[0].condition is not None and not clauses[0].parts:
        return words.endswith(":")
    forms = [part.form for clause in clauses for part in clause.parts]
    return bool(forms) and not any(form is None or isinstance(form, Behaving | Doing) for form in forms)


def _changed(words: str) -> Iterator[str]:
    for change in _CHANGES:
        yield from change(words)


def _with_verb(words: str) -> Iterator[str]:
    """A slip of the pen in one of the first words."""
    for match in islice(_WORD.finditer(words), _HEAD_WORDS):
        word = match[0].lower()
        near = get_close_matches(word, _TELLING, n=1, cutoff=NEARNESS_MIN)
        # "Frequent" is no slip for "request": the first letter is seldom missed.
        if near and near[0] != word and near[0][0] == word[0]:
            put = near[0].capitalize() if match[0][0].isupper() else near[0]
            yield words[: match.start()] + put + words[match.end() :]


def _with_colon(words: str) -> Iterator[str]:
    """No colon before the words to say: `Inform the customer "..."`."""
    changed = re.sub(r"^([^\"“”:]{3,60}?)\s*[,;–—-]*\s*(?=[\"“])", r"\1: ", words, count=1)
    if changed != words:
        yield changed


def _with_quotes(words: str) -> Iterator[str]:
    """Quotation marks that are not closed, or single ones."""
    if words.count('"') % 2:
        yield words.rstrip() + '"'
    if words.count("“") > words.count("”") and '"' not in words:
        yield words.rstrip() + "”"
    single = re.sub(r"(?<![\w\"'])['‘](?=\S)(.+?)(?<=\S)['’](?=[\s.]*$)", r'"\1"', words)
    if single != words and '"' not in words:
        yield single
    if re.match(r"^[^\"“”:]{3,60}:\s*[A-Z][^\"“”:]{8,}$", words):
        head, _, said = words.partition(":")
        yield f'{head}: "{said.strip()}"'


def _with_call(words: str) -> Iterator[str]:
    """A function's name among words that do not say plainly that it is called."""
    match = re.match(r"^[^\"“”]*\bcall\b[^`\"“”]*`(\w+(?:\([^()`]*\))?)`[^\"“”]*$", words, re.I)
    if match:
        yield f"Call the `{match[1]}` function."
    bare = re.match(r"^[^\"“”`]*\bcall\b[^\"“”`]*?\b(\w+_\w+(?:\([^()]*\))?)[^\"“”`]*$", words, re.I)
    if bare:
        yield f"Call the `{bare[1]}` function."


def _in_the_imperative(words: str) -> Iterator[str]:
    """`The agent informs the customer ...`, `Informing the customer ...`."""
    match = _WHOSE.match(words)
    bare = words[match.end() :] if match else words
    for text in dict.fromkeys((bare, words)):
        plain = _FORMS.sub(lambda found: _imperative(found[0], found[1]), text, count=1)
        for one in (text, plain):
            if one and one != words:
                yield one[0].upper() + one[1:]


def _imperative(word: str, root: str) -> str:
    low = root.lower()
    return next((verb for verb in (low, low + "e") if verb in _TELLING), word)


def _with_lead(words: str) -> Iterator[str]:
    """Words to say, behind something that is not understood: `Question: "..."`."""
    match = _LED.match(words)
    if match and not _UNSAID.search(match["lead"]):
        asks = match["text"].rstrip('"” ').endswith("?")
        yield f"{'Ask' if asks else 'Inform'} the customer: {match['text'].rstrip('.')}"


def _without_aside(words: str) -> Iterator[str]:
    """What stands in brackets behind the words to say."""
    changed = re.sub(r"\s*\([^()]*\)\s*\.?$", "", words)
    if changed != words:
        yield changed


def _with_then(words: str) -> Iterator[str]:
    """A dash or an arrow between a condition and what to do."""
    changed = re.sub(r"\s+(?:-{1,2}|–|—|=>|>)\s+", ": ", words, count=1)
    if changed != words:
        yield changed


def _without_html(words: str) -> Iterator[str]:
    """Marks of HTML around the words."""
    changed = _HTML.sub("", words).strip()
    if changed != words:
        yield changed


def _with_end(words: str) -> Iterator[str]:
    """No colon behind a condition for the lines under it: `If the customer agrees, then`."""
    if _OPEN_END.match(words):
        yield f"{words.rstrip(' .,')}:"


_CHANGES: Final[tuple[Callable[[str], Iterator[str]], ...]] = (
    _with_verb,
    _with_colon,
    _with_quotes,
    _with_then,
    _in_the_imperative,
    _without_aside,
    _with_call,
    _with_lead,
    _without_html,
    _with_end,
)

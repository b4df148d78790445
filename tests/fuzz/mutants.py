"""Documents as nobody would write them: real ones with lines swapped, marks changed, words spliced, texts cut off.

Every mutant is made from its number alone: the same number gives the same text, on every machine that holds the same
sources. A window of a document is taken more often than the whole, so that many are compiled in little time.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from bythebook.adapters.folder import read_folder, shipped_routines
from bythebook.compiler.wording import WORDINGS

ROOT: Final = Path(__file__).parent.parent.parent
CORPUS: Final = ROOT.parent / "shared" / "corpus"
WINDOW_MAX: Final = 24
"""Lines of a window."""

WHOLE_SHARE: Final = 0.03
"""How often the whole document is taken."""

MUTATIONS_MAX: Final = 6
MARKS: Final = (
    *(
        "1. ",
        "2) ",
        "10. ",
        "a. ",
        "1a) ",
        "1.1 ",
        "i. ",
        "ii) ",
        "- ",
        "* ",
        "\\- ",
        "• ",
        "# ",
        "## Step 3: ",
        "> ",
    ),
    *("**If x is ON:** ", "## Path 2: ", "Note: ", "   - i. ", "```", "<!-- ", "-->", "---", "| ", "\t"),
)
INDENTS: Final = ("", " ", "  ", "   ", "    ", "\t", "      ", "\t\t", "            ", "\u00a0", "\u3000")
UNICODE: Final = (
    *("\u0000", "\u0007", "\u0085", "\u00a0", "\u00ad", "\u0301", "\u200b", "\u200d", "\u202e", "\u2028", "\u2029"),
    *(
        "\u2066",
        "\ufeff",
        "\ufffd",
        "\ufffe",
        "“",
        "”",
        "‘",
        "’",
        "—",
        "…",
        "é",
        "ß",
        "İ",
        "ﬁ",
        "語",
        "😀",
        "👩‍👩‍👧",
        "𝟙",
    ),
    *("\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x1d"),
)
SPLICES: Final = (
    *(
        '"',
        "“",
        "”",
        "`",
        "``",
        "**",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ":",
        ";",
        "->",
        "→",
        "\\",
        "'",
        "?",
        ".",
        ",",
        "<",
    ),
    *(
        " and ",
        " or ",
        " then ",
        " if ",
        " else ",
        " not ",
        " of the following:",
        " call ",
        "proceed to step ",
        "0",
        "9",
    ),
)
TOKEN: Final = re.compile(r"\s+|\w+|[^\w\s]")

Lines = list[str]
Mutation = Callable[[random.Random, Lines], None]


@cache
def sources() -> tuple[str, ...]:
    """Return the texts that are mutated: what ships, the fixtures, every wording, and the corpus where it is here."""
    _, files = read_folder(shipped_routines() / "business-associate-agreement")
    texts = [files["document.md"].decode("utf-8")]
    paths = sorted((ROOT / "tests" / "fixtures").rglob("*.md")) + sorted((ROOT / "docs" / "checks").glob("*.md"))
    for folder in ("routines", "star/routines"):
        paths += sorted((CORPUS / folder).glob("*.md"))
    texts += [path.read_text(encoding="utf-8") for path in paths]
    texts += [_of_wordings(start) for start in range(0, len(WORDINGS), 8)]
    return tuple(text for text in texts if text.strip())


def _of_wordings(start: int) -> str:
    rows = [f"{at}. {wording.example}" for at, wording in enumerate(WORDINGS[start : start + 8], start=1)]
    return "# Wordings\n\n" + "\n".join(rows) + "\n"


def mutant(number: int) -> str:
    """Return the mutant of a number."""
    chance = random.Random(f"bythebook {number}")
    text = chance.choice(sources())
    lines = text.split("\n")
    if chance.random() >= WHOLE_SHARE and len(lines) > 1:
        size = chance.randint(1, WINDOW_MAX)
        begins = chance.randrange(max(1, len(lines) - size // 2))
        lines = lines[begins : begins + size]
    for _ in range(chance.randint(1, MUTATIONS_MAX)):
        chance.choice(MUTATIONS)(chance, lines)
        lines = lines or [""]
    return chance.choice(("\n", "\n", "\n", "\n\n", "\r\n", "\r")).join(lines)


# ---------------------------------------------------------------- what is done to lines


def _swap(chance: random.Random, lines: Lines) -> None:
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _delete(chance: random.Random, lines: Lines) -> None:
    del lines[chance.randrange(len(lines))]


def _double(chance: random.Random, lines: Lines) -> None:
    at = chance.randrange(len(lines))
    lines[at:at] = [lines[at]] * chance.choice((1, 1, 1, 12))


def _move(chance: random.Random, lines: Lines) -> None:
    line = lines.pop(chance.randrange(len(lines)))
    lines.insert(chance.randint(0, len(lines)), line)


def _mark(chance: random.Random, lines: Lines) -> None:
    at = chance.randrange(len(lines))
    bare = re.sub(r"^\s*(?:[-*+•]|\w{1,4}[.)]|#+)\s*", "", lines[at])
    lines[at] = chance.choice(INDENTS) + chance.choice(MARKS) + chance.choice(("", bare, bare, bare))


def _indent(chance: random.Random, lines: Lines) -> None:
    begins = chance.randrange(len(lines))
    indent = chance.choice(INDENTS)
    for at in range(begins, min(len(lines), begins + chance.choice((1, 1, 3, 99)))):
        lines[at] = indent + lines[at].lstrip() if chance.random() < 0.5 else indent + lines[at]


def _insert(chance: random.Random, lines: Lines) -> None:
    at = chance.randrange(len(lines))
    place = chance.randint(0, len(lines[at]))
    lines[at] = lines[at][:place] + chance.choice((*UNICODE, *SPLICES)) + lines[at][place:]


def _drop(chance: random.Random, lines: Lines) -> None:
    at = chance.randrange(len(lines))
    place = chance.randint(0, len(lines[at]))
    lines[at] = lines[at][:place] + lines[at][place + chance.randint(1, 12) :]


def _splice(chance: random.Random, lines: Lines) -> None:
    """Put words of another document in the place of words of this."""
    other = chance.choice(chance.choice(sources()).split("\n"))
    at = chance.randrange(len(lines))
    own, theirs = TOKEN.findall(lines[at]), TOKEN.findall(other)
    begins, ends = sorted((chance.randint(0, len(own)), chance.randint(0, len(own))))
    first, last = sorted((chance.randint(0, len(theirs)), chance.randint(0, len(theirs))))
    lines[at] = "".join((*own[:begins], *theirs[first:last], *own[ends:]))


def _borrow(chance: random.Random, lines: Lines) -> None:
    """Put lines of another document among these."""
    other = chance.choice(sources()).split("\n")
    begins = chance.randrange(len(other))
    lines[(at := chance.randint(0, len(lines))) : at] = other[begins : begins + chance.randint(1, 4)]


def _cut(chance: random.Random, lines: Lines) -> None:
    at = chance.randrange(len(lines))
    if chance.random() < 0.5:
        lines[at] = lines[at][: chance.randint(0, len(lines[at]))]
    del lines[at + 1 :]


def _case(chance: random.Random, lines: Lines) -> None:
    at = chance.randrange(len(lines))
    lines[at] = chance.choice((str.upper, str.lower, str.swapcase, str.title))(lines[at])


def _join(chance: random.Random, lines: Lines) -> None:
    at = chance.randrange(len(lines))
    lines[at : at + 2] = [chance.choice((" ", "", "; ", " and ")).join(lines[at : at + 2])]


def _long(chance: random.Random, lines: Lines) -> None:
    at = chance.randrange(len(lines))
    lines[at] = lines[at] + chance.choice((" ", '"', "(", "**", "a ", "if ", "`", ", and ", "\\", "> ")) * 60


MUTATIONS: Final[Sequence[Mutation]] = (
    *(_swap, _delete, _double, _move, _mark, _mark, _indent, _indent, _insert, _insert, _insert, _drop, _drop),
    *(_splice, _splice, _splice, _borrow, _cut, _case, _join, _long),
)


# ---------------------------------------------------------------- files beside a document


def sidecar(number: int, text: str) -> bytes:
    """Return a file beside a document, mutated as a text or as bytes; from its number and the text alone."""
    chance = random.Random(f"beside {number}")
    if chance.random() < 0.3:
        return chance.randbytes(chance.randint(0, 400))
    lines = text.split("\n")
    for _ in range(chance.randint(1, MUTATIONS_MAX)):
        chance.choice((*MUTATIONS, _value))(chance, lines)
        lines = lines or [""]
    raw = "\n".join(lines).encode("utf-8", "surrogatepass")
    if chance.random() < 0.2 and raw:
        at = chance.randrange(len(raw))
        raw = raw[:at] + chance.randbytes(chance.randint(1, 6)) + raw[at + 1 :]
    return raw


def _value(chance: random.Random, lines: Lines) -> None:
    """Put a value of another kind behind a key."""
    at = chance.randrange(len(lines))
    key, sign, _ = lines[at].partition("=")
    values = (
        "1",
        "true",
        '""',
        '"x"',
        "[]",
        '["a", 1]',
        "{}",
        "1979-05-27",
        "inf",
        "nan",
        "[[1]]",
        "'''",
        "-0",
        '"{a}"',
    )
    lines[at] = f"{key}{sign or '='} {chance.choice(values)}"

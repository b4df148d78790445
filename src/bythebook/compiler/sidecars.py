"""Read the files beside a document: TOML in; typed drafts and problems out. What they mean is checked elsewhere."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Final

from bythebook.compiler.bind import Binding
from bythebook.compiler.clauses import carried_out
from bythebook.compiler.condition_file import bindings_of, facts_of, succeeds_of
from bythebook.compiler.problems import Problems
from bythebook.compiler.toml_tables import FILE, Where, known_keys, lists, quoted_name, table_of, tables, text_of
from bythebook.routine.model import Test
from bythebook.routine.wording import Conduct, Examples, Link, Phrase
from bythebook.source.diagnostic import WHOLE_FILE, Label
from bythebook.source.span import Span

HOUSE_APPROVAL: Final = "house"
BUTTON_PREFIX: Final = "button."
DOCUMENT_PATH: Final = "document.md"
HOUSE_PATH: Final = "house.toml"
PHRASES_PATH: Final = "phrases.toml"
EXAMPLES_PATH: Final = "examples.toml"
# What the TOML reader says, in an author's words.
_UNREADABLE: Final = (
    ("Invalid statement", "this is neither a table nor a key"),
    ("Invalid initial character for a key", "no key begins so"),
    ("Invalid value", "this is no value; a text stands in quotation marks"),
    ("Cannot overwrite a value", "this key stands here twice"),
    ("Cannot declare", "this table stands here twice"),
    ("Expected newline or end of document", "more stands here than one value"),
    ("Expected '=' after a key", "`=` and a value are wanted behind the key"),
    ("Unterminated string", "the quotation marks are not closed"),
    ("Illegal character", "the quotation marks are not closed on this line"),
    ("Unclosed array", "the list is not closed with `]`"),
    ("maximum recursion depth", "its lists are nested too deep"),
)
_TABLES: Final = ("line", "function", "house", "link", "condition", "outcome", "accept", "conduct")
SECONDS_MAX: Final = 366 * 24 * 3600
"""The longest silence that can be set: a year."""


@dataclass(frozen=True, slots=True)
class Does:
    """What a line does, in words that can be carried out, where its own cannot; `source` are those."""

    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """What stands in a phrases.toml."""

    lines: Mapping[str, Phrase]
    functions: Mapping[str, Phrase]
    house: Mapping[str, Phrase]
    links: tuple[Link, ...]
    facts: Mapping[str, str]
    """By the label of a step or line: the name its condition's fact gets instead."""

    bindings: Mapping[str, Binding]
    """By the label of a step or line: what decides its condition instead."""

    bound_for: Mapping[str, str]
    """By the label of a step or line: the words of its condition when somebody said what decides it; not of all."""
    succeeds: Mapping[str, Test]
    """By function: which of its results are a success."""

    accepts: Mapping[str, str]
    """By finding (`narrower-than-condition 4`): why it is meant so."""

    conduct: Conduct
    does: Mapping[str, Does] = field(default_factory=dict)
    """By the label of a line: what it does instead of what it says."""

    @property
    def deeds(self) -> Mapping[str, str]:
        """By the label of a line: the words for what it does instead."""
        return {label: one.words for label, one in self.does.items()}


def read_toml(raw: bytes | None, problems: Problems) -> Mapping[str, object]:
    """Return the tables of a file; an absent or unreadable file has none."""
    if raw is None:
        return {}
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as failure:
        not_utf_8(failure, problems)
    except (ValueError, RecursionError) as failure:
        why = " ".join(str(failure).split())
        plainly = next((words for begins, words in _UNREADABLE if why.startswith(begins)), why.split(" (at ")[0])
        problems.error(
            "unreadable-toml",
            f"the file is not readable as TOML: {plainly}",
            "correct it at that place",
            problems.places.of_failure(why),
        )
    return {}


def not_utf_8(failure: UnicodeDecodeError, problems: Problems) -> None:
    """Report a file that is not UTF-8 text, at its first such byte."""
    at = problems.places.file.text.find("\ufffd")
    problems.error(
        "not-utf-8",
        f"the file is not UTF-8 text (byte {failure.start})",
        "save the file as UTF-8",
        Label(Span(at, at + 1), "not UTF-8 from here on") if at >= 0 else WHOLE_FILE,
    )


def read_phrases(raw: bytes | None, problems: Problems) -> Phrases:
    """Return the phrases of a document."""
    top = read_toml(raw, problems)
    known_keys(top, _TABLES, FILE, problems)
    return Phrases(
        lines=_phrases(top, "line", ("text", "source", "approved_by", "does"), problems),
        functions=_phrases(top, "function", ("text", "source", "approved_by"), problems),
        house=_phrases(top, "house", ("text", "source", "approved_by", "when"), problems),
        links=tuple(_links(top, problems)),
        facts=dict(facts_of(top, problems)),
        bindings=dict(bindings_of(top, problems)),
        bound_for={label: str(one["source"]) for label, one in tables(top, "condition", problems) if "source" in one},
        succeeds=dict(succeeds_of(top, problems)),
        accepts=dict(_accepts(top, problems)),
        conduct=_conduct(top, problems),
        does=dict(_does(top, problems)),
    )


def read_house(raw: bytes, problems: Problems) -> Mapping[str, Phrase]:
    """Return the phrases of the house, its buttons under `button.NAME`."""
    top = read_toml(raw, problems)
    found: dict[str, Phrase] = {}
    for name, table in tables(top, "phrase", problems):
        text = text_of(table, "text", Where(f"[phrase.{name}]", ("phrase", name)), problems)
        if text:
            found[name] = Phrase(text, approved_by=HOUSE_APPROVAL)
    for name, label in table_of(top, "button", problems).items():
        if isinstance(label, str) and label.strip():
            found[BUTTON_PREFIX + name] = Phrase(label, approved_by=HOUSE_APPROVAL)
        else:
            at = problems.places.at("button", name)
            problems.error("wrong-shape", f"[button] `{name}` is no text", f'write: {name} = "..."', at)
    return found


def read_examples(raw: bytes | None, problems: Problems) -> Examples:
    """Return the author's examples."""
    top = read_toml(raw, problems)
    known_keys(top, ("choices", "glossary"), FILE, problems)
    return Examples(lists(top, "choices", problems), lists(top, "glossary", problems))


def _phrases(top: Mapping[str, object], kind: str, keys: tuple[str, ...], problems: Problems) -> Mapping[str, Phrase]:
    found: dict[str, Phrase] = {}
    for name, table in tables(top, kind, problems):
        place = Where(f"[{kind}.{quoted_name(name)}]", (kind, name))
        known_keys(table, keys, place, problems)
        text = text_of(table, "text", place, problems, missing_is_fine="does" in table)
        if not text:
            continue
        source = text_of(table, "source", place, problems, missing_is_fine=True)
        approved_by = text_of(table, "approved_by", place, problems, missing_is_fine=True)
        found[name] = Phrase(text, source, approved_by.strip())
    return found


def _does(top: Mapping[str, object], problems: Problems) -> Iterator[tuple[str, Does]]:
    rows = top.get("line", {})
    for label, table in rows.items() if isinstance(rows, Mapping) else ():
        if not isinstance(table, Mapping) or "does" not in table:
            continue
        place = Where(f'[line."{label}"]', ("line", label))
        words = text_of(table, "does", place, problems)
        if words and not carried_out(words):
            problems.error(
                "wrong-shape",
                f"{place} has `{words}` for what the line does, which cannot be carried out",
                'write it in a wording that can, without a condition: does = "Call the `name` function."',
                problems.places.at("line", label, "does"),
            )
        elif words:
            yield label, Does(words, text_of(table, "source", place, problems))


def _links(top: Mapping[str, object], problems: Problems) -> Iterator[Link]:
    rows = top.get("link", [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        at = problems.places.at("link")
        problems.error("wrong-shape", "`link` is no list of tables", "write each link under [[link]]", at)
        return
    for number, row in enumerate(rows, start=1):
        place = Where(f"[[link]] {number}", ("link", str(number)))
        at = problems.places.at(*place.path)
        known_keys(row, ("words", "line", "address"), place, problems)
        words = text_of(row, "words", place, problems)
        line = text_of(row, "line", place, problems, missing_is_fine=True)
        address = text_of(row, "address", place, problems, missing_is_fine=True)
        if bool(line) == bool(address):
            problems.error(
                "wrong-shape",
                f"{place} needs either a `line` or an `address`",
                'write: line = "2e", or: address = "https://..."',
                at,
            )
        elif address and not address.startswith(("https://", "http://", "mailto:")):
            problems.error(
                "wrong-shape",
                f"{place} points at `{address}`, which is no address",
                "begin it with https://",
                problems.places.at(*place.path, "address"),
            )
        elif words:
            yield Link(words, line or None, address or None)


def _accepts(top: Mapping[str, object], problems: Problems) -> Iterator[tuple[str, str]]:
    for key, reason in table_of(top, "accept", problems).items():
        if isinstance(reason, str) and reason.strip():
            yield key, " ".join(reason.split())
        else:
            problems.error(
                "wrong-shape",
                f"[accept] `{key}` does not say why",
                f'write: "{key}" = "why it is meant so"',
                problems.places.at("accept", key),
            )


def _conduct(top: Mapping[str, object], problems: Problems) -> Conduct:
    table = table_of(top, "conduct", problems)
    known_keys(table, tuple(knob.name for knob in fields(Conduct)), Where("[conduct]", ("conduct",)), problems)
    usual = Conduct()
    return Conduct(
        nudge_after_s=_seconds(table, "nudge_after_s", usual.nudge_after_s, 0, problems),
        abandon_after_s=_seconds(table, "abandon_after_s", usual.abandon_after_s, 1, problems),
        resolve_on_silence=_flag(table, "resolve_on_silence", usual.resolve_on_silence, problems),
        ask_anyway=_flag(table, "ask_anyway", usual.ask_anyway, problems),
        day_first=_flag(table, "day_first", usual.day_first, problems),
        first=_words(table, "first", problems),
        part=_flag(table, "part", usual.part, problems),
        two_people=_flag(table, "two_people", usual.two_people, problems),
        title=_words(table, "title", problems),
        notice=_words(table, "notice", problems),
    )


def _words(table: Mapping[str, object], key: str, problems: Problems) -> str:
    return text_of(table, key, Where("[conduct]", ("conduct",)), problems, missing_is_fine=True).strip()


def _seconds(table: Mapping[str, object], key: str, usual: int, least: int, problems: Problems) -> int:
    value = table.get(key, usual)
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= SECONDS_MAX:
        return value
    wanted = f"a whole number of seconds from {least} to {SECONDS_MAX}"
    at = problems.places.at("conduct", key)
    problems.error("wrong-shape", f"[conduct] `{key}` is not {wanted}", f"write: {key} = {usual}", at)
    return usual


def _flag(table: Mapping[str, object], key: str, usual: bool, problems: Problems) -> bool:
    value = table.get(key, usual)
    if isinstance(value, bool):
        return value
    at = problems.places.at("conduct", key)
    problems.error("wrong-shape", f"[conduct] `{key}` is neither true nor false", f"write: {key} = true", at)
    return usual

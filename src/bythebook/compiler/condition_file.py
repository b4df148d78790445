"""What a `phrases.toml` says of conditions: their facts' names, what decides them, which results are a success."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bythebook.compiler.bind import BY_PERSON, Answered, Binding
from bythebook.compiler.comparison import read_comparison
from bythebook.compiler.problems import Problems
from bythebook.compiler.questions import answer_of
from bythebook.compiler.toml_tables import Where, known_keys, quoted_name, tables, text_of
from bythebook.routine.model import Not, Outcome, Test

DECIDING: Final = ("function", "outcome", "test", "question", "answer", "by")
"""Keys that say what decides a condition: an outcome, a comparison, an answer, or a person's word."""

KEYS: Final = ("fact", *DECIDING, "source")
"""Of the table of a condition."""


def facts_of(top: Mapping[str, object], problems: Problems) -> Iterator[tuple[str, str]]:
    """Yield the names that the facts of conditions get instead, by label."""
    for label, table in tables(top, "condition", problems):
        place = Where(f"[condition.{quoted_name(label)}]", ("condition", label))
        known_keys(table, KEYS, place, problems)
        bound = any(key not in ("fact", "source") for key in table)
        fact = text_of(table, "fact", place, problems, missing_is_fine=bound)
        if fact and not (fact.isidentifier() and fact == fact.lower()):
            problems.error(
                "wrong-shape",
                f"{place} names the fact `{fact}`, which is not in snake case",
                'write it in small letters joined by `_`: fact = "not_approved"',
                problems.places.at(*place.path, "fact"),
            )
        elif fact:
            yield label, fact


def bindings_of(top: Mapping[str, object], problems: Problems) -> Iterator[tuple[str, Binding]]:
    """Yield what decides conditions, by the label of their step or line."""
    for label, table in tables(top, "condition", problems):
        place = Where(f"[condition.{quoted_name(label)}]", ("condition", label))
        kinds = [key for key in ("test", "function", "question", "by") if key in table]
        if len(kinds) > 1:
            problems.error(
                "wrong-shape",
                f"{place} says twice what decides it: `{kinds[0]}` and `{kinds[1]}`",
                f"keep one of them: take out `{kinds[1]}`",
                problems.places.at(*place.path, kinds[1]),
            )
            continue
        found = _binding(table, place, problems)
        if found is not None:
            yield label, found


def _binding(table: Mapping[str, object], place: Where, problems: Problems) -> Binding | None:
    if "test" in table:
        return _test(table, "test", place, problems)
    if "question" in table or "answer" in table:
        question = text_of(table, "question", place, problems)
        answer = text_of(table, "answer", place, problems, missing_is_fine=True)
        return Answered(question.strip(), answer_of(answer)) if question else None
    if "by" in table:
        if text_of(table, "by", place, problems).strip().lower() == BY_PERSON:
            return BY_PERSON
        problems.error(
            "wrong-shape",
            f"{place} has a `by` that is nobody: only a person at the desk decides by word",
            f'write: by = "{BY_PERSON}"',
            problems.places.at(*place.path, "by"),
        )
        return None
    if "function" in table or "outcome" in table:
        function = text_of(table, "function", place, problems)
        outcome = text_of(table, "outcome", place, problems)
        return Outcome(function, outcome) if function and outcome else None
    return None


def succeeds_of(top: Mapping[str, object], problems: Problems) -> Iterator[tuple[str, Test]]:
    """Yield which results are a success, by function."""
    for function, table in tables(top, "outcome", problems):
        place = Where(f"[outcome.{quoted_name(function)}]", ("outcome", function))
        known_keys(table, ("success", "failure"), place, problems)
        if ("success" in table) == ("failure" in table):
            problems.error(
                "wrong-shape",
                f"{place} needs either `success` or `failure`",
                'write: success = "valid == true"',
                problems.places.at(*place.path),
            )
            continue
        key = "success" if "success" in table else "failure"
        test = _test(table, key, place, problems)
        if test is not None:
            yield function, test if key == "success" else Not(test)


def _test(table: Mapping[str, object], key: str, place: Where, problems: Problems) -> Test | None:
    words = text_of(table, key, place, problems)
    test = read_comparison(words)
    if words and test is None:
        problems.error(
            "wrong-shape",
            f"{place} has the test `{words}`, which compares nothing",
            f"write a name, a comparison and a value: {key} = \"status == 'sent'\"",
            problems.places.at(*place.path, key),
        )
    return test

"""What the search finds in documents that are right, and in documents and engines that are not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bythebook.adapters.folder import find_document
from bythebook.adapters.library import read_routine
from bythebook.adapters.shelf import house
from bythebook.cli.main import main
from bythebook.compiler.release import build_release
from bythebook.engine import policy
from bythebook.engine.event import (
    AssistantSaid,
    CaseClosed,
    FunctionCalled,
    HandoffRequested,
    LinesPassed,
    StepEntered,
    TurnPlanned,
)
from bythebook.engine.menu import Menu
from bythebook.engine.state import CaseState
from bythebook.proving.moves import Bounds
from bythebook.proving.outside import outside_of
from bythebook.proving.report import played, verdicts
from bythebook.proving.rules import PATTERNS, RuleWrong, read_rule
from bythebook.proving.search import Search
from bythebook.routine.wording import Release

QUOTES = """\
# Tea or coffee

1. Ask the customer: "Tea or coffee?"
2. If the customer wants tea:
   a. Say: "Tea is on its way."
3. If the customer wants coffee:
   a. Say: "Coffee is on its way."
   b. Call `brew`.
4. Ask: "Is there anything else I can help you with?"
   - If not, call `case_resolution`.

Functions:
- `brew`: makes coffee.
- `case_resolution`: ends the case.
"""


def release_of(text: str) -> Release:
    release, compiled, _ = build_release("tea", {"document.md": text.encode()}, house())
    assert release is not None, [found.message for found in compiled.diagnostics]
    return release


@pytest.fixture(scope="module")
def tea() -> Release:
    return release_of(QUOTES)


@pytest.fixture(scope="module")
def shipped() -> Release:
    found = read_routine(find_document(""))
    release, _, _ = build_release(found.name, found.files, house())
    assert release is not None
    return release


def explored(release: Release, *rules: str, humans: bool = False, states: int = 120) -> Search:
    search = Search(
        release,
        outside_of(release),
        Bounds(meanings=1, humans=humans),
        tuple(read_rule(release, text) for text in rules),
        states,
    )
    search.run()
    return search


def test_a_small_document_is_searched_to_its_end(tea: Release) -> None:
    search = explored(tea, states=0)
    assert search.exact
    assert not search.broken
    assert all(one.holds for one in verdicts(search, ()))


@pytest.mark.parametrize("states", [60, pytest.param(250, marks=pytest.mark.slow)])
@pytest.mark.parametrize("humans", [False, True], ids=["customers", "humans too"])
def test_the_shipped_document_holds_as_far_as_is_looked(shipped: Release, humans: bool, states: int) -> None:
    search = explored(shipped, humans=humans, states=states)
    assert not search.exact
    assert not search.broken, search.broken


def test_the_same_search_finds_the_same(tea: Release) -> None:
    first, second = explored(tea, humans=True, states=40), explored(tea, humans=True, states=40)
    assert (first.states, first.transitions, first.ran) == (second.states, second.transitions, second.ran)


# ---------------------------------------------------------------- seeded faults


def another(monkeypatch: pytest.MonkeyPatch, change: Callable[[Any], Any]) -> None:
    """Let the policy decide otherwise."""
    decide = policy.next_decision
    monkeypatch.setattr(
        "bythebook.engine.decide.next_decision", lambda release, state: change(decide(release, state))
    )


def test_a_changed_word_is_found_with_the_shortest_way_to_it(tea: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    def politer(decision: object) -> object:
        if isinstance(decision, AssistantSaid) and decision.line == "3a":
            return replace(decision, text="Coffee is on its way, dear customer.")
        return decision

    another(monkeypatch, politer)
    search = explored(tea)
    found = search.broken["approved-wording", "3a is said in other words than its own"]
    assert {move.who for move in found.path} == {"Customer"}
    assert ("Assistant", "[3a] Coffee is on its way, dear customer.") in played(tea, found.path)


def test_a_call_at_another_line_is_found(tea: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    def astray(decision: object) -> object:
        return (
            replace(decision, line="2a")
            if isinstance(decision, FunctionCalled) and decision.line == "3b"
            else decision
        )

    another(monkeypatch, astray)
    assert any(name == "functions-in-place" for name, _ in explored(tea).broken)


def test_an_end_that_comes_before_its_time_is_found(tea: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    def hasty(decision: object) -> object:
        return CaseClosed() if isinstance(decision, AssistantSaid) and decision.line == "2a" else decision

    another(monkeypatch, hasty)
    assert ("resolution-last", "the case is closed without its resolution") in explored(tea).broken


def test_an_engine_that_breaks_is_told_as_stuck(tea: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(decision: object) -> object:
        assert not (isinstance(decision, FunctionCalled) and decision.function == "brew"), "no coffee"
        return decision

    another(monkeypatch, breaks)
    search = explored(tea)
    assert any(name == "not-stuck" and "AssertionError: no coffee" in how for name, how in search.broken)


def test_an_engine_that_talks_while_a_human_has_the_case_is_found(
    tea: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide = policy.next_decision
    said = AssistantSaid("Tea is on its way.", "2a", policy.Source.QUOTED)

    def chatty(release: Release, state: CaseState) -> object:
        talks = state.human is not None and "2a" not in state.spoken
        return said if talks else decide(release, state)

    monkeypatch.setattr("bythebook.engine.decide.next_decision", chatty)
    assert any(name == "one-voice" for name, _ in explored(tea, humans=True).broken)


def test_a_place_from_which_no_way_leads_to_the_end_is_found(tea: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(decision: object) -> object:
        ends = isinstance(decision, FunctionCalled) and decision.function == "case_resolution"
        return policy.TurnEnded() if ends else decision

    another(monkeypatch, endless)
    assert any(name in ("end-in-reach", "not-stuck") for name, _ in explored(tea).broken)


NEEDS = """\
# Gym

1. Ask the customer for their member number: "What is your member number?"
2. Call `find_member(member_number)`.
3. If the member is found, then:
   a. Say: "Here you are."
   b. Say: "Your plan runs on."
   Otherwise:
   c. Say: "There is no such member."
4. Ask: "Is there anything else I can help you with?"
   - If not, call `case_resolution`.

Functions:
- `find_member`: looks a member up.
  - Parameters: `member_number`
- `case_resolution`: ends the case.
"""


@pytest.fixture(scope="module")
def gym() -> Release:
    return release_of(NEEDS)


@pytest.mark.parametrize(
    ("kind", "change", "name", "how"),
    [
        (
            StepEntered,
            lambda entered: replace(entered, lines=entered.lines[:-1] or entered.lines),
            "nothing-passed-over",
            "line 3c is left out of its step, and it applies",
        ),
        (
            AssistantSaid,
            lambda said: LinesPassed(("3a",), "it is left out") if said.line == "3a" else said,
            "nothing-passed-over",
            "line 3a is passed over, and it applies",
        ),
        (
            StepEntered,
            lambda entered: replace(entered, lines=tuple(reversed(entered.lines))),
            "in-order",
            "the lines of step 3 are carried out in another order",
        ),
        (
            HandoffRequested,
            lambda asked: replace(asked, announced=False),
            "handoff-told",
            "a human is asked for, and the customer is not told",
        ),
    ],
)
def test_lines_that_are_left_out_or_do_not_apply_are_found(
    gym: Release, monkeypatch: pytest.MonkeyPatch, kind: type, change: Any, name: str, how: str
) -> None:
    assert not explored(gym).broken
    another(monkeypatch, lambda decision: change(decision) if isinstance(decision, kind) else decision)
    assert (name, how) in explored(gym).broken


def test_a_line_whose_condition_does_not_hold_is_found(gym: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bythebook.engine.policy.reachable", lambda *given: True)
    found = explored(gym).broken
    assert ("only-what-applies", "line 3a is gone on with, and what it stands under does not hold") in found


def test_a_step_that_a_message_names_and_nothing_takes_up_is_found(
    tea: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(decision: object) -> object:
        return replace(decision, tasks=()) if isinstance(decision, TurnPlanned) else decision

    another(monkeypatch, forgetful)
    assert ("nothing-passed-over", "a message names step 2, and nothing takes it up") in explored(tea).broken


def test_what_a_reader_claims_that_is_on_no_menu_is_tried(tea: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Menu, "keep", lambda menu, choices: choices)
    assert any(name == "not-stuck" for name, _ in explored(tea).broken)


def test_what_was_given_under_an_offer_is_not_asked_for_again(gym: Release) -> None:
    search = Search(gym, outside_of(gym), Bounds(meanings=2, humans=False), (), 60)
    search.run()
    assert not search.broken


# ---------------------------------------------------------------- the author's own rules


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_every_form_of_a_rule_has_an_example_that_is_read(pattern: Any, shipped: Release) -> None:
    assert read_rule(shipped, pattern.example).watch is pattern.watch


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        ("never brew before 3a", True),
        ("never brew before 2a", False),
        ("always say 3a before calling brew", True),
        ("never 2a after 3a", False),
        ("never 1 after the end", True),
        ("always 4 after 2a", True),
        ("always 3a after 2a", False),
        ("after 3 only 4 or a human", False),
        ("never both 2a and brew", False),
        ("never a human", False),
        ("`case_resolution` at most once", True),
        ("brew at most once", True),
    ],
)
def test_a_rule_holds_or_is_broken(tea: Release, rule: str, holds: bool) -> None:
    search = explored(tea, rule, states=250)
    assert all(one.holds for one in verdicts(search, search.rules)) is holds
    for broken in search.broken.values():
        assert broken.name == f"rule: {rule}"
        assert played(tea, broken.path)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("brew nicely", "is in no form that is understood"),
        ("never brrew before 2a", "has no line, step or function `brrew`; did you mean `brew`?"),
        ("never 9z", "has no line, step or function `9z`"),
    ],
)
def test_a_rule_that_is_not_understood_says_why(tea: Release, rule: str, said: str) -> None:
    with pytest.raises(RuleWrong, match=said.replace("?", r"\?")):
        read_rule(tea, rule)


# ---------------------------------------------------------------- the command


def folder(path: Path, rules: str) -> Path:
    (path / "document.md").write_text(QUOTES, encoding="utf-8")
    (path / "rules.toml").write_text(rules, encoding="utf-8")
    return path


def test_the_command_tells_what_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = folder(tmp_path, 'rules = ["brew at most once"]\n')
    assert main(["prove", str(place), "--no-humans", "--meanings", "1"]) == 0
    told = capsys.readouterr().out
    assert "customers and functions: exact," in told
    assert "holds  rule: brew at most once" in told


def test_the_command_tells_what_is_broken_as_a_conversation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = folder(tmp_path, 'rules = ["never brew"]\n')
    assert main(["prove", str(place), "--no-humans", "--meanings", "1", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    (rule,) = [one for one in told["searches"][0]["properties"] if one["name"] == "rule"]
    assert not told["holds"] and not rule["holds"]
    assert {"who": "Assistant", "words": "[3b] calls brew()"} in rule["broken"][0]["way"]


def test_a_report_holds_what_the_terminal_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = folder(tmp_path, 'rules = ["never brew"]\n')
    command = ["prove", str(place), "--no-humans", "--meanings", "1", "--states", "60", "--report"]
    assert main([*command, str(tmp_path / "proof.json")]) == main([*command, str(tmp_path / "proof.html")]) == 1
    assert "BROKEN rule: never brew" in capsys.readouterr().out
    told = json.loads((tmp_path / "proof.json").read_text(encoding="utf-8"))
    assert told["format"] == "bythebook proof 1" and told["searches"][0]["looked_at"] == 60
    page = (tmp_path / "proof.html").read_text(encoding="utf-8")
    assert "1 property does not hold" in page and "[3b] calls brew()" in page and told["release"] in page


def test_a_report_of_another_kind_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", str(folder(tmp_path, "")), "--report", str(tmp_path / "proof.pdf")]) == 2
    assert "neither .html nor .json" in capsys.readouterr().err


@pytest.mark.parametrize("rules", ["rules = 3\n", "rules = [\n", 'rules = ["tea!"]\n'])
def test_rules_that_cannot_be_read_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rules: str
) -> None:
    assert main(["prove", str(folder(tmp_path, rules))]) == 2
    assert "bythebook: " in capsys.readouterr().err


def test_a_document_with_errors_is_not_proved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "document.md").write_text("1. Frobnicate the thing.\n", encoding="utf-8")
    assert main(["prove", str(tmp_path)]) == 2
    assert "`bythebook check` shows them" in capsys.readouterr().err

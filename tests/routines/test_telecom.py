"""The telecom guide of the tau2 benchmark, read where it lies, with the few edits that its findings ask for."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from bythebook.bootstrap import build_rehearsal
from bythebook.cli.stand_in import Nothing
from bythebook.compiler.account import Fate, account
from bythebook.compiler.compile import Compiled, compile_document
from bythebook.drawing.svg import as_svg
from bythebook.routine.graph import graph_of
from bythebook.routine.model import Call, Goto
from bythebook.settings import Settings
from bythebook.source.diagnostic import Severity
from bythebook.source.span import SourceFile
from bythebook.testing.rehearsal import Rehearsal
from bythebook.testing.script import Script, play, read_scripts

GUIDE: Final = Path(__file__).parents[3] / "shared/corpus/routines/tau2_telecom_tech_support_workflow_solo.md"
BESIDE: Final = Path(__file__).parent.parent / "foreign" / "telecom"
SCRIPTS: Final = read_scripts((BESIDE / "conversations.md").read_text(encoding="utf-8"))

pytestmark = pytest.mark.skipif(not GUIDE.is_file(), reason="the documents of other hands are not here")


def edited() -> str:
    lines = GUIDE.read_text(encoding="utf-8").split("\n")
    for edit in tomllib.loads((BESIDE / "edits.toml").read_text(encoding="utf-8"))["edit"]:
        lines[edit["line"] - 1] = edit["write"]
    return "\n".join(lines)


def compiled(text: str) -> Compiled:
    return compile_document(SourceFile.of("document.md", text))


def errors(found: Compiled) -> list[tuple[str, int]]:
    return [
        (one.name, found.file.position(one.label.span.start)[0])
        for one in found.diagnostics
        if one.severity is Severity.ERROR
    ]


@pytest.fixture(scope="module")
def as_written() -> Compiled:
    return compiled(GUIDE.read_text(encoding="utf-8"))


def test_what_is_wrong_in_it_is_said_at_its_place(as_written: Compiled) -> None:
    assert errors(as_written) == [
        ("unknown-instruction", 156),
        ("unknown-target", 206),
        ("unknown-target", 208),
        ("unknown-target", 216),
        ("unknown-target", 219),
        ("undecidable-condition", 261),
        ("undecidable-condition", 265),
        ("undecidable-condition", 295),
    ]
    helps = [one.help for one in as_written.diagnostics if one.name == "unknown-target"]
    assert helps[0] == ("if the next step is meant (Check Network Mode Preference), write: Proceed to step 2.2.2")


def test_no_line_is_lost(as_written: Compiled) -> None:
    assert not [one for one in account(as_written) if one.fate is Fate.LOST]


def test_every_proceed_to_resolves() -> None:
    routine = compiled(edited()).routine
    labels = {step.label for step in routine.steps} | {line.label for line in routine.lines}
    jumps = [line.instruction.target for line in routine.lines if isinstance(line.instruction, Goto)]
    assert len(jumps) >= 30
    assert set(jumps) <= labels


def test_its_actions_are_functions(as_written: Compiled) -> None:
    routine = as_written.routine
    assert len(routine.functions) == 28
    called = {line.instruction.function for line in routine.lines if isinstance(line.instruction, Call)}
    assert called <= {function.name for function in routine.functions}
    assert len(called) == 22


def test_its_graph_is_drawn(as_written: Compiled) -> None:
    routine = as_written.routine
    picture = as_svg(routine, graph_of(routine, as_written.file), "guide")
    assert all(f">{step.label} (line " in picture for step in routine.steps)


@pytest.fixture(scope="module", params=["lexicon", "local"])
def rehearsal(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Rehearsal:
    folder = tmp_path_factory.mktemp("documents") / "telecom"
    folder.mkdir()
    (folder / "document.md").write_text(edited(), encoding="utf-8")
    (folder / "phrases.toml").write_bytes((BESIDE / "phrases.toml").read_bytes())
    return build_rehearsal(replace(Settings(), document=str(folder), reader=request.param), stand_in=Nothing)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.title)
def test_conversation(rehearsal: Rehearsal, script: Script) -> None:
    departure = play(script, rehearsal.do)
    assert departure is None, f"{script.title}\n{departure}"

"""`benchmarks/faults.py`: its faults are what they say, and what finds them finds them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
MODULES = ("faults", "fault_documents", "fault_engines")
STATES = 60


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    sys.path.insert(0, str(BENCHMARKS))
    try:
        yield import_module("faults")
    finally:
        sys.path.remove(str(BENCHMARKS))
        for name in MODULES:
            sys.modules.pop(name, None)


def test_there_are_as_many_as_are_promised_and_each_can_be_made(script: ModuleType) -> None:
    assert len(script.DOCUMENT_FAULTS) >= 40 and len(script.ENGINE_FAULTS) >= 20
    for fault in script.DOCUMENT_FAULTS:
        with script.mutated(fault) as path:
            before = (script.PLACES[fault.document] / "document.md").read_text(encoding="utf-8")
            assert (path / "document.md").read_text(encoding="utf-8") != before


def test_a_patch_is_taken_back(script: ModuleType) -> None:
    for fault in script.ENGINE_FAULTS:
        held = [script._holder(name) for name in fault.names]
        before = [getattr(holder, name) for holder, name in held]
        with script.patched(fault):
            assert all(getattr(holder, name) is not old for (holder, name), old in zip(held, before, strict=True))
        assert [getattr(holder, name) for holder, name in held] == before


def test_what_finds_a_fault_finds_it(script: ModuleType) -> None:
    fault = next(one for one in script.DOCUMENT_FAULTS if one.what == "40 euros are 14")
    assert script.judge_document(fault, STATES).found["generated"]
    fault = next(one for one in script.DOCUMENT_FAULTS if one.what == "a function in its call")
    assert "unknown-function" in script.judge_document(fault, STATES).found["check"]


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_part_of_the_table(script: ModuleType) -> None:
    some = [script.judge_document(fault, STATES) for fault in script.DOCUMENT_FAULTS[::4]]
    more = [script.judge_engine(fault, STATES) for fault in script.ENGINE_FAULTS[::6]]
    missed = [script._title(one.fault) for one in (*some, *more) if not any(one.found.values())]
    assert len(missed) <= len(some) // 4, missed

"""`benchmarks/compile.py`: its documents are as long as they say, and what it fits is the slope."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from bythebook.compiler.compile import compile_document
from bythebook.source.span import SourceFile

SCRIPT = Path(__file__).parent.parent / "benchmarks" / "compile.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_compile", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_documents_are_as_long_as_they_say_and_do_something(script: ModuleType) -> None:
    for kind in script.KINDS:
        text = script.document(kind, 120)
        assert text.count("\n") == 120, kind
        compiled = compile_document(SourceFile.of("document.md", text))
        assert kind == "an article" or compiled.routine.steps or compiled.diagnostics, kind
        assert text == script.document(kind, 120)


def test_the_exponent_is_the_slope(script: ModuleType) -> None:
    lengths = (160, 320, 640, 1280)
    for slope in (1.0, 2.0):
        growth = script.Growth("made", lengths, tuple(1e-6 * lines**slope for lines in lengths))
        assert growth.exponent == pytest.approx(slope)
        assert growth.doublings[-1] == pytest.approx(2**slope)

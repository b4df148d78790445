"""The house rules that a tool can check; the wording of a failure is the rule."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SRC = ROOT / "src" / "bythebook"
LINES_PER_FILE_MAX = 400
LINES_PER_FUNCTION_MAX = 60
PARAMETERS_MAX = 6
CORE = {"source", "routine", "compiler", "engine", "reading"}
WORDS_NOT_OURS = re.compile(r"\b(entity|session|ticket|chatbot|SOP|NLU|escalation)\b", re.IGNORECASE)


@cache
def modules() -> tuple[tuple[Path, ast.Module], ...]:
    return tuple((path, ast.parse(path.read_text(encoding="utf-8"))) for path in sorted(SRC.rglob("*.py")))


def texts() -> Iterator[Path]:
    for pattern in ("*.md", "docs/**/*.md", "src/**/*.py", "src/**/*.toml", "tools/*.py", "routines/**/*.toml"):
        yield from sorted(ROOT.glob(pattern))


def test_files_and_functions_fit_a_reader() -> None:
    for path, tree in modules():
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES_PER_FILE_MAX, f"{path}: split it"
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                long = node.end_lineno - node.lineno >= LINES_PER_FUNCTION_MAX
                assert not long, f"{path}:{node.lineno}: {node.name} is too long to be seen whole"
                count = len([a for a in (*node.args.args, *node.args.kwonlyargs) if a.arg not in ("self", "cls")])
                assert count <= PARAMETERS_MAX, f"{path}:{node.lineno}: group the parameters of {node.name}"


def test_every_module_and_public_name_says_what_it_is() -> None:
    for path, tree in modules():
        assert ast.get_docstring(tree), f"{path}: one sentence at the top, please"
        for node in tree.body:
            public = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_")
            overload = "overload" in [ast.unparse(decorator) for decorator in getattr(node, "decorator_list", [])]
            if public and not overload and "migrations" not in path.parts:
                assert ast.get_docstring(node), f"{path}:{node.lineno}: {node.name} needs a sentence"


def test_imports_stand_at_the_top() -> None:
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                inner = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
                assert not inner, f"{path}:{inner[0].lineno}: an import inside a function hides a cycle"
            if isinstance(node, ast.If):
                assert "TYPE_CHECKING" not in ast.unparse(node.test), f"{path}: a type is in the wrong room"


def test_core_values_are_frozen() -> None:
    for path, tree in modules():
        if path.relative_to(SRC).parts[0] not in CORE:
            continue
        for node in ast.walk(tree):
            for decorator in getattr(node, "decorator_list", []):
                text = ast.unparse(decorator)
                if text.startswith("dataclass"):
                    assert "frozen=True" in text, f"{path}: core values never change: {text}"


def test_one_meaning_one_name() -> None:
    for path, tree in modules():
        for node in ast.walk(tree):
            name = getattr(node, "name", None) or getattr(node, "id", None) or getattr(node, "arg", None)
            if isinstance(name, str):
                foreign = WORDS_NOT_OURS.search(name.replace("_", " "))
                assert not foreign, f"{path}:{getattr(node, 'lineno', 0)}: {name}: see the glossary"


def test_no_path_or_host_of_a_machine_is_written_down() -> None:
    machine = re.compile(r"/(?:root|home)/\w+|/work/|pypi\.org|registry\.npmjs|files\.pythonhosted")
    for path in [*texts(), ROOT / "Makefile", ROOT / "pyproject.toml", *ROOT.glob("requirements/*")]:
        found = machine.search(path.read_text(encoding="utf-8"))
        assert not found, f"{path}: {found.group() if found else ''}"


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_every_page_of_the_docs_is_reachable(page: Path) -> None:
    readers = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    linked = any(page.name in path.read_text(encoding="utf-8") for path in readers if path != page)
    assert linked, f"nothing links to {page.name}"

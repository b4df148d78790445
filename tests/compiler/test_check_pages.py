"""A check's page is its test: the bad document gives exactly the printed findings, the good one gives none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from bythebook.compiler.checks import CHECKS
from bythebook.compiler.compile import Compiled, compile_document
from bythebook.source.render import render
from bythebook.source.span import SourceFile

PAGES = Path(__file__).parents[2] / "docs" / "checks"
BY_THE_PARSER = {"unknown-instruction", "unanswered-question", "unread-note"}
FORBIDDEN = re.compile(r"\b(?:invalid|illegal|null|node|ast|wrongly|you forgot|bad)\b", re.I)
NAMES = sorted({check.name for check in CHECKS} | BY_THE_PARSER)


def blocks(text: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)\n```$", text, re.M | re.S)


def signatures(part: str) -> Mapping[str, tuple[str, ...]] | None:
    """Read a block of `name(a, b)` lines: what is bound in Python."""
    found = blocks(part, "functions")
    if not found:
        return None
    lines = (re.fullmatch(r"(\w+)\((.*)\)", line) for line in found[0].splitlines())
    return {match[1]: tuple(re.findall(r"\w+", match[2])) for match in lines if match}


def compile_part(part: str) -> Compiled:
    return compile_document(SourceFile.of("document.md", blocks(part, "document")[0]), signatures(part))


def test_every_check_has_its_page_and_its_module() -> None:
    assert sorted(path.stem for path in PAGES.glob("*.md")) == NAMES
    modules = Path(__file__).parents[2] / "src" / "bythebook" / "compiler" / "checks"
    files = {path.stem.replace("_", "-") for path in modules.glob("*.py")} - {"base", "--init--"}
    assert files == {check.name for check in CHECKS}


@pytest.mark.parametrize("name", NAMES)
def test_page(name: str) -> None:
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    head, bad, good = re.split(r"^## (?:Bad|Good)$", text, flags=re.M)
    compiled = compile_part(bad)
    assert {finding.name for finding in compiled.diagnostics} == {name}
    assert (
        "\n\n".join(render(finding, compiled.file) for finding in compiled.diagnostics)
        == blocks(bad, "diagnostics")[0]
    )
    assert compile_part(good).diagnostics == ()
    for check in CHECKS:
        if check.name == name:
            assert head.startswith(f"# `{name}`\n\n{check.summary}\n")


@pytest.mark.parametrize("name", NAMES)
def test_findings_teach_and_do_not_blame(name: str) -> None:
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    for finding in compile_part(text.split("## Bad")[1]).diagnostics:
        assert finding.help
        assert "\n" not in finding.message
        for said in (finding.message, finding.help, finding.label.text):
            assert not FORBIDDEN.search(said), said

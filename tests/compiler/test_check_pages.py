"""A check's page is its test: the bad document gives exactly the printed findings, the good one gives none."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bythebook.cli.checking import check
from bythebook.compiler.check_names import GROUPS, RENAMED, SUMMARIES
from bythebook.compiler.checks import CHECKS
from bythebook.compiler.compile import compile_document
from bythebook.source.diagnostic import Diagnostic
from bythebook.source.render import render
from bythebook.source.span import SourceFile

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "checks"
MODULES = ROOT / "src" / "bythebook" / "compiler" / "checks"
WITHOUT_EXAMPLE = {"not-utf-8", "missing-document"}
FORBIDDEN = re.compile(r"\b(?:invalid|illegal|null|node|ast|wrongly|you forgot|bad)\b", re.I)
BESIDE = {
    "phrases": "phrases.toml",
    "examples": "examples.toml",
    "python": "functions.py",
    "bindings": "functions.toml",
    "data": "data/list.toml",
}
NAMES = sorted(set(SUMMARIES) - WITHOUT_EXAMPLE)

Findings = list[tuple[Diagnostic, str]]


def blocks(text: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)\n```$", text, re.M | re.S)


def signatures(part: str) -> Mapping[str, tuple[str, ...]] | None:
    """Read a block of `name(a, b)` lines: what is bound in Python."""
    found = blocks(part, "functions")
    if not found:
        return None
    lines = (re.fullmatch(r"(\w+)\((.*)\)", line) for line in found[0].splitlines())
    return {match[1]: tuple(re.findall(r"\w+", match[2])) for match in lines if match}


def parts(name: str) -> tuple[str, str, str, bool]:
    """Return a page's head, its two examples, and whether they are about a folder and not the document alone."""
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    head, bad, good = re.split(r"^## (?:Bad|Good)$", text, flags=re.M)
    return head, bad, good, any(blocks(text, kind) for kind in BESIDE)


def findings(part: str, whole: bool, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Findings:
    """Check an example, alone or in a folder with the files beside it."""
    document = blocks(part, "document")[0] + "\n"
    if not whole:
        compiled = compile_document(SourceFile.of("document.md", document), signatures(part))
        return [(finding, render(finding, compiled.file)) for finding in compiled.diagnostics]
    folder.mkdir()
    monkeypatch.chdir(folder)
    Path("document.md").write_text(document, encoding="utf-8")
    for kind, path in BESIDE.items():
        for block in blocks(part, kind):
            Path(path).parent.mkdir(exist_ok=True)
            Path(path).write_text(block + "\n", encoding="utf-8")
    checked = check(Path("document.md"))
    return [
        (one.diagnostic, render(one.diagnostic, one.file, checked.files))
        for one in checked.found
        if one.accepted is None
    ]


def test_every_name_has_its_page_and_every_check_its_module() -> None:
    assert sorted(path.stem for path in PAGES.glob("*.md") if path.stem != "README") == sorted(SUMMARIES)
    files = {path.stem.replace("_", "-") for path in MODULES.glob("*.py")} - {"base", "--init--"}
    assert {check.name for check in CHECKS} <= files
    assert len({check.name for check in CHECKS}) == len(CHECKS)


def test_every_name_in_the_code_is_a_name() -> None:
    """`unreadable-cards` is about a file that no author writes."""
    said = re.compile(r"(?:error|warning|Diagnostic)\(\s*\"([a-z]+(?:-[a-z0-9]+)+)\"")
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert {name for text in sources for name in said.findall(text)} - {"unreadable-cards"} <= set(SUMMARIES)


def test_the_index_is_complete_and_current() -> None:
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(SUMMARIES)
    tool = ROOT / "tools" / "check_index.py"
    done = subprocess.run([sys.executable, str(tool), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_old_names_lead_to_names_and_are_no_names_themselves() -> None:
    assert set(RENAMED.values()) <= set(SUMMARIES)
    assert not set(RENAMED) & set(SUMMARIES)


@pytest.mark.parametrize("name", sorted(SUMMARIES))
def test_a_page_begins_with_what_the_name_means(name: str) -> None:
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    assert text.startswith(f"# `{name}`\n\n{SUMMARIES[name]}\n")
    links = re.findall(r"\]\(([^)#]+)", text)
    assert all((PAGES / link).exists() for link in links if "://" not in link), links


@pytest.mark.parametrize("name", NAMES)
def test_page(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, bad, good, whole = parts(name)
    found = findings(bad, whole, tmp_path / "bad", monkeypatch)
    assert {finding.name for finding, _ in found} == {name}
    assert "\n\n".join(text for _, text in found) == blocks(bad, "diagnostics")[0]
    assert findings(good, whole, tmp_path / "good", monkeypatch) == []


@pytest.mark.parametrize("name", NAMES)
def test_findings_teach_and_do_not_blame(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, bad, _, whole = parts(name)
    for finding, _ in findings(bad, whole, tmp_path / "bad", monkeypatch):
        assert finding.help
        for said in said_by(finding):
            assert "\n" not in said
            assert not FORBIDDEN.search(said), said


def said_by(finding: Diagnostic) -> Iterator[str]:
    yield from (finding.message, finding.help or "", finding.label.text)
    yield from (label.text for label in finding.related)

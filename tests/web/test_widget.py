"""The chat as a script: how it is sent, how large it is, and what its source may not do."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tools import build_frontend

from bythebook.web import widget
from tests.web.installation import install

BYTES_MAX = 15 * 1024
MODULES = sorted(widget.SOURCE.glob("*.js"))
MARKUP = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|setHTML"
    r"|\beval\b|new Function|\.cssText|setAttribute\(\"(?:style|on)|srcdoc|javascript:"
)


def built() -> bytes:
    if not widget.is_built():
        try:
            build_frontend.build(dev=False)
        except build_frontend.CannotBuild as why:
            pytest.skip(f"the script cannot be made here: {why}")
    return widget.BUILT.read_bytes()


def test_the_script_is_small_and_whole() -> None:
    script = built()
    assert len(gzip.compress(script, 9)) < BYTES_MAX
    assert not re.search(rb"\bimport(?:\s*[({\"'*]|\s+\w)", script), "it loads nothing else"
    assert set(re.findall(rb"https?://[^\s\"'`)]+", script)) <= {b"http://www.w3.org/2000/svg"}


def test_the_script_is_sent_packed_and_not_twice() -> None:
    built()
    client = TestClient(install().app)
    sent = client.get("/widget.js", headers={"Accept-Encoding": "gzip"})
    assert sent.headers["Content-Type"].startswith("text/javascript") and sent.headers["Content-Encoding"] == "gzip"
    assert int(sent.headers["Content-Length"]) < BYTES_MAX
    assert client.get("/widget.js", headers={"Accept-Encoding": "identity"}).text == sent.text
    again = client.get("/widget.js", headers={"If-None-Match": sent.headers["ETag"]})
    assert again.status_code == 304 and not again.content


def test_without_a_build_the_modules_are_served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stale = tmp_path / "widget.js"
    stale.write_text("/* Made from elsewhere */", encoding="utf-8")
    for there in (stale, tmp_path / "nowhere.js"):
        monkeypatch.setattr(widget, "BUILT", there)
        client = TestClient(install().app)
        assert client.get("/widget.js").content == widget.MODULES
        assert client.get("/static/chat/main.js").status_code == 200


def test_both_make_the_same_digest() -> None:
    assert widget.digest_of(widget.SOURCE) == build_frontend.digest_of(build_frontend.CHAT)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_no_module_makes_markup_or_code_of_words(module: Path) -> None:
    found = MARKUP.search(module.read_text("utf-8"))
    assert found is None, f"{module.name}: {found.group() if found else ''}: make text of words, with textContent"
    assert len(module.read_text("utf-8").splitlines()) <= 400, f"{module.name}: split it"

"""The example of docs/functions.md runs as it stands there, from its own files, in a terminal."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bythebook.cli.main import main
from tests.http.server import Server, serving, status, told
from tests.http.test_function_file import DESCRIPTION

PAGE = Path(__file__).parents[2] / "docs" / "functions.md"
TALK = "hello\nA-100\nno thanks\n"
Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture
def shop() -> Iterator[Server]:
    with serving() as running:
        running.on("/orders/A-100", told({"found": True, "card": "4111"}))
        running.on("/searches", told({"done": True}, 201))
        running.on("/resolved", told({"done": True}, 201))
        yield running


@pytest.fixture
def folder(tmp_path: Path, shop: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    text = PAGE.read_text(encoding="utf-8")
    for name, kind in {"document.md": "markdown", "functions.toml": "toml"}.items():
        block = re.search(rf"^`{name}`:\n\n```{kind}\n(.*?)^```$", text, re.M | re.S)
        assert block is not None
        (tmp_path / name).write_text(block[1].replace("127.0.0.1:8765", shop.place), encoding="utf-8")
    monkeypatch.setenv("BYTHEBOOK_FUNCTION_HOSTS", shop.place)
    monkeypatch.setenv("BYTHEBOOK_SECRET_CARRIER_TOKEN", "the-token")
    monkeypatch.setenv("BYTHEBOOK_READER", "lexicon")
    return tmp_path


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    def run(*arguments: str, text: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        return main(arguments), *capsys.readouterr()

    return run


def test_it_runs(folder: Path, shop: Server, typed: Typed) -> None:
    code, out, _ = typed("check", str(folder))
    assert code == 0, out
    code, out, err = typed("chat", str(folder), text=TALK)
    assert code == 0, err
    assert "We look for your parcel" in out
    paths = [(request.method, request.path) for request in shop.requests]
    assert paths == [("GET", "/orders/A-100"), ("POST", "/searches"), ("POST", "/resolved")]
    search = shop.requests[1]
    assert search.json == {"order_number": "A-100"}
    assert search.headers["authorization"] == "Bearer the-token"
    assert len({request.headers["idempotency-key"] for request in shop.requests}) == 3


def test_no_order_is_an_answer(folder: Path, shop: Server, typed: Typed) -> None:
    shop.on("/orders/A-100", status(404))
    _, out, _ = typed("chat", str(folder), text=TALK)
    assert "We have no order with this number." in out


def test_a_dry_run_changes_nothing_and_shows_what_it_would(folder: Path, shop: Server, typed: Typed) -> None:
    _, out, _ = typed("chat", str(folder), "--dry-run", text="hello\nA-100\ndone\nno thanks\n")
    assert [request.path for request in shop.requests] == ["/orders/A-100"]
    assert f"dry run, not called: POST {shop.url}/searches" in out
    assert "Authorization: Bearer ***" in out
    assert '{"order_number":"A-100"}' in out
    assert "the-token" not in out
    said = "".join(json.dumps({"say": text}) + "\n" for text in ("hello", "A-100"))
    code, _, err = typed("chat", str(folder), "--dry-run", "--jsonl", text=said)
    assert code == 0
    assert f"POST {shop.url}/searches" in err
    assert "/searches" not in [request.path for request in shop.requests]


def test_functions_are_listed_with_what_is_missing(
    folder: Path, shop: Server, typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, _ = typed("functions", str(folder))
    assert code == 0
    assert f"find_order       look-up  GET {shop.url}/orders/{{order_number}}" in out
    monkeypatch.delenv("BYTHEBOOK_SECRET_CARRIER_TOKEN")
    code, out, _ = typed("functions", str(folder), "--json")
    assert code == 1
    row = next(row for row in json.loads(out) if row["function"] == "open_search")
    assert row["effect"] and row["missing_secrets"] == ["CARRIER_TOKEN"]
    monkeypatch.setenv("BYTHEBOOK_PRODUCTION", "yes")
    _, _, err = typed("serve", str(folder), "--port", "0", "--database", str(folder / "x.db"))
    assert "set BYTHEBOOK_SECRET_CARRIER_TOKEN" in err


def test_a_description_is_fetched_once_and_kept(folder: Path, shop: Server, typed: Typed) -> None:
    address = f"{shop.url}/openapi.json"
    shop.on("/openapi.json", told(DESCRIPTION))
    toml = f'[function.find_order]\nopenapi = "{address}"\noperation = "getOrder"\n'
    (folder / "functions.toml").write_text(toml)
    _, out, _ = typed("check", str(folder))
    assert "fetch it once: bythebook functions DOCUMENT --fetch" in out
    code, out, _ = typed("functions", str(folder), "--fetch")
    assert code == 0 and out.rstrip().endswith("fetched")
    assert len(list((folder / "openapi").iterdir())) == 1
    assert typed("functions", str(folder), "--fetch")[1].rstrip().endswith("as it was")
    shop.on("/openapi.json", status(500))
    code, _, err = typed("functions", str(folder), "--fetch")
    assert code == 2 and "is not fetched: status 500" in err


def test_what_the_document_does_not_give_is_told(folder: Path, typed: Typed) -> None:
    file = folder / "functions.toml"
    file.write_text(file.read_text().replace('["order_number"]', '["order_number", "carrier"]'))
    code, out, _ = typed("check", str(folder))
    assert code == 1
    assert "error[broken-binding]: `open_search` needs `carrier`, which the document does not give it" in out
    file.write_text(
        file.read_text().replace('["order_number", "carrier"]', '["carrier"]').replace("find_order", "find")
    )
    _, out, _ = typed("check", str(folder))
    assert "the document has no function `find`" in out
    code, _, err = typed("chat", str(folder), text="hi\n")
    assert code == 2 and "functions.toml: " in err

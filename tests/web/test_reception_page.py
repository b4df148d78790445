"""Several documents behind HTTP and the chat page: what is loaded, the reception's buttons, a case that moves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

from bythebook.adapters.library import read_library
from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.notices import LogNotices
from bythebook.adapters.shelf import Shelf
from bythebook.bootstrap import read_document
from bythebook.engine.choice import Choice
from bythebook.service.conversation import Conversation
from bythebook.service.runner import Runner
from bythebook.service.timers import Timers
from bythebook.testing.fakes import CountingIdentities, ManualClock, ScriptedReader
from bythebook.web.app import create_app
from bythebook.web.context import WebContext
from tests.web.customer import answered, lines, new_customer
from tests.web.live import live

FIXTURES = Path(__file__).parent.parent / "fixtures"
TITLES = ["Court booking", "Getting a fee back", "Parking permit", "Locker rental", "Library books", "Lost property"]
SCRIPT = {
    "hi": ["act:greeting"],
    "a locker": [Choice("document:front-desk-locker-rental", 0.9)],
    "yes": ["act:affirm"],
}


def test_the_chat_page_is_headed_with_what_is_live_now() -> None:
    shelf = Shelf(store := MemoryStore(), lambda _: ScriptedReader(SCRIPT))
    shelf.put(read_document(""))
    runner = Runner(store, shelf, LogNotices(False), ManualClock(), CountingIdentities())
    client = TestClient(create_app(WebContext(Conversation(runner), Timers(runner))))
    assert 'heading="Business Associate Agreement"' in client.get("/").text
    library = read_library((str(FIXTURES / "together"),))
    shelf.put_together(library.documents, library.reception)
    assert 'heading="How can we help?"' in client.get("/").text


@pytest.fixture
def client() -> Iterator[TestClient]:
    store = MemoryStore()
    shelf = Shelf(store, lambda _: ScriptedReader(SCRIPT))
    library = read_library((str(FIXTURES / "together"),))
    shelf.put_together(library.documents, library.reception)
    runner = Runner(store, shelf, LogNotices(False), ManualClock(), CountingIdentities())
    app = create_app(WebContext(Conversation(runner), Timers(runner), poll_seconds=0.05))
    with TestClient(app) as client:
        yield client


def test_what_is_loaded_is_listed_parts_left_out(client: TestClient) -> None:
    loaded = answered(client.get("/v1/routines"))
    assert [one["title"] for one in loaded["routines"]] == TITLES
    assert loaded["routines"][2] == {"routine": "front-desk-parking-permit", "title": "Parking permit"}
    assert [button["id"] for button in loaded["buttons"]] == [
        f"document:{one['routine']}" for one in loaded["routines"]
    ]
    health = answered(client.get("/healthz"))
    assert (health["release"], health["routine"]) == (None, None) and len(health["routines"]) == len(TITLES)


def test_a_case_opens_on_the_reception_or_where_it_is_told_to(client: TestClient) -> None:
    customer = new_customer(client)
    assert customer.look()["routine"] == "reception"
    assert [button["label"] for button in customer.look()["buttons"]] == TITLES
    opened = client.post("/v1/cases", json={"routine": "court-booking"})
    assert opened.status_code == 201 and opened.json()["buttons"] == []
    for unknown in ("identity-check", "nowhere"):
        refused = client.post("/v1/cases", json={"routine": unknown})
        assert refused.status_code == 400 and "routine-unknown" in refused.json()["type"], refused.text


def test_a_button_and_a_message_lead_to_documents(client: TestClient) -> None:
    customer = new_customer(client)
    turn = customer.press("document:court-booking")
    assert lines(turn) == ["1a"] and turn["routine"] == "court-booking"
    assert turn["said"][0]["routine"] == "court-booking"
    assert lines(customer.say("a locker")) == ["house:offer_document"]
    turn = customer.say("yes")
    assert lines(turn) == ["house:moved", "1"] and turn["routine"] == "front-desk-locker-rental"
    assert customer.look()["routine"] == "front-desk-locker-rental"


@pytest.mark.browser
def test_the_page_begins_with_the_documents(client: TestClient, browser: Browser) -> None:
    with live(client.app) as base:  # type: ignore[arg-type]
        page = browser.new_context(reduced_motion="reduce").new_page()
        page.goto(base)
        answers = page.locator("#answers button")
        expect(answers).to_have_text(TITLES)
        answers.get_by_text("Locker rental").click()
        expect(page.locator("#log .assistant p").last).to_contain_text("For how many days do you need the locker?")
        expect(page.locator("#answers button")).to_have_count(0)
        page.context.close()

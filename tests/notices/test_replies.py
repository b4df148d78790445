"""A reply to a handoff notice comes back as the human's words: for one case, once, until the case is handed back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import httpx2
import pytest
from starlette.testclient import TestClient

from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.notices import SentNotices, Told
from bythebook.adapters.webhook import Webhook
from bythebook.bootstrap import Outside, build_installation
from bythebook.engine.event import HumanSaid, HumanTook
from bythebook.reaching import notices_of
from bythebook.service.conversation import Conversation
from bythebook.service.desk import Desk
from bythebook.service.replies import Replies, ReplyTokens
from bythebook.service.timers import Timers
from bythebook.settings import Settings, SettingWrong
from bythebook.testing.fakes import CountingIdentities, ManualClock
from bythebook.web.app import create_app
from bythebook.web.context import WebContext
from tests.http.server import Server, serving, told

TOKENS = ReplyTokens(b"a secret of the installation")
PUBLIC = "https://help.example.com"


@dataclass
class House:
    """An installation whose notices go to a server that keeps them."""

    client: TestClient
    conversation: Conversation
    desk: Desk
    server: Server

    def handed_off(self) -> dict[str, str]:
        """Hand a case over; return what its notice says of replies, with the case."""
        case_id = self.conversation.open().case_id
        self.conversation.say(case_id, "I want to talk to a human", "1")
        data = self.server.requests[-1].json["data"]
        assert data["case"] == case_id
        assert data["reply"]["url"] == f"{PUBLIC}/v1/handoffs/{case_id}"
        return {"case": case_id, "token": data["reply"]["token"]}

    def reply(self, to: dict[str, str], key: str = "r-1", **words: object) -> httpx2.Response:
        given = {"human": "Mia", "text": "I am here.", **words}
        headers = {"Authorization": f"Bearer {to['token']}", "Idempotency-Key": key}
        return self.client.post(f"/v1/handoffs/{to['case']}/reply", json=given, headers=headers)

    def read(self, to: dict[str, str]) -> httpx2.Response:
        return self.client.get(f"/v1/handoffs/{to['case']}", headers={"Authorization": f"Bearer {to['token']}"})


@pytest.fixture
def house() -> Iterator[House]:
    with serving() as server:
        server.on("/hook", told({}))
        way = Webhook.to(f"{server.url}/hook", "a secret of some length")
        notices = SentNotices(True, [way], Told(reply_token=TOKENS.token, public_url=PUBLIC))
        outside = Outside(ManualClock(), CountingIdentities(), notices)
        settings = replace(Settings(), reader="lexicon")
        installation = build_installation(settings, MemoryStore(), outside=outside)
        conversation, desk = Conversation(installation.runner), Desk(installation.runner)
        context = WebContext(conversation, Timers(installation.runner), replies=Replies(desk, TOKENS))
        with TestClient(create_app(context)) as client:
            yield House(client, conversation, desk, server)


def test_a_reply_is_the_humans_word_and_takes_the_case(house: House) -> None:
    to = house.handed_off()
    assert house.reply(to).json() == {"case": to["case"], "status": "handed_off", "duplicate": False}
    assert house.reply(to, "r-2", text="Still here.").json()["duplicate"] is False
    log = house.desk.runner.store.load(to["case"])
    assert [event.human for event in log if isinstance(event, HumanTook)] == ["Mia"]
    assert [event.text for event in log if isinstance(event, HumanSaid)] == ["I am here.", "Still here."]
    shown = house.read(to).json()
    assert [one["speaker"] for one in shown["transcript"]][-2:] == ["human", "human"]


def test_a_repeat_is_said_once_also_after_the_hand_back(house: House) -> None:
    to = house.handed_off()
    assert house.reply(to, hand_back=True).json()["status"] == "open"
    again = house.reply(to, hand_back=True)
    assert (again.status_code, again.json()["duplicate"]) == (200, True)
    log = house.desk.runner.store.load(to["case"])
    assert sum(isinstance(event, HumanSaid) for event in log) == 1


def test_a_token_ends_with_the_hand_back_and_the_next_notice_has_another(house: House) -> None:
    to = house.handed_off()
    headers = {"Authorization": f"Bearer {to['token']}"}
    back = house.client.post(f"/v1/handoffs/{to['case']}/hand-back", json={"human": "Mia"}, headers=headers)
    assert back.json()["status"] == "open"
    for answer in (house.reply(to), house.read(to)):
        assert answer.status_code == 410
        assert answer.json()["type"] == "/problems/handoff-over"
    house.conversation.say(to["case"], "I want to talk to a human", "2")
    newer = house.server.requests[-1].json["data"]["reply"]["token"]
    assert newer != to["token"]
    assert house.reply(to).status_code == 410
    assert house.reply({**to, "token": newer}).status_code == 200


def test_a_token_is_for_its_own_case(house: House) -> None:
    one, other = house.handed_off(), house.handed_off()
    for token in (other["token"], "", "1-x", "9999999999-x", one["token"] + "a", f"1{one['token']}"):
        answer = house.reply({**one, "token": token or "x"})
        assert answer.status_code == 404
    unsigned = house.client.post(
        f"/v1/handoffs/{one['case']}/reply", json={"human": "M", "text": "x"}, headers={"Idempotency-Key": "1"}
    )
    assert unsigned.status_code == 401
    assert not [e for e in house.desk.runner.store.load(one["case"]) if isinstance(e, HumanSaid)]


def test_one_human_speaks_at_a_time(house: House) -> None:
    to = house.handed_off()
    house.desk.take(to["case"], "Ada")
    refused = house.reply(to)
    assert refused.status_code == 409
    assert "Ada has the case" in refused.json()["detail"]
    assert house.reply(to, human="Ada").status_code == 200


@pytest.mark.parametrize("words", [{"human": ""}, {"human": " "}, {"text": "x" * 9_000}, {"more": 1}])
def test_what_is_no_reply_is_refused(house: House, words: dict[str, object]) -> None:
    assert house.reply(house.handed_off(), **words).status_code == 400


def test_nothing_to_say_is_refused(house: House) -> None:
    assert house.reply(house.handed_off(), text=" ").status_code == 409


def test_where_notices_give_no_token_there_is_nothing_here(house: House) -> None:
    context: WebContext = house.client.app.state.context  # type: ignore[attr-defined]
    house.client.app.state.context = replace(context, replies=None)  # type: ignore[attr-defined]
    assert house.read({"case": "a", "token": "1-b"}).status_code == 404


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"notice_url": "https://a"}, "webhooks are signed"),
        ({"notice_url": "https://a", "notice_secret": "short"}, "is short"),
        ({"notice_email": "a@b"}, "needs BYTHEBOOK_SMTP_HOST"),
        (
            {"notice_email": "a@b", "smtp_host": "h", "notice_email_from": "c@d", "smtp_security": "ssl"},
            "write starttls, tls or none",
        ),
        (
            {
                "notice_email": "a@b",
                "smtp_host": "h",
                "notice_email_from": "c@d",
                "smtp_security": "none",
                "smtp_login": "x",
            },
            "for everybody to read",
        ),
    ],
)
def test_settings_that_cannot_work_are_told(given: dict[str, str], why: str) -> None:
    with pytest.raises(SettingWrong, match=why):
        notices_of(replace(Settings(), **given))  # type: ignore[arg-type]

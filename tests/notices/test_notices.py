"""Handoff notices against real servers: a webhook that is checked, mail over TLS, and what happens when they fail."""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bythebook.adapters.mail import Mail, MailServer
from bythebook.adapters.notices import LogNotices, SentNotices, Told
from bythebook.adapters.webhook import Webhook
from bythebook.service.ports import Handoff
from bythebook.service.replies import ReplyTokens
from tests.http.server import Server, hanging, serving, status, told
from tests.notices.mail_server import LOGIN, PASSWORD, Certificate, certificate, taking_mail

SECRET = "whsec_" + base64.b64encode(b"a secret of twenty-four b").decode()
HANDOFF = Handoff(
    case_id="abcdefghijklmnopqrstuvwxyz",
    routine="refunds",
    title="Refunds",
    reason="asked_for",
    step="3",
    version=7,
    opened_at=datetime(2026, 11, 1, 9, 0, tzinfo=UTC),
    at=datetime(2026, 11, 1, 9, 5, tzinfo=UTC),
    messages=2,
    functions=("find_order",),
    said=(("customer", "my secret words"), ("assistant", "Which order?")),
)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        running.on("/hook", told({}))
        yield running


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate(tmp_path_factory.mktemp("tls"))


def hook(server: Server, **more: Told) -> SentNotices:
    webhook = Webhook.to(f"{server.url}/hook", SECRET, lambda: datetime.fromtimestamp(1_800_000_000.9, UTC))
    return SentNotices(True, [webhook], pause=lambda _: None, **more)


def test_a_webhook_is_signed_as_the_standard_says(server: Server) -> None:
    assert hook(server).handed_off(HANDOFF)
    (request,) = server.requests
    key, at = request.headers["webhook-id"], request.headers["webhook-timestamp"]
    assert (key, at) == ("abcdefghijklmnopqrstuvwxyz:7", "1800000000")
    signed = f"{key}.{at}.".encode() + request.body
    expected = hmac.new(base64.b64decode(SECRET[6:]), signed, hashlib.sha256).digest()
    assert request.headers["webhook-signature"] == f"v1,{base64.b64encode(expected).decode()}"
    assert request.json == {
        "type": "case.handed_off",
        "timestamp": "2026-11-01T09:05:00Z",
        "data": {
            "case": "abcdefghijklmnopqrstuvwxyz",
            "document": "refunds",
            "title": "Refunds",
            "reason": "asked_for",
            "step": "3",
            "opened_at": "2026-11-01T09:00:00Z",
            "handed_off_at": "2026-11-01T09:05:00Z",
            "messages": 2,
            "functions": ["find_order"],
        },
    }


def test_words_and_a_token_go_along_only_where_that_is_set(server: Server) -> None:
    tokens = ReplyTokens(b"s")
    hook(server, told=Told(text=True, reply_token=tokens.token, public_url="https://help.example.com/")).handed_off(
        HANDOFF
    )
    data = server.requests[0].json["data"]
    assert data["said"][0] == {"speaker": "customer", "text": "my secret words"}
    assert data["reply"]["url"] == "https://help.example.com/v1/handoffs/abcdefghijklmnopqrstuvwxyz"
    assert tokens.version(HANDOFF.case_id, data["reply"]["token"]) == 7


def test_it_is_sent_again_under_the_same_id(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    server.on("/hook", status(503), status(500), told({}))
    assert hook(server).handed_off(HANDOFF)
    assert [request.headers["webhook-id"] for request in server.requests] == [HANDOFF.key] * 3
    assert "the notice of case abcdefghijklmnopqrstuvwxyz by webhook, try 1: status 503" in caplog.text


def test_nobody_is_announced_whom_no_notice_reached(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    server.on("/hook", status(500))
    assert not hook(server).handed_off(HANDOFF)
    assert len(server.requests) == 3
    assert "`bythebook desk list` shows it" in caplog.text
    assert server.place not in caplog.text
    assert "own-words" not in caplog.text


def test_what_went_out_by_no_way_goes_out_late_and_once(server: Server) -> None:
    server.on("/hook", *[status(503)] * 7, told({}))
    webhook = Webhook.to(f"{server.url}/hook", SECRET)
    notices = SentNotices(True, [webhook], pause=lambda _: None, late_seconds=0.01)
    assert not notices.handed_off(HANDOFF)
    late = notices.unsent._thread
    assert late is not None
    late.join(10)
    assert not late.is_alive()
    assert [request.headers["webhook-id"] for request in server.requests] == [HANDOFF.key] * 8
    notices.unsent.stop()


def test_one_way_is_enough(server: Server, shown: Certificate) -> None:
    server.on("/hook", status(500))
    with taking_mail(shown.shown()) as mail:
        notices = hook(server)
        ways = [
            *notices.ways,
            Mail(MailServer("127.0.0.1", mail.port, trusted=shown.trusted()), "a@b.example", ["c@d.example"]),
        ]
        assert replace(notices, ways=ways).handed_off(HANDOFF)
        assert len(mail.messages) == 1


def test_mail_goes_over_starttls_with_a_login(shown: Certificate) -> None:
    with taking_mail(shown.shown()) as mail:
        server = MailServer("127.0.0.1", mail.port, "starttls", LOGIN, PASSWORD, shown.trusted())
        words = Told(reply_token=ReplyTokens(b"s").token, public_url="https://help.example.com")
        assert SentNotices(True, [Mail(server, "bot@b.example", ["x@d.example", "y@d.example"])], words).handed_off(
            HANDOFF
        )
        (message,) = mail.messages
        assert mail.over_tls == [True] and mail.logins == [LOGIN]
        assert message["Subject"] == "Case abcdefgh waits for a human: asked_for"
        assert message["To"] == "x@d.example, y@d.example"
        assert message["Message-ID"] == "<abcdefghijklmnopqrstuvwxyz.7@bythebook.case>"
        text = message.get_content().replace("\r\n", "\n")
        assert "Functions:   find_order\n" in text
        assert "https://help.example.com/v1/handoffs/abcdefghijklmnopqrstuvwxyz\n" in text
        assert "secret words" not in text


def test_mail_over_tls_from_the_start_may_tell_the_words(shown: Certificate) -> None:
    with taking_mail(shown.shown(), at_once=True) as mail:
        server = MailServer("127.0.0.1", mail.port, "tls", trusted=shown.trusted())
        assert SentNotices(True, [Mail(server, "a@b.example", ["c@d.example"])], Told(text=True)).handed_off(HANDOFF)
        assert "customer: my secret words\nassistant: Which order?" in mail.messages[0].get_content().replace(
            "\r\n", "\n"
        )


@pytest.mark.parametrize(
    ("security", "starttls", "login", "refusals", "why"),
    [
        ("starttls", False, "", [], "the mail server does not offer what is set"),
        ("starttls", True, "joe", [], "the mail server does not take the login"),
        ("starttls", True, "", ["451 later, own-words"] * 3, "the mail server answered 451"),
        ("none", True, "joe", [], "the mail server does not offer what is set"),
    ],
)
def test_what_a_mail_server_refuses_is_told_without_its_words(
    shown: Certificate,
    caplog: pytest.LogCaptureFixture,
    security: str,
    starttls: bool,
    login: str,
    refusals: list[str],
    why: str,
) -> None:
    with taking_mail(shown.shown(), starttls=starttls) as mail:
        mail.refusals = list(refusals)
        server = MailServer("127.0.0.1", mail.port, security, login, "wrong", shown.trusted())
        assert not SentNotices(True, [Mail(server, "a@b.example", ["c@d.example"])], pause=lambda _: None).handed_off(
            HANDOFF
        )
        assert why in caplog.text
        assert "own-words" not in caplog.text and "wrong" not in caplog.text
        assert mail.messages == []


def test_a_mail_server_that_nobody_vouches_for_gets_nothing(
    shown: Certificate, caplog: pytest.LogCaptureFixture
) -> None:
    with taking_mail(shown.shown()) as mail:
        server = MailServer("127.0.0.1", mail.port, "starttls", LOGIN, PASSWORD)
        assert not SentNotices(True, [Mail(server, "a@b.example", ["c@d.example"])], pause=lambda _: None).handed_off(
            HANDOFF
        )
        assert "could not show who it is" in caplog.text
        assert mail.logins == []


def test_a_server_that_does_not_answer_is_not_waited_for_long(
    server: Server, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bythebook.adapters.webhook.TIMEOUT_SECONDS", 0.1)
    server.on("/hook", hanging)
    assert not hook(server).handed_off(HANDOFF)
    assert "there was no answer in time" in caplog.text


def test_without_a_way_the_log_tells_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    assert LogNotices(True).handed_off(HANDOFF)
    assert "my secret words" not in caplog.text


def test_no_secret_is_shown(tmp_path: Path) -> None:
    shown = repr(SentNotices(True, [Webhook.to("https://h.example/token-in-here", SECRET)])) + repr(
        MailServer("h", 1, login="a", password=PASSWORD)
    )
    assert SECRET not in shown and PASSWORD not in shown and "token-in-here" not in shown

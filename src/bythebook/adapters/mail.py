"""Handoff notices as e-mail, by SMTP."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any, Final

from bythebook.adapters.notices import NoticeFailure

TIMEOUT_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in."""

    host: str
    port: int = 587
    security: str = "starttls"
    """`starttls`, `tls`, or `none` (for a server on the same machine)."""

    login: str = ""
    password: str = field(default="", repr=False)
    trusted: ssl.SSLContext | None = None
    """Whom to believe who they are; without it, what this machine believes."""


@dataclass(frozen=True, slots=True)
class Mail:
    """Sends notices to a few addresses."""

    server: MailServer
    sender: str
    receivers: Sequence[str]

    @property
    def name(self) -> str:
        return "e-mail"

    def send(self, key: str, words: Mapping[str, object]) -> None:
        """Hand the notice in; raise NoticeFailure."""
        message = _message(key, words)
        message["From"], message["To"] = self.sender, ", ".join(self.receivers)
        try:
            with self._connected() as smtp:
                if self.server.login:
                    smtp.login(self.server.login, self.server.password)
                smtp.send_message(message)
        except (OSError, smtplib.SMTPException) as failure:
            # Its own words may hold addresses, or what was sent.
            raise NoticeFailure(_why(failure)) from None

    def _connected(self) -> smtplib.SMTP:
        server, trusted = self.server, self.server.trusted or ssl.create_default_context()
        if server.security == "tls":
            return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_SECONDS, context=trusted)
        smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
        try:
            if server.security == "starttls":
                smtp.starttls(context=trusted)
        except BaseException:
            smtp.close()
            raise
        return smtp


def _why(failure: Exception) -> str:
    match failure:
        case smtplib.SMTPAuthenticationError():
            return "the mail server does not take the login"
        case smtplib.SMTPNotSupportedError():
            return "the mail server does not offer what is set (STARTTLS, a login)"
        case smtplib.SMTPResponseException(smtp_code=code):
            return f"the mail server answered {code}"
        case smtplib.SMTPRecipientsRefused():
            return "the mail server takes none of the receivers"
        case ssl.SSLError():
            return "the mail server could not show who it is (TLS)"
        case TimeoutError():
            return "the mail server did not answer in time"
        case _:
            return f"the mail server cannot be reached ({type(failure).__name__})"


def _message(key: str, words: Mapping[str, object]) -> EmailMessage:
    data: Any = words["data"]
    message = EmailMessage()
    # The same for each try: whoever gets it twice can tell.
    message["Message-ID"] = f"<{key.replace(':', '.')}@bythebook.case>"
    message["Subject"] = " ".join(f"Case {data['case'][:8]} waits for a human: {data['reason']}".split())
    rows = [
        ("Case", data["case"]),
        ("Document", data["title"] or data["document"]),
        ("Reason", data["reason"]),
        ("Step", data["step"] or "none yet"),
        ("Opened", data["opened_at"]),
        ("Handed over", data["handed_off_at"]),
        ("Messages", data["messages"]),
        ("Functions", ", ".join(data["functions"]) or "none"),
    ]
    parts = ["\n".join(f"{name + ':':13}{value}" for name, value in rows)]
    if data.get("said"):
        parts.append("\n".join(f"{said['speaker']}: {said['text']}" for said in data["said"]))
    if "reply" in data:
        reply = data["reply"]
        parts.append(f"To read and answer from your own desk, until the case is handed back:\n{reply['url']}")
        parts.append(f"Token: {reply['token']}")
    message.set_content("\n\n".join(parts) + "\n")
    return message

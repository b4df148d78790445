"""Every knob, typed and documented: read once, from the environment (`BYTHEBOOK_NAME`).

docs/settings.md is written from this table.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

PREFIX: Final = "BYTHEBOOK_"
SECRET: Final = "BYTHEBOOK_SECRET_"
"""What functions.toml asks for by name; no setting."""

_SEPARATOR: Final = re.compile(f"[,{re.escape(os.pathsep)}]")
"""Between documents: a comma, or what stands between the folders of a search path."""

_YES: Final = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}


_ORIGIN: Final = re.compile(r"\*|https?://(?:\*\.)?[a-z0-9.-]+(?::\d+)?|https?://\[[0-9a-f:]+\](?::\d+)?")
"""A site, as a browser names it; or any."""


class SettingWrong(Exception):
    """A setting cannot be used; the message names it and says what it takes."""


def _knob(default: Any, about: str, *, empty: str = "the shipped example", secret: bool = False) -> Any:
    return field(default=default, repr=not secret, metadata={"about": about, "empty": empty})


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set for one installation. What belongs to a document stands beside it, under `[conduct]`."""

    document: str | tuple[str, ...] = _knob(
        "",
        "The document to run: a folder with `document.md`, a Markdown file, or the name of a shipped one. Several, "
        "with commas between them, or a folder of documents, are loaded together.",
    )
    database: str = _knob(
        "bythebook.db", "Where the cases are kept: a SQLite file, or `postgresql://USER@HOST/NAME`.", secret=True
    )
    master_key: str = _knob(
        "",
        "Master keys for cases at rest, the current one first; then new cases are sealed.",
        empty="none",
        secret=True,
    )
    master_key_file: str = _knob("", "A file that holds them, in place of `BYTHEBOOK_MASTER_KEY`.", empty="none")
    signing_key: str = _knob(
        "", "Keys that checkpoints are signed with, the current one first (docs/audit.md).", empty="none", secret=True
    )
    signing_key_file: str = _knob("", "A file that holds them, in place of `BYTHEBOOK_SIGNING_KEY`.", empty="none")
    checkpoint_minutes: int = _knob(
        60,
        "Minutes between checkpoints over the chains of cases while `serve` runs; 0 for none. Needs a signing key.",
    )
    erase_resolved_days: int = _knob(
        0, "Days after its last entry on which a resolved case is erased; 0 for never. Needs a master key."
    )
    erase_abandoned_days: int = _knob(0, "The same for an abandoned case.")
    desk_token: str = _knob(
        "", "Who brings it to `/v1/desk` may find, read and erase cases.", empty="none may", secret=True
    )
    desk_token_file: str = _knob("", "A file that holds it, in place of `BYTHEBOOK_DESK_TOKEN`.", empty="none")
    audit_token: str = _knob(
        "", "Who brings it may find cases and read them without what is private.", empty="none may", secret=True
    )
    audit_token_file: str = _knob("", "A file that holds it, in place of `BYTHEBOOK_AUDIT_TOKEN`.", empty="none")
    sign_in_hours: int = _knob(12, "Hours after which people sign in again, however much they do.")
    sign_in_idle_minutes: int = _knob(120, "Minutes without doing anything after which they sign in again.")
    sign_in_attempts: int = _knob(
        10, "Failed attempts to sign in that one name has in ten minutes, and an address five times as many."
    )
    cases_an_hour: int = _knob(
        120,
        "Cases that one address may open in an hour, with all processes on one PostgreSQL together; 0 for no limit.",
    )
    messages_a_minute: int = _knob(30, "Messages that may be sent in one case in a minute; 0 for no limit.")
    messages_a_minute_of_address: int = _knob(
        240, "Messages that may come from one address in a minute; 0 for no limit."
    )
    trusted_proxies: str = _knob(
        "",
        "The proxies before `serve`, as addresses or networks with commas: of them alone `X-Forwarded-For` and "
        "`X-Forwarded-Proto` are believed.",
        empty="none",
    )
    host: str = _knob("127.0.0.1", "The address that `serve` listens on.")
    port: int = _knob(8000, "The port that `serve` listens on; 0 takes a free one.")
    workers: int = _knob(1, "Processes of `serve` on one port; more than one need PostgreSQL.")
    human: str = _knob("human", "Who works at the desk, as the log names them, where no name is given.")
    on_duty: bool = _knob(False, "Somebody is at the desk now: only then is a person announced to a customer.")
    production: bool = _knob(False, "Refuse documents with drafts, unbound functions or unreviewed data.")
    reader: str = _knob("local", "`local` (encoder and rules) or `lexicon` (rules alone).")
    cache: str = _knob(
        "",
        "The folder where what the reader worked out from the documents' own texts is kept between starts, never "
        "what a customer said; `none` keeps nothing.",
        empty="`bythebook` in the cache folder of whoever runs it",
    )
    masking: str = _knob("rules", "`rules`, or `presidio`: Presidio's recognisers of names and numbers besides.")
    model_url: str = _knob(
        "", "An OpenAI-compatible endpoint whose model helps where the local reader is unsure.", empty="no model"
    )
    model: str = _knob("", "The name of the model there.", empty="none")
    model_key: str = _knob("", "The endpoint's key, if it takes one. Never logged.", empty="none", secret=True)
    model_key_file: str = _knob("", "A file that holds the key, in place of `BYTHEBOOK_MODEL_KEY`.", empty="none")
    model_deadline_ms: int = _knob(2000, "Milliseconds after which the model's answer is not waited for any more.")
    model_strict: bool = _knob(False, "The endpoint knows `strict` schemas.")
    fail_at: str = _knob(
        "",
        "For tests of crashes alone: the place at which `serve` kills itself, `after call 3` for example.",
        empty="nowhere",
    )
    notice_url: str = _knob(
        "", "Where a signed webhook goes when a case waits for a human.", empty="none is sent", secret=True
    )
    notice_secret: str = _knob(
        "", "What webhooks, and the tokens to answer notices with, are signed with.", empty="none", secret=True
    )
    notice_secret_file: str = _knob("", "A file that holds it, in place of `BYTHEBOOK_NOTICE_SECRET`.", empty="none")
    notice_email: str = _knob("", "The addresses that get an e-mail then, with commas.", empty="none is sent")
    notice_email_from: str = _knob("", "The address it comes from.", empty="none")
    notice_text: bool = _knob(False, "Notices tell what was said, too; else they hold no words of the customer.")
    public_url: str = _knob(
        "", "Where this installation is reached from outside; notices name it for answers.", empty="none"
    )
    widget_origins: str = _knob(
        "",
        "The sites whose pages may hold the chat, with commas: `https://shop.example.com`, `https://*.example.com` "
        "for all below it, `*` for any.",
        empty="the pages of this installation alone",
    )
    smtp_host: str = _knob("", "The mail server.", empty="none")
    smtp_port: int = _knob(587, "Its port.")
    smtp_security: str = _knob("starttls", "`starttls`, `tls`, or `none`.")
    smtp_login: str = _knob("", "The login there, if it takes one.", empty="none")
    smtp_password: str = _knob("", "Its password. Never logged.", empty="none", secret=True)
    smtp_password_file: str = _knob("", "A file that holds it.", empty="none")
    effects: str = _knob(
        "process",
        "`process`: functions with effects, and notices, are carried out by the process that serves the case. "
        "`durable`: by DBOS over the same database, handed over with the message they follow from.",
    )
    function_hosts: str = _knob(
        "",
        "The hosts that functions over HTTP may reach, with commas: `shop.example.com`, `*.example.com`, "
        "`10.1.2.3:8080`. Private addresses, and http without TLS, only where named here.",
        empty="every public host, over https",
    )
    secrets_folder: str = _knob(
        "",
        "A folder with a file for each secret that `functions.toml` names; else `BYTHEBOOK_SECRET_NAME` is read.",
        empty="none",
    )
    metrics: bool = _knob(False, "Prometheus metrics at `/metrics`; keep that from the public at your proxy.")
    tracing: bool = _knob(False, "OpenTelemetry traces, to where `OTEL_EXPORTER_OTLP_ENDPOINT` says.")
    log_format: str = _knob("text", "`text`, or `json`: an object a line.")
    log_level: str = _knob("warning", "debug, info, warning or error. Logs never hold message text.")

    @property
    def database_shown(self) -> str:
        """Where the cases are, without a password."""
        return re.sub(r"(?<=://)([^/@]*):[^/@]*@", r"\1:***@", self.database)

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents to run: one empty name stands for the shipped example."""
        if isinstance(self.document, tuple):
            return self.document
        return tuple(given for part in _SEPARATOR.split(self.document) if (given := part.strip())) or ("",)

    @property
    def origins(self) -> tuple[str, ...]:
        """The other sites whose pages may hold the chat, in small letters; raise SettingWrong."""
        given = tuple(one.strip().lower() for one in self.widget_origins.split(",") if one.strip())
        strange = next((one for one in given if not _ORIGIN.fullmatch(one)), None)
        if strange is not None:
            raise SettingWrong(
                f"{PREFIX}WIDGET_ORIGINS has {strange!r}; write a site as a browser names it, without a path: "
                "https://shop.example.com"
            )
        return given

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Settings:
        """Return the settings of an environment; raise SettingWrong."""
        known = {f"{PREFIX}{knob.name.upper()}": knob for knob in fields(cls)}
        ours = (name for name in environment if name.startswith(PREFIX) and not name.startswith(SECRET))
        strange = sorted(name for name in ours if name not in known)
        if strange:
            raise SettingWrong(f"{strange[0]} is not a setting; known are {', '.join(known)}")
        given: dict[str, Any] = {
            knob.name: _typed(name, environment[name], type(knob.default))
            for name, knob in known.items()
            if name in environment
        }
        settings = cls(**given)
        _ = settings.origins  # told at once, not by the first page that is refused
        if bool(settings.model_url) != bool(settings.model):
            there, missing = ("model_url", "model") if settings.model_url else ("model", "model_url")
            raise SettingWrong(
                f"{PREFIX}{there.upper()} is set and {PREFIX}{missing.upper()} is not; a model needs both"
            )
        return settings


def _typed(name: str, text: str, kind: type) -> object:
    if kind is bool:
        if text.lower() not in _YES:
            raise SettingWrong(f"{name} is {text!r}; write yes or no")
        return _YES[text.lower()]
    if kind is int:
        if not text.isdigit():
            raise SettingWrong(f"{name} is {text!r}; write a whole number")
        return int(text)
    return text

"""What reaches outside: notices to the desk, answers to them, the engine that carries effects out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Final, cast

from bythebook.adapters.notices import LogNotices, SentNotices, Told, Way
from bythebook.bootstrap import secret
from bythebook.service.access import Access
from bythebook.service.duty import WithDuty
from bythebook.service.effects import DurableEffects
from bythebook.service.ports import Notices
from bythebook.service.replies import ReplyTokens
from bythebook.settings import Settings, SettingWrong

SECRET_CHARACTERS_MIN: Final = 16
"""How long a secret is that signs."""


def notices_with(settings: Settings, access: Access) -> Notices:
    """Return how the desk is told, where people sign in: one who is on duty is there, as the setting says for all."""
    return WithDuty(notices_of(replace(settings, on_duty=True)), on_duty(settings, access))


def on_duty(settings: Settings, access: Access) -> Callable[[], bool]:
    """Return what says whether a person is at the desk now."""
    return lambda: settings.on_duty or access.somebody_on_duty()


def notices_of(settings: Settings) -> Notices:
    """Return how the desk is told of a case that waits: by each way that is set; raise SettingWrong."""
    ways: list[Way] = []
    key = secret(settings.notice_secret, settings.notice_secret_file)
    if key and len(key) < SECRET_CHARACTERS_MIN:
        raise SettingWrong(f"BYTHEBOOK_NOTICE_SECRET is short; give it {SECRET_CHARACTERS_MIN} characters or more")
    if settings.notice_url:
        if not key:
            raise SettingWrong("BYTHEBOOK_NOTICE_URL is set and BYTHEBOOK_NOTICE_SECRET is not; webhooks are signed")
        # Loaded by name, as mail: most installations have neither.
        ways.append(import_module("bythebook.adapters.webhook").Webhook.to(settings.notice_url, key))
    if settings.notice_email:
        if not (settings.smtp_host and settings.notice_email_from):
            raise SettingWrong("BYTHEBOOK_NOTICE_EMAIL needs BYTHEBOOK_SMTP_HOST and BYTHEBOOK_NOTICE_EMAIL_FROM")
        ways.append(_mail(settings))
    if not ways:
        return LogNotices(settings.on_duty)
    tokens = reply_tokens(settings)
    told = Told(settings.notice_text, tokens.token if tokens is not None else None, settings.public_url)
    return SentNotices(settings.on_duty, ways, told)


def durable_effects(settings: Settings) -> DurableEffects | None:
    """Return the engine that carries out effects, or None where this process does; raise SettingWrong."""
    if settings.effects == "process":
        return None
    if settings.effects != "durable":
        raise SettingWrong(f"BYTHEBOOK_EFFECTS is {settings.effects!r}; write process or durable")
    try:
        durable = import_module("bythebook.adapters.durable")
    except ModuleNotFoundError as missing:
        how = f"durable effects need the package `{missing.name}`: pip install 'bythebook[durable]'"
        raise SettingWrong(how) from missing
    return cast(DurableEffects, durable.DurableEffects(settings.database))


def _mail(settings: Settings) -> Way:
    if settings.smtp_security not in ("starttls", "tls", "none"):
        raise SettingWrong(f"BYTHEBOOK_SMTP_SECURITY is {settings.smtp_security!r}; write starttls, tls or none")
    mail = import_module("bythebook.adapters.mail")
    password = secret(settings.smtp_password, settings.smtp_password_file)
    if settings.smtp_login and settings.smtp_security == "none":
        raise SettingWrong("BYTHEBOOK_SMTP_LOGIN would be sent for everybody to read; set BYTHEBOOK_SMTP_SECURITY")
    server = mail.MailServer(
        settings.smtp_host, settings.smtp_port, settings.smtp_security, settings.smtp_login, password
    )
    receivers = [one.strip() for one in settings.notice_email.split(",") if one.strip()]
    return cast(Way, mail.Mail(server, settings.notice_email_from, receivers))


def reply_tokens(settings: Settings) -> ReplyTokens | None:
    """Return what signs the right to answer a notice, or None where notices give none; raise SettingWrong."""
    key = secret(settings.notice_secret, settings.notice_secret_file)
    return ReplyTokens(key.encode()) if key and settings.public_url else None

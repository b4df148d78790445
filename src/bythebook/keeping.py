"""What the settings say of kept cases: how long they stay, and who of the house may look into them."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Final

from bythebook.bootstrap import master_keys, secret
from bythebook.engine.state import Status
from bythebook.service.erasing import Erasing, Retention
from bythebook.service.people import Role
from bythebook.service.runner import Runner
from bythebook.service.staff import Staff, staff_of
from bythebook.settings import Settings, SettingWrong

STAFF_TOKEN_MIN: Final = 20
"""Characters of a token for the desk: `openssl rand -base64 30` makes a good one."""

TOKENS_OF: Final = {Role.HUMAN: "desk", Role.AUDITOR: "auditor"}

log = logging.getLogger(__name__)


def retention_of(settings: Settings, runner: Runner) -> Retention | None:
    """Return what erases cases by schedule, None where nothing is set; raise SettingWrong where nothing can be."""
    days = {Status.RESOLVED: settings.erase_resolved_days, Status.ABANDONED: settings.erase_abandoned_days}
    keep = {status: timedelta(days=kept) for status, kept in days.items() if kept}
    if not keep:
        return None
    if master_keys(settings) is None:
        raise SettingWrong(
            "cases are to be erased after some days (BYTHEBOOK_ERASE_RESOLVED_DAYS, BYTHEBOOK_ERASE_ABANDONED_DAYS), "
            "and without a master key none can be: set BYTHEBOOK_MASTER_KEY_FILE (`bythebook keys new` makes a key)"
        )
    retention = Retention(Erasing(runner.store, runner.clock, runner.forget), keep)
    if unsealed := retention.beyond_reach():
        log.warning(
            "%d cases are due to be erased and were opened without a master key: they stay, see docs/privacy.md",
            unsealed,
        )
    return retention


def staff(settings: Settings) -> Staff | None:
    """Return who may look into cases over HTTP, and as what; raise SettingWrong."""
    tokens = {
        Role.HUMAN: secret(settings.desk_token, settings.desk_token_file),
        Role.AUDITOR: secret(settings.audit_token, settings.audit_token_file),
    }
    for role, token in tokens.items():
        if token and len(token) < STAFF_TOKEN_MIN:
            raise SettingWrong(
                f"the {TOKENS_OF[role]}'s token is shorter than {STAFF_TOKEN_MIN} characters; make it longer"
            )
    if tokens[Role.HUMAN] and tokens[Role.HUMAN] == tokens[Role.AUDITOR]:
        raise SettingWrong("the desk's token and the auditor's are the same; the auditor's gives fewer rights")
    return staff_of(tokens)

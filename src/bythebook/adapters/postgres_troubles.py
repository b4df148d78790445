"""What PostgreSQL complains of, in sentences that say what to do."""

from __future__ import annotations

from typing import Final

TROUBLES: Final = (
    ("53100", "its disk is full; make room, then try again"),
    ("53300", "it has no connection left; allow more (max_connections), or run fewer processes"),
    ("53", "it is out of resources; look at the server"),
    ("57P", "it is stopping or starting; try again in a moment"),
    ("28", "it refuses this user; check name, password and pg_hba.conf"),
    ("3D000", "there is no such database; create it first"),
    ("42501", "this user may not write there; grant it the rights"),
    ("25006", "it takes no writes: this is a standby, or it was set read-only"),
    ("40", "two writes got in each other's way; try again"),
    ("XX", "it reports damage; look at its log, and at your backup"),
)
"""By SQLSTATE or the beginning of one (PostgreSQL's Appendix A): what to say."""


def trouble_with(place: str, error: BaseException) -> str:
    """Return what is wrong with the database at `place` and what to do about it; never its address's password."""
    state = getattr(error, "sqlstate", None) or ""
    for prefix, words in TROUBLES:
        if state.startswith(prefix):
            return f"{place}: {words}"
    if "connection" in str(error).lower() or "timeout" in str(error).lower() or not state:
        return f"{place} cannot be reached; check that the server runs and that the address is right"
    return f"{place} could not be used: {type(error).__name__} {state}"

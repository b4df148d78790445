"""Secrets that an author's files name and do not hold: `${ORDERS_TOKEN}`, read anew each time it is used.

Only what is set for this is given out (a file in one folder, or `BYTHEBOOK_SECRET_NAME`), so that no document can
send anything else of the environment away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

PREFIX: Final = "BYTHEBOOK_SECRET_"
HIDDEN: Final = "***"
_NAMED: Final = re.compile(r"\$\{([A-Z][A-Z0-9_]*)\}")


class SecretMissing(Exception):
    """A secret is not set; the message names it."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What stands behind the names."""

    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    folder: str = ""

    def fill(self, text: str) -> str:
        """Return the text with its secrets in it; raise SecretMissing."""
        return _NAMED.sub(lambda match: self._value(match[1]), text)

    def missing(self, names: Iterable[str]) -> list[str]:
        """Return the names that nothing is set for."""
        found = []
        for name in names:
            try:
                self._value(name)
            except SecretMissing:
                found.append(name)
        return found

    def _value(self, name: str) -> str:
        if self.folder:
            try:
                return (Path(self.folder) / name).read_text(encoding="utf-8").strip()
            except FileNotFoundError:
                pass
            except (OSError, ValueError) as failure:
                raise SecretMissing(f"the file of the secret {name} cannot be read") from failure
        if PREFIX + name in self.environment:
            return self.environment[PREFIX + name].strip()
        raise SecretMissing(f"the secret {name} is not set; set {PREFIX}{name}")


def names_in(text: str) -> list[str]:
    """Return the names of the secrets that a text asks for."""
    return _NAMED.findall(text)


def hidden(text: str) -> str:
    """Return the text as it may be shown."""
    return _NAMED.sub(HIDDEN, text)

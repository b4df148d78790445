"""What is known of the way in: where people reach the installation, whose word is taken for where they come from,
and how often anybody may knock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Final

from bythebook.service.limits import Limit, SharedBuckets

MINUTE: Final = 60.0
HOUR: Final = 3600.0
NONE: Final = Limit(0, HOUR)


@dataclass(frozen=True, slots=True)
class Rates:
    """How often customers may do what. Without limits unless they are given."""

    cases_of_address: Limit = NONE
    messages_of_case: Limit = NONE
    messages_of_address: Limit = NONE


@dataclass(frozen=True, slots=True)
class Entrance:
    """The way in, by the settings."""

    public_url: str = ""
    """Where this installation is reached from outside, for links that are given to people."""

    proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    """Who is believed when they say whom they speak for."""

    rates: Rates = field(default_factory=Rates)
    shared: SharedBuckets | None = None
    """What counts over all processes, where there are several."""

    def trusts(self, address: str) -> bool:
        """Whether an address is that of one of our proxies."""
        try:
            found = ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self.proxies)

    def caller(self, peer: str, forwarded: Sequence[str]) -> str:
        """Return the address of whoever asks: what our own proxies say, the nearest first, and nobody else's word.

        `forwarded` is what `X-Forwarded-For` lists. A caller can put anything at its beginning; what our proxies
        added stands at its end.
        """
        found = peer
        for named in reversed(forwarded):
            if not self.trusts(found):
                break
            found = _plain(named)
        return found


def _plain(named: str) -> str:
    """Return the address of `192.0.2.1:1234`, `[2001:db8::1]:1234` and their like."""
    named = named.strip()
    if named.startswith("["):
        return named[1:].partition("]")[0]
    host, colon, _ = named.partition(":")
    return host if colon and named.count(":") == 1 else named

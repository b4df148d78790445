"""How often customers may open cases and send messages: by case, and by the address they come from."""

from __future__ import annotations

import math
from typing import Final

from fastapi import Request

from bythebook.service.entrance import Entrance
from bythebook.service.limits import Buckets
from bythebook.web.context import WebContext
from bythebook.web.problems import TOO_OFTEN, Problem


class Gauges:
    """What has been taken of each limit."""

    def __init__(self, entrance: Entrance) -> None:
        rates, shared = entrance.rates, entrance.shared
        self.is_shared: Final = shared is not None
        """They are asked of a database: not on the event loop."""

        self.cases_of_address: Final = Buckets(rates.cases_of_address, shared=shared, kind="cases of")
        self.messages_of_case: Final = Buckets(rates.messages_of_case, shared=shared, kind="messages in")
        self.messages_of_address: Final = Buckets(rates.messages_of_address, shared=shared, kind="messages of")


def may_open(request: Request) -> None:
    """Raise a problem where an address has opened too many cases."""
    _take(request, gauges_of(request).cases_of_address, _address(request))


def take_message(request: Request, case_id: str) -> None:
    """Raise a problem where a case, or an address, has sent too many messages."""
    gauges = gauges_of(request)
    _take(request, gauges.messages_of_address, _address(request))
    _take(request, gauges.messages_of_case, case_id)


def _take(request: Request, buckets: Buckets, name: str) -> None:
    context: WebContext = request.app.state.context
    wait = buckets.take(name, context.conversation.runner.clock.now())
    if wait:
        raise Problem(TOO_OFTEN, headers={"Retry-After": str(math.ceil(wait))})


def gauges_of(request: Request) -> Gauges:
    """Return what the application counts with."""
    gauges: Gauges = request.app.state.gauges
    return gauges


def _address(request: Request) -> str:
    """Return what stands for an address: of IPv6 the network that one customer has."""
    address = request.client.host if request.client is not None else ""
    return ":".join(address.split(":")[:4]) if address.count(":") > 1 else address

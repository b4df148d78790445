"""How often customers may open cases and send messages: by case, and by the address they come from."""

from __future__ import annotations

import math
from typing import Final

from fastapi import Request

from bythebook.service.entrance import Rates
from bythebook.service.limits import Buckets
from bythebook.web.context import WebContext
from bythebook.web.problems import TOO_OFTEN, Problem


class Gauges:
    """What has been taken of each limit, in this process."""

    def __init__(self, rates: Rates) -> None:
        self.cases_of_address: Final = Buckets(rates.cases_of_address)
        self.messages_of_case: Final = Buckets(rates.messages_of_case)
        self.messages_of_address: Final = Buckets(rates.messages_of_address)


async def may_open(request: Request) -> None:
    """Raise a problem where an address has opened too many cases."""
    _take(request, _gauges(request).cases_of_address, _address(request))


def take_message(request: Request, case_id: str) -> None:
    """Raise a problem where a case, or an address, has sent too many messages."""
    gauges = _gauges(request)
    _take(request, gauges.messages_of_address, _address(request))
    _take(request, gauges.messages_of_case, case_id)


def _take(request: Request, buckets: Buckets, name: str) -> None:
    context: WebContext = request.app.state.context
    wait = buckets.take(name, context.conversation.runner.clock.now())
    if wait:
        raise Problem(TOO_OFTEN, headers={"Retry-After": str(math.ceil(wait))})


def _gauges(request: Request) -> Gauges:
    gauges: Gauges = request.app.state.gauges
    return gauges


def _address(request: Request) -> str:
    """Return what stands for an address: of IPv6 the network that one customer has."""
    address = request.client.host if request.client is not None else ""
    return ":".join(address.split(":")[:4]) if address.count(":") > 1 else address

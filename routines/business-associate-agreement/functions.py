"""The functions that the document calls. What they tell stands in data/, dated and with its source."""

from typing import TypedDict

from bythebook.functions import Data, Table, function


class EndpointList(TypedDict):
    endpoints: list[str]
    """The eligible endpoints, one an item, each with its limitations."""

    as_of: str
    source: str
    review: str
    """Whether somebody compared the list with its source."""


class SalesContact(TypedDict):
    url: str
    as_of: str


@function
def provide_list_of_zero_retention_endpoints(data: Data) -> EndpointList:
    listed = data.file("zero_retention_endpoints")
    eligible = [row for row in listed.tables("endpoint") if row.flag("eligible")]
    return EndpointList(
        endpoints=[_described(row) for row in eligible],
        as_of=listed.text("as_of"),
        source=listed.text("source"),
        review=_review(listed),
    )


@function
def provide_sales_contact_information(data: Data) -> SalesContact:
    contact = data.file("sales_contact")
    return SalesContact(url=contact.text("url"), as_of=contact.text("as_of"))


@function(effect=True)
def case_resolution() -> None:
    """Do what your other systems need when a case is resolved, or nothing.

    The engine marks the case as resolved once this has returned; if it raises, the case goes to the desk.
    """


def _described(endpoint: Table) -> str:
    limitations = endpoint.text("limitations", "")
    path = endpoint.text("path")
    return f"{path} ({limitations})" if limitations else path


def _review(listed: Table) -> str:
    if listed.text("reviewed_by"):
        return "Our team has compared this list with its source."
    return "Our team has not reviewed this copy of the list yet, so please check the current list."

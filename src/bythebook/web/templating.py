"""Pages from templates. What goes into one is escaped; a template that names what it was not given breaks at once.

    return page(request, "desk/queue.html", cases=cases)

Templates extend `base.html` (blocks `title`, `main`, `aside`, `frame`) and take their parts from `parts.html`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bythebook.service.desk_choices import otherwise
from bythebook.service.people import Person
from bythebook.web.devices import device_shown
from bythebook.web.markings import emphasised, unmarked
from bythebook.web.route_table import places

TEMPLATES: Final = Path(__file__).parent / "templates"

HTMX_HEADER: Final = "HX-Request"


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the navigation, as a page shows it."""

    label: str
    path: str
    current: bool


def _stamp(at: datetime) -> str:
    """Return a time as pages show it, to the minute."""
    return f"{at.astimezone(UTC):%-d %b %Y, %H:%M} UTC"


def _label(label: str) -> str:
    """Return a line's label as people cite it: `4?` is what line 4 asks without saying so."""
    return f"question {label[8:]}" if label.startswith("article:") else label.rstrip("?!")


def _cited(label: str) -> str:
    """Return a label as it stands beside its line: short."""
    return f"Q{label[8:]}" if label.startswith("article:") else label.rstrip("?!")


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["stamp"] = _stamp
    environment.filters["label"] = _label
    environment.filters["otherwise"] = otherwise
    environment.filters["cited"] = _cited
    environment.filters["unmarked"] = unmarked
    environment.filters["emphasised"] = emphasised
    environment.filters["device"] = device_shown
    return environment


ENVIRONMENT: Final = _environment()


def page(
    request: Request,
    template: str,
    *,
    status_code: int = 200,
    headers: Mapping[str, str] | None = None,
    **values: Any,
) -> HTMLResponse:
    """Return a page for whoever asks, with the navigation of their roles."""
    person = person_of(request)
    path = request.url.path
    entries = (
        [Entry(place.label, place.path, _leads_to(place.path, path)) for place in places(person.roles)]
        if person
        else []
    )
    html = ENVIRONMENT.get_template(template).render(
        {"request": request, "person": person, "entries": entries, "here": path, **values}
    )
    return HTMLResponse(html, status_code, headers)


def person_of(request: Request) -> Person | None:
    """Return who is signed in, as far as the route asked (`needs`, `known`)."""
    person: Person | None = getattr(request.state, "person", None)
    return person


def is_part(request: Request) -> bool:
    """Whether a page asks for a part of itself, and not for a whole page."""
    return request.headers.get(HTMX_HEADER) == "true"


def _leads_to(place: str, path: str) -> bool:
    return path == place or path.startswith(f"{place}/")

"""Parts of an address that come a few at a time: "it's 42 Wallaby Way", then "Madison, NY", then "02118, USA".

Each part is told by its form: a street has a number and a kind of street, a zip code its digits, a state or a country
is one of those there are. What has no such form is the city, where it stands beside parts that have, or is a name.
A message of which any part is nothing of the kind gives no value.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from bythebook.reading.slot_types import STREET, ZIP

PARTS: Final = ("street", "city", "state", "zip", "country")
"""The kinds of slots that are parts of an address."""

CITY_WORDS_MAX: Final = 4

_STATE_NAMES: Final = """
    alabama, alaska, arizona, arkansas, california, colorado, connecticut, delaware, florida, georgia, hawaii,
    idaho, illinois, indiana, iowa, kansas, kentucky, louisiana, maine, maryland, massachusetts, michigan,
    minnesota, mississippi, missouri, montana, nebraska, nevada, ohio, oklahoma, oregon, pennsylvania, tennessee,
    texas, utah, vermont, virginia, washington, wisconsin, wyoming, alberta, manitoba, ontario, quebec,
    saskatchewan, bavaria, hesse, saxony, tasmania, queensland, victoria, new hampshire, new jersey, new mexico, new
    york, north carolina, north dakota, rhode island, south carolina, south dakota, west virginia, british columbia,
    nova scotia, new brunswick, new south wales, district of columbia
"""
_STATE_SIGNS: Final = """
    al, ak, az, ar, ca, co, ct, de, fl, ga, hi, id, il, in, ia, ks, ky, la, me, md, ma, mi, mn, ms, mo, mt, ne, nv,
    nh, nj, nm, ny, nc, nd, oh, ok, or, pa, ri, sc, sd, tn, tx, ut, vt, va, wa, wv, wi, wy, dc, ab, bc, mb, nb, nl,
    ns, on, pe, qc, sk, yt, nsw, vic, qld, tas
"""
_COUNTRY_NAMES: Final = """
    usa, us, u.s., u.s.a., america, uk, u.k., england, scotland, wales, ireland, canada, mexico, germany, france,
    spain, portugal, italy, austria, switzerland, belgium, netherlands, holland, denmark, sweden, norway, finland,
    iceland, poland, czechia, hungary, greece, turkey, romania, bulgaria, croatia, serbia, slovenia, slovakia,
    ukraine, estonia, latvia, lithuania, israel, egypt, morocco, kenya, nigeria, ghana, india, pakistan, bangladesh,
    nepal, china, japan, korea, taiwan, singapore, malaysia, thailand, vietnam, indonesia, philippines, australia,
    brazil, argentina, chile, peru, colombia, united states, the united states, united states of america, the usa,
    the us, united kingdom, the united kingdom, great britain, the netherlands, south korea, south africa, new
    zealand, saudi arabia, united arab emirates, costa rica, czech republic, hong kong, puerto rico
"""


def _listed(names: str) -> frozenset[str]:
    return frozenset(" ".join(name.split()) for name in names.split(","))


_STATES: Final = _listed(_STATE_NAMES) | _listed(_STATE_SIGNS)
_COUNTRIES: Final = _listed(_COUNTRY_NAMES)
_STREET: Final = re.compile(rf"{STREET}|p\.?\s?o\.? box \d+", re.IGNORECASE)
_ZIP: Final = re.compile(ZIP, re.IGNORECASE)
_PROPER: Final = re.compile(r"[A-Z][\w.'-]*(?: (?:of|de|la|del|the|[A-Z][\w.'-]*)){0,3}")
_PLACE: Final = re.compile(r"[^\W\d_][\w.' -]{1,40}")


def parts_by_form(parts: Sequence[str], asked: Collection[str]) -> Mapping[str, str]:
    """Return the parts of an address by their kind, of those that are asked for; nothing where one is none."""
    wanted = [kind for kind in PARTS if kind in asked]
    if len(wanted) < 2 or not parts or len(parts) > len(wanted):
        return {}
    found: dict[str, str] = {}
    left: list[str] = []
    for part in parts:
        kind = _kind(part.strip(" ."), [kind for kind in wanted if kind not in found])
        if kind:
            found[kind] = part.strip(" .") if kind != "country" else part.strip()
        else:
            left.append(part.strip(" ."))
    if not left:
        return found
    is_city = "city" in wanted and len(left) == 1 and _PLACE.fullmatch(left[0]) is not None
    named = len(left[0].split()) <= CITY_WORDS_MAX and (bool(found) or _PROPER.fullmatch(left[0]) is not None)
    return {**found, "city": left[0]} if is_city and named else {}


def _kind(part: str, open_kinds: Sequence[str]) -> str:
    plain = part.lower()
    forms = {
        "street": _STREET.fullmatch(part) is not None,
        "zip": _ZIP.fullmatch(part) is not None,
        "state": plain in _STATES,
        "country": plain in _COUNTRIES or plain.strip(".") in _COUNTRIES,
    }
    return next((kind for kind in open_kinds if forms.get(kind)), "")

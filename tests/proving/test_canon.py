"""Places that the search takes for the same go on alike: come to in many ways, and held against each other.

The key leaves out what no rule looks at any more (`proving/canon.py`). Here two places that share a key and differ
in what was left out are asked for everything that can follow; it must lead to the same places, and break the same.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Hashable, Iterator
from dataclasses import fields

import pytest
from tests.proving.test_prove import NEEDS, QUOTES, release_of

from bythebook.adapters.folder import find_document
from bythebook.adapters.library import read_routine
from bythebook.adapters.shelf import house
from bythebook.compiler.release import build_release
from bythebook.engine.decide import Refused, advance, advance_by_steps
from bythebook.engine.event import CaseAbandoned, CaseClosed, CaseOpened
from bythebook.engine.state import CaseState
from bythebook.proving.canon import Keys
from bythebook.proving.found import Approved, looked_at
from bythebook.proving.moves import Bounds, moves_at
from bythebook.proving.outside import AT, Outside, outside_of
from bythebook.proving.search import Search
from bythebook.routine.wording import Release

WITH_HUMANS = Bounds(meanings=1)
NAMES_AND_TIMES = {"case_id", "version", "opened_at", "at", "previous", "waiting_since"}
TOLD_ONCE = {"language_told", "nudged"}
"""Whether a notice was given: it opens one turn, and changes nothing after it."""

LINKS = """\
# Boats

Our [price list](prices) has all prices.

1. Ask the customer: "Sail or motor?"
2. If the customer wants a sail boat:
   a. Say: "Sail boats are at the pier."
   b. Call `berths`.
   c. Say: "Please bring your licence."
3. If the customer wants a motor boat:
   a. Say: "Motor boats are in the harbour."
4. If the customer was refused before:
   a. Say: "Then we look at it again."
5. Ask: "Is there anything else I can help you with?"
   - If not, call `case_resolution`.

Functions:
- `berths`: free berths.
- `case_resolution`: ends the case.
"""


def shipped() -> Release:
    found = read_routine(find_document(""))
    release, _, _ = build_release(found.name, found.files, house())
    assert release is not None
    return release


OTHERS = """\
# Rooms

1. Ask the customer: "Shall it be a double room, a single room or a suite?"
   - If the customer wants a double room:
     a. Say: "Doubles have a balcony."
   - If the customer wants a single room:
     a. Say: "Singles are on the first floor."
   - Otherwise:
     a. Say: "We look for a room of that kind."
2. Ask the customer: "Would you like breakfast?"
   - If yes, call `breakfast`.
   - If no, say: "There is a bakery next door."
3. If the customer asks for a sea view:
   a. Say: "Rooms with a sea view are on the third floor."
4. Ask: "Is there anything else I can help you with?"
   - If not, call `case_resolution`.

Functions:
- `breakfast`: orders breakfast.
- `case_resolution`: ends the case.
"""


DOCUMENTS = {
    "quotes": lambda: release_of(QUOTES),
    "needs": lambda: release_of(NEEDS),
    "links": lambda: release_of(LINKS),
    "others": lambda: release_of(OTHERS),
}


def everything(state: CaseState) -> Hashable:
    """All of a state, but for names, times and notices."""
    left_out = NAMES_AND_TIMES | TOLD_ONCE | {"inbox", "call"}
    held = tuple(_plain(getattr(state, one.name)) for one in fields(CaseState) if one.name not in left_out)
    call = state.call
    made = call and (call.function, call.line, call.attempt, call.told, call.failed, repr(call.result))
    return held, made, len(state.inbox)


def _plain(value: object) -> str:
    if hasattr(value, "items"):
        return repr(sorted((name, repr(one)) for name, one in value.items()))
    return repr(sorted(value)) if isinstance(value, frozenset) else repr(value)


def walked(release: Release, outside: Outside, chance: random.Random, moves: int) -> list[CaseState]:
    """The places of one way through a document; who moves next is drawn before what they do."""
    state = advance(release, CaseState(), CaseOpened(AT, "case", release.name, release.digest))[1]
    places = [state]
    for _ in range(moves):
        possible = list(moves_at(release, outside, state, WITH_HUMANS))
        if not possible:
            break
        who = chance.choice(sorted({move.who for move in possible}))
        move = chance.choice([move for move in possible if move.who == who])
        try:
            for fact in move.facts:
                state = advance(release, state, fact)[1]
        except Refused:
            continue
        places.append(state)
    return places


def come_to(release: Release, outside: Outside, keys: Keys, looked_at: int) -> Iterator[CaseState]:
    """Yield where every move leads from the places that the search looks at first, of places of one key the first."""
    state = advance(release, CaseState(), CaseOpened(AT, "case", release.name, release.digest))[1]
    places, known = deque([state]), {keys.key(state)}
    while places and looked_at:
        state, looked_at = places.popleft(), looked_at - 1
        for move in moves_at(release, outside, state, WITH_HUMANS):
            after = state
            try:
                for fact in move.facts:
                    after = advance(release, after, fact)[1]
            except Refused:
                continue
            yield after
            if (key := keys.key(after)) not in known:
                known.add(key)
                places.append(after)


def differing(one: CaseState, other: CaseState) -> dict[str, tuple[object, object]]:
    """Return what tells two places apart, for whoever reads that they should not be taken for one."""
    names = (field.name for field in fields(CaseState) if field.name not in NAMES_AND_TIMES)
    both = {name: (getattr(one, name), getattr(other, name)) for name in names}
    return {name: (mine, theirs) for name, (mine, theirs) in both.items() if mine != theirs}


def leads_to(approved: Approved, outside: Outside, keys: Keys, state: CaseState) -> dict[Hashable, str]:
    """Where everything leads that can happen at a place, what it breaks and ends; staying where one is apart."""
    found: dict[Hashable, str] = {}
    for move in moves_at(approved.release, outside, state, WITH_HUMANS):
        after, steps = state, []
        try:
            for fact in move.facts:
                more, after = advance_by_steps(approved.release, after, fact)
                steps += more
        except Refused:
            continue
        broken = frozenset(looked_at(approved, steps))
        ends = frozenset(type(event) for _, event in steps if isinstance(event, CaseClosed | CaseAbandoned))
        found.setdefault((keys.key(after), broken, ends), f"{move.who} {move.words}")
    found.pop((keys.key(state), frozenset(), frozenset()), None)
    return found


@pytest.mark.parametrize(
    ("document", "seeds", "places"),
    [
        *((name, 2, 60) for name in DOCUMENTS),
        *(pytest.param(name, 12, 1_200, marks=pytest.mark.slow) for name in (*DOCUMENTS, "shipped")),
    ],
)
def test_places_of_one_key_go_on_alike(document: str, seeds: int, places: int) -> None:
    """Come to on long ways at random, with so many seeds, and as the search comes to the first so many places."""
    release = shipped() if document == "shipped" else DOCUMENTS[document]()
    outside, keys = outside_of(release), Keys.of(release)
    approved = Approved(release, outside)
    groups: dict[Hashable, dict[Hashable, CaseState]] = {}
    for place in come_to(release, outside, keys, places):
        groups.setdefault(keys.key(place), {}).setdefault(everything(place), place)
    for seed in range(seeds):
        chance = random.Random(seed)
        for _ in range(20):
            for place in walked(release, outside, chance, 25):
                groups.setdefault(keys.key(place), {}).setdefault(everything(place), place)
    several = [list(group.values())[:3] for group in groups.values() if len(group) > 1]
    assert len(several) > 40, "too few places share a key for this to say anything"
    for first, *others in random.Random(7).sample(several, min(60 * seeds, len(several))):
        ways_on = leads_to(approved, outside, keys, first)
        for other in others:
            theirs = leads_to(approved, outside, keys, other)
            here, there = ways_on.keys() - theirs.keys(), theirs.keys() - ways_on.keys()
            assert not here and not there, (
                sorted(ways_on[one] for one in here),
                sorted(theirs[one] for one in there),
                differing(first, other),
            )


@pytest.mark.parametrize("document", ["quotes", "needs", pytest.param("links", marks=pytest.mark.slow)])
def test_what_is_left_out_of_keys_loses_nothing(document: str) -> None:
    release = DOCUMENTS[document]()
    found = []
    for keys in (Keys.of(release), Keys.of(release, every_line=True)):
        search = Search(release, outside_of(release), Bounds(1, humans=False), (), keys=keys)
        search.run()
        found.append((search.exact, search.ran, set(search.broken), search.states))
    (*reduced, fewer), (*whole, more) = found
    assert reduced == whole
    assert fewer <= more


def test_a_result_that_came_while_a_human_had_the_case_is_another_place() -> None:
    release = release_of(NEEDS)
    outside, keys = outside_of(release), Keys.of(release)
    state = advance(release, CaseState(), CaseOpened(AT, "case", release.name, release.digest))[1]
    for who, words in (("Customer", "member_number = A1"), ("Human", "takes the case")):
        state = made(release, outside, state, who, words)
    moves = moves_at(release, outside, state, WITH_HUMANS)
    returns = [move.words for move in moves if move.who == "find_member" and move.words.startswith("returns")]
    returned = {keys.key(made(release, outside, state, "find_member", words)) for words in returns}
    assert len(returned) == len(returns) > 1
    assert keys.key(state) not in returned


def test_a_customer_who_was_nudged_and_stays_silent_leaves_the_case() -> None:
    release = release_of(QUOTES)
    outside = outside_of(release)
    state = advance(release, CaseState(), CaseOpened(AT, "case", release.name, release.digest))[1]
    state = made(release, outside, state, "Customer", "nothing on the menu")
    after = made(release, outside, state, "Silence", "nudge, abandon")
    assert after.status.value == "abandoned"


def made(release: Release, outside: Outside, state: CaseState, who: str, words: str) -> CaseState:
    """Make the move of these words."""
    possible = {(move.who, move.words): move for move in moves_at(release, outside, state, WITH_HUMANS)}
    assert (who, words) in possible, sorted(possible)
    for fact in possible[who, words].facts:
        state = advance(release, state, fact)[1]
    return state

"""Lines that a person does, one behind the other: the case stays with them, and the customer is told once."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.shelf import Shelf
from bythebook.bootstrap import read_document
from bythebook.engine.state import Status
from bythebook.service.conversation import Conversation
from bythebook.service.desk import Desk
from bythebook.service.ports import Handoff
from bythebook.service.runner import Runner
from bythebook.testing.fakes import CountingIdentities, ManualClock, ScriptedReader

PARCEL: Final = """\
# Parcels

1. Say: "I look for your parcel."
2. `call find_parcel()`.
3. `call send_parcel()`.
4. Say: "It is on its way."
5. Ask: "Is there anything else I can help you with?"
   - If not, call `case_resolution`.

Functions:
- `find_parcel()`: looks for the parcel.
- `send_parcel()`: sends it.
- `case_resolution()`: ends the case.
"""
BY_HAND: Final = "".join(
    f'[line."{label}"]\ndoes = "Transfer the customer to a human."\nsource = "`call {call}()`."\n\n'
    for label, call in (("2", "find_parcel"), ("3", "send_parcel"))
)


class Somebody:
    def handed_off(self, handoff: Handoff) -> bool:
        return True


def test_the_case_stays_with_whom_it_comes_back_to_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "parcels"
    folder.mkdir()
    (folder / "document.md").write_text(PARCEL, encoding="utf-8")
    (folder / "phrases.toml").write_text(BY_HAND, encoding="utf-8")
    store = MemoryStore()
    shelf = Shelf(store, lambda _: ScriptedReader({"where is it": ["routine"]}), lambda functions: functions)
    shelf.put(read_document(str(folder)))
    runner = Runner(store, shelf, Somebody(), ManualClock(), CountingIdentities())
    conversation, desk = Conversation(runner), Desk(runner)
    case = conversation.open().case_id
    conversation.say(case, "where is it", "m1")
    desk.take(case, "Sam")
    desk.give_back(case, "Sam")
    state = runner.state(case)
    assert (state.status, state.human, state.handoff) == (Status.HANDED_OFF, "Sam", "`call send_parcel()`.")
    desk.give_back(case, "Sam")
    said = [u.said.line for u in conversation.view(case).transcript if u.speaker != "customer"]
    assert said == ["1", "house:handoff", "4", "5"]

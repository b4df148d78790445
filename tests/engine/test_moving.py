"""A case among several documents: received, sent on, led away and back; what is owed, and what is read again."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import UTC, datetime

import pytest

from bythebook.engine.choice import Choice
from bythebook.engine.decide import ForFunction, ForMove, ForNewCase, ForNotice, ForReading, Refused, decide, owed
from bythebook.engine.event import (
    Asked,
    AssistantSaid,
    CaseContinued,
    CaseMoved,
    CaseOpened,
    CustomerSaid,
    Event,
    Fact,
    FactLearned,
    FunctionCalled,
    FunctionReturned,
    HandoffRequested,
    HumanNotified,
    HumanReturned,
    HumanTook,
    MessageRead,
    MoveFailed,
    MoveRequested,
    Offered,
    TurnPlanned,
)
from bythebook.engine.evolve import replay
from bythebook.engine.state import OF_ROUTINE, CaseState, Status
from bythebook.routine.value import Values
from bythebook.routine.wording import Release

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
RESULTS: dict[str, Values] = {
    "find_account": {"found": True},
    "find_membership": {"found": True, "plan": "yearly", "membership_id": "ann"},
}


@dataclass
class Case:
    """A case, and a world around it that does what the test says."""

    library: dict[str, Release]
    opened_on: str = "reception"
    log: list[Event] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    """What readers were asked to read."""

    gone: set[str] = field(default_factory=set)
    holds: bool = False
    """Nothing that is owed is paid."""

    messages: int = 0

    def __post_init__(self) -> None:
        release = self.library[self.opened_on]
        self.feed(CaseOpened(AT, "c", release.name, release.digest))

    @property
    def state(self) -> CaseState:
        return replay(self.log)

    def feed(self, fact: Fact) -> None:
        name = fact.routine if isinstance(fact, CaseOpened | CaseMoved) else self.state.routine
        self.log += decide(self.library[name], self.state, fact)

    def say(self, *readings: tuple[str, ...], text: str = "words", slots: Values | None = None) -> list[str]:
        """Say something that is read as told, the last reading also where it is read again; return what followed."""
        return self.send(text, None, None, readings, slots or {})

    def press(self, choice: str, routine: str | None = None, *readings: tuple[str, ...]) -> list[str]:
        return self.send(choice, choice, routine, readings, {})

    def send(
        self,
        text: str,
        pressed: str | None,
        routine: str | None,
        readings: tuple[tuple[str, ...], ...],
        slots: Values,
    ) -> list[str]:
        since = len(self.log)
        self.messages += 1
        self.feed(CustomerSaid(AT, f"m{self.messages}", text, pressed=pressed, routine=routine))
        if not self.holds:
            self.pay(list(readings), slots)
        return self.said(since)

    def pay(self, readings: list[tuple[str, ...]], slots: Values) -> None:
        while (due := owed(self.state)) is not None:
            match due:
                case ForReading(text=text, version=version):
                    self.texts.append(text)
                    meant = readings.pop(0) if len(readings) > 1 else readings[0]
                    choices = tuple(Choice(found, 0.9) for found in meant if found != "unsure")
                    self.feed(MessageRead(AT, version, choices, "unsure" in meant, slots, "told"))
                case ForFunction(key=key, function=function):
                    self.feed(FunctionReturned(AT, key, RESULTS.get(function, {})))
                case ForMove(routine=name):
                    release = self.library[name]
                    gone = MoveFailed(AT, name, f"{name} is not loaded")
                    self.feed(gone if name in self.gone else CaseMoved(AT, name, release.digest))
                case ForNotice():
                    self.feed(HumanNotified(AT, on_duty=True))
                case ForNewCase():
                    self.feed(CaseContinued(AT, "c2"))

    def said(self, since: int = 0) -> list[str]:
        return [event.line for event in self.log[since:] if isinstance(event, AssistantSaid | Asked | Offered)]

    def events(self, kind: type[Event]) -> list[Event]:
        return [event for event in self.log if isinstance(event, kind)]


@pytest.fixture
def case(together: dict[str, Release]) -> Case:
    return Case(together)


BOOKS, COURT, REFUND, MEMBERSHIP = (
    ("document:library-books",), ("document:court-booking",), ("document:fee-refund",), ("document:membership",),
)  # fmt: skip
ROUTINE, NOTHING, YES, NO = ("routine",), ("unsure",), ("act:affirm",), ("act:deny",)


OF_THE_CASE = """
    case_id routine release previous version status opened_at at inbox joined reading timer returned return_line facts
    running question_put tasks cursor call offer outcomes misses nudged language_told served ran moving aside arrived
    announced onward along raised ahead kept passed return_routine stranded handoff announce notified on_duty human
    given_before continuing continuing_with continued_in results failure feedback waiting_since resumed told_of
"""


def test_of_every_field_of_a_state_it_is_settled_whether_it_moves_with_the_case() -> None:
    both = {field.name for field in fields(CaseState)}
    assert both == {*OF_ROUTINE, *OF_THE_CASE.split()}, (
        "a field that holds labels belongs to OF_ROUTINE, others to the case"
    )
    assert not set(OF_ROUTINE) & set(OF_THE_CASE.split())


# ---------------------------------------------------------------- the reception


def test_a_greeting_is_answered_with_what_the_documents_can_help_with(case: Case) -> None:
    assert case.say(("act:greeting",)) == ["house:greeting", "house:reception"]
    offered = case.state.offer
    assert offered is not None and "document:court-booking" in offered.choices
    assert "document:identity-check" not in offered.choices, "a part of others is nobody's matter"
    assert "“Court booking”" in next(event.text for event in case.log if isinstance(event, Offered))


def test_one_that_fits_takes_the_case_and_reads_the_message_itself(case: Case) -> None:
    assert case.say(BOOKS, ("step:2",), text="four more weeks for my books, please") == ["2a", "4"]
    assert case.texts == ["four more weeks for my books, please"] * 2
    assert case.state.routine == "library-books"
    assert len(case.events(TurnPlanned)) == 1, "the message is answered once"


def test_what_the_document_makes_nothing_of_is_its_matter_all_the_same(case: Case) -> None:
    assert case.say(COURT, ("other:off_topic",)) == ["1a"]


def test_two_that_are_close_are_asked_about_and_the_message_is_read_where_it_belongs(case: Case) -> None:
    assert case.say(("unsure", *BOOKS, *COURT), text="something got lost") == ["house:did_you_mean"]
    assert case.press("document:library-books", None, ("step:3",)) == ["3a", "4"]
    assert case.texts == ["something got lost"] * 2, "the press itself needs no reader"


def test_of_several_that_are_meant_one_is_chosen_first_and_the_other_offered_then(case: Case) -> None:
    assert case.say((*BOOKS, *COURT)) == ["house:which_first"]
    assert case.say(BOOKS, ("step:2", *COURT)) == ["2a", "house:offer_document"]
    assert case.say(YES, ROUTINE) == ["house:moved", "1a"]
    assert case.state.routine == "court-booking"


def test_what_no_document_names_is_said_so_and_a_person_is_offered(case: Case) -> None:
    assert case.say(("other:off_topic",)) == ["house:what_we_can_do", "house:offer_human"]


def test_a_no_at_the_reception_offers_a_person(case: Case) -> None:
    case.say(("act:greeting",))
    assert case.say(NO) == ["house:offer_human"]
    assert case.say(NO) == ["house:reception"]


def test_three_misses_hand_over(case: Case) -> None:
    assert case.say(NOTHING) == ["house:not_understood", "house:reception"]
    assert case.say(NOTHING) == ["house:not_understood", "house:reception"]
    assert case.say(NOTHING) == ["house:handoff"]


# ---------------------------------------------------------------- moving


def test_in_the_middle_of_something_another_document_is_offered_and_a_no_goes_on(case: Case) -> None:
    case.say(COURT, ROUTINE)
    assert case.say(BOOKS) == ["house:offer_document"]
    assert case.say(NO) == ["1a"]
    assert case.state.routine == "court-booking"


def test_a_yes_moves_and_the_message_is_read_there(case: Case) -> None:
    case.say(COURT, ROUTINE)
    case.say(BOOKS, text="I also lost a book")
    assert case.say(YES, ("step:3",), text="yes please") == ["house:moved", "3a", "4"]
    assert case.texts[-1] == "I also lost a book\nyes please"
    moved = next(event for event in case.log if isinstance(event, AssistantSaid) and event.line == "house:moved")
    assert moved.text == "Let's turn to “Library books”."


def test_a_document_that_is_named_takes_the_case_at_once(case: Case) -> None:
    case.say(COURT, ROUTINE)
    since, case.holds = len(case.log), True
    case.say()
    named = (Choice("document:library-books", 0.96),)
    case.feed(MessageRead(AT, case.state.version, named, False, {}, "told"))
    assert [event for event in case.log[since:] if isinstance(event, MoveRequested)]


def test_what_was_done_is_set_aside_and_found_again(case: Case) -> None:
    case.say(BOOKS, ("step:2",))
    assert case.say(COURT, ROUTINE) == ["house:moved", "1a"], "the closing question stands in nobody's way"
    assert case.state.pending == "1a" and "2" not in case.state.entries
    case.say(BOOKS)
    assert case.say(YES, ("step:2",)) == ["house:moved", "2a", "4"], "said again from the log"
    assert len([e for e in case.events(FunctionCalled) if getattr(e, "function", "") == "extend_loans"]) == 1
    assert case.state.release == case.library["library-books"].digest


def test_a_need_at_the_closing_question_consumes_it(case: Case) -> None:
    case.say(BOOKS, ("step:2",))
    assert case.say(("act:deny", *COURT), ROUTINE) == ["house:moved", "1a"]
    assert not case.events(HandoffRequested) and case.state.status is Status.OPEN


def test_the_document_where_it_ends_resolves_the_case_once(case: Case) -> None:
    case.say(BOOKS, ("step:2",))
    case.say(COURT, ROUTINE)
    case.say(("other:off_topic",))
    case.say(("other:off_topic",))
    assert case.state.pending == "2"
    assert case.say(NO) == ["house:goodbye"]
    assert case.state.status is Status.RESOLVED
    assert [getattr(e, "function", "") for e in case.events(FunctionCalled)].count("case_resolution") == 1


def test_a_need_of_another_document_after_resolution_opens_its_case_there(case: Case) -> None:
    case.say(BOOKS, ("step:2",))
    case.say(NO)
    case.holds = True
    case.say()
    case.feed(MessageRead(AT, case.state.version, (Choice("document:court-booking", 0.9),), False, {}, "told"))
    assert owed(case.state) == ForNewCase("m3", "court-booking")


def test_what_is_known_of_the_customer_is_shared(case: Case) -> None:
    case.say(REFUND, ROUTINE)
    case.say(("slot:email_address",), ROUTINE, slots={"email_address": "ann@example.com"})
    case.say(MEMBERSHIP)
    assert case.say(YES, ROUTINE)[:3] == ["house:moved", "2a", "2b"], "the address is not asked for again"


def test_a_case_may_begin_with_what_any_of_the_documents_takes(case: Case) -> None:
    case.feed(FactLearned(AT, "email_address", "ann@example.com", "the channel"))
    with pytest.raises(Refused, match="nothing in this document depends on `shoe_size`"):
        case.feed(FactLearned(AT, "shoe_size", 44, "the channel"))
    assert case.say(MEMBERSHIP, ROUTINE) == ["2a", "2b"], "who is logged in is not asked for an address"


# ---------------------------------------------------------------- first things first


def test_a_document_that_comes_first_is_gone_through_and_the_case_goes_on_by_itself(case: Case) -> None:
    assert case.say(REFUND, ROUTINE, text="the fee of my course, please") == ["1"]
    assert case.state.routine == "identity-check"
    since = len(case.log)
    assert case.say(("slot:email_address",), ROUTINE, slots={"email_address": "ann@example.com"}) == ["4a", "1", "2"]
    assert case.texts[-1] == "the fee of my course, please", "read where it was meant for"
    assert [event.messages for event in case.log[since:] if isinstance(event, TurnPlanned)] == [1, 0]


def test_values_in_the_message_count_already_for_what_comes_first(case: Case) -> None:
    readings = (REFUND, ("slot:email_address",), ("other:off_topic",))
    said = case.say(*readings, slots={"email_address": "ann@example.com"})
    assert said == ["4a", "1", "2"]


def test_it_is_gone_through_once_a_case(case: Case) -> None:
    case.say(REFUND, ("slot:email_address",), ROUTINE, slots={"email_address": "ann@example.com"})
    case.say(BOOKS)
    case.say(YES, ("step:2",))
    assert case.say(REFUND, ROUTINE)[0] == "house:moved"
    assert case.state.routine == "fee-refund"


def test_it_comes_first_where_the_case_is_opened_on_the_document(together: dict[str, Release]) -> None:
    case = Case(together, "fee-refund")
    assert case.say(("act:greeting",)) == ["1"]
    assert case.state.routine == "identity-check" and case.state.ahead == ("fee-refund",)


def test_where_it_hands_over_the_case_does_not_go_on(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RESULTS, "find_account", {"found": False})
    case.say(REFUND, ROUTINE)
    said = case.say(("slot:email_address",), ROUTINE, slots={"email_address": "nobody@example.com"})
    assert said == ["3a", "house:handoff"]
    assert case.state.routine == "identity-check" and case.state.status is Status.HANDED_OFF


# ---------------------------------------------------------------- what can go wrong


def test_a_document_that_is_gone_leads_to_a_human(case: Case) -> None:
    case.gone.add("court-booking")
    assert case.say(COURT) == ["house:handoff"]
    assert case.state.handoff == "court-booking is not loaded"
    assert case.state.inbox, "nobody has answered it yet"


def test_between_decision_and_move_nothing_else_is_owed(case: Case) -> None:
    case.holds = True
    case.say()
    case.feed(MessageRead(AT, case.state.version, (Choice("document:court-booking", 0.9),), False, {}, "told"))
    due = owed(case.state)
    assert due == ForMove("court-booking", None)
    case.say()  # somebody else's message comes in between
    assert owed(case.state) == due
    with pytest.raises(Refused, match="no move to `fee-refund` is due"):
        case.feed(CaseMoved(AT, "fee-refund", case.library["fee-refund"].digest))
    case.holds = False
    case.pay([ROUTINE, ("unsure",)], {})
    assert case.said() == ["1a", "1b"], "the second message answers the question that the first led to"


def test_a_human_may_take_the_case_while_it_moves(case: Case) -> None:
    case.holds = True
    case.say()
    case.feed(MessageRead(AT, case.state.version, (Choice("document:court-booking", 0.9),), False, {}, "told"))
    case.feed(HumanTook(AT, "h"))
    case.pay([ROUTINE], {})
    assert (case.state.routine, case.state.status, case.said()) == ("court-booking", Status.HANDED_OFF, [])
    case.feed(HumanReturned(AT, "h"))
    case.pay([ROUTINE], {})
    assert case.said() == ["1a"]


def test_a_human_hands_back_to_the_document_that_fits(case: Case) -> None:
    case.say(("act:human",))
    case.feed(HumanTook(AT, "h"))
    with pytest.raises(Refused, match="cannot go to `nowhere`"):
        case.feed(HumanReturned(AT, "h", routine="nowhere"))
    with pytest.raises(Refused, match="not both"):
        case.feed(HumanReturned(AT, "h", "1a", "court-booking"))
    since = len(case.log)
    case.feed(HumanReturned(AT, "h", routine="court-booking"))
    case.pay([NOTHING], {})
    assert case.said(since) == ["1a"]


def test_a_stale_button_of_another_document_means_its_line_there(case: Case) -> None:
    case.say(BOOKS, ROUTINE)
    case.say(COURT)
    case.say(YES, ROUTINE)
    assert case.state.routine == "court-booking"
    assert case.press("step:3", "library-books") == ["house:moved", "3a", "4"]


def test_a_button_of_nobody_is_refused(case: Case) -> None:
    for choice, routine in (("document:nowhere", None), ("step:2", "nowhere"), ("step:2", None)):
        with pytest.raises(Refused, match="no button here means"):
            case.press(choice, routine)

"""The desk's pages without a browser: moves as forms, who is told what, filters that stand in the address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from bythebook.routine.value import Values
from bythebook.routine.wording import Release
from bythebook.service.people import Role
from bythebook.service.ports import Bound, Releases
from tests.service.test_studio import studio_over
from tests.web.customer import Customer, new_customer
from tests.web.test_access import NAMES, PAGE, House

PART = {**PAGE, "HX-Request": "true"}


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def desk(house: House) -> TestClient:
    return house.client(Role.HUMAN)


@pytest.fixture
def customer(house: House) -> Customer:
    customer = new_customer(house.client())
    customer.say("hi")
    return customer


def move(desk: TestClient, customer: Customer, what: str, **form: str) -> int:
    return desk.post(f"/desk/cases/{customer.case}/{what}", data=form, headers=PAGE).status_code


def last(customer: Customer) -> str:
    said: str = customer.look()["transcript"][-1]["text"]
    return said


def test_a_move_leads_back_to_the_case(desk: TestClient, customer: Customer) -> None:
    customer.say("a person please")
    assert move(desk, customer, "take") == 303
    assert move(desk, customer, "reply", text="Hello, I am Ann.", reply_id="r1") == 303
    assert move(desk, customer, "reply", text="Hello, I am Ann.", reply_id="r1") == 303
    assert [said["text"] for said in customer.look()["transcript"]].count("Hello, I am Ann.") == 1
    assert move(desk, customer, "line", line="2b") == 303
    assert last(customer) == "Our team will respond within 1-2 business days."
    assert move(desk, customer, "return", line="5.1") == 303
    assert last(customer) == "Is there anything else I can assist you with today?"


def test_what_does_not_fit_is_told_and_the_words_are_kept(desk: TestClient, customer: Customer) -> None:
    address = f"/desk/cases/{customer.case}/reply"
    answer = desk.post(address, data={"text": "Not mine yet"}, headers=PAGE)
    assert answer.status_code == 409 and "take the case first" in answer.text
    part = desk.post(address, data={"text": "Not mine yet"}, headers=PART)
    assert part.status_code == 200 and "take the case first" in part.text
    assert "<html" not in part.text
    assert move(desk, customer, "line", line="9z") == 409
    assert move(desk, customer, "fact", name="nonsense", value="yes") == 409


def test_two_humans_take_one_case_and_the_second_is_told_who_has_it(house: House, customer: Customer) -> None:
    first = house.client(Role.HUMAN)
    assert move(first, customer, "take") == 303
    house.access.people.set_roles(NAMES[Role.LEAD], frozenset({Role.HUMAN}))
    second = house.client(Role.LEAD)
    answer = second.post(f"/desk/cases/{customer.case}/take", headers=PAGE)
    assert answer.status_code == 409
    assert f"{NAMES[Role.HUMAN]} has the case" in answer.text


def test_a_case_goes_from_one_to_another_and_a_third_has_no_say(house: House, customer: Customer) -> None:
    house.access.people.set_roles(NAMES[Role.LEAD], frozenset({Role.HUMAN}))
    ann, bob, third = NAMES[Role.HUMAN], NAMES[Role.LEAD], NAMES[Role.ADMINISTRATOR]
    first, second = house.client(Role.HUMAN), house.client(Role.LEAD)
    assert move(first, customer, "pass", to=bob) == 409
    assert move(first, customer, "take") == 303
    assert move(first, customer, "pass", to=third, text="They do not work here") == 409
    assert move(second, customer, "pass", to=bob) == 409
    page = first.get(f"/desk/cases/{customer.case}", headers=PAGE).text
    assert f'<option value="{bob}">' in page and f'<option value="{third}">' not in page
    assert f'<option value="{ann}">' not in page
    assert move(first, customer, "pass", to=bob, text="Ask legal <first>.") == 303
    assert "You have no case" in first.get("/desk?view=mine", headers=PAGE).text
    assert customer.case in second.get("/desk?view=mine", headers=PAGE).text
    assert customer.look()["human_name"] == bob
    shown = second.get(f"/desk/cases/{customer.case}", headers=PAGE).text
    assert f"{ann} passed the case to {bob}: Ask legal &lt;first&gt;." in shown
    assert "Ask legal" not in house.client(Role.AUDITOR).get(f"/desk/cases/{customer.case}", headers=PAGE).text
    assert move(first, customer, "take-over", of=bob, text="It was mine") == 303
    assert move(second, customer, "reply", text="Hello") == 409
    assert "Ask legal" not in str(customer.look())


def test_no_human_has_two_names(house: House, customer: Customer) -> None:
    """Who did something is who is signed in, whatever a form says."""
    desk = house.client(Role.HUMAN)
    desk.post(f"/desk/cases/{customer.case}/take", data={"human": "Somebody else"}, headers=PAGE)
    assert customer.look()["human_name"] == NAMES[Role.HUMAN]


def test_filters_stand_in_the_address_and_in_the_next_page(house: House, desk: TestClient) -> None:
    cases = []
    for _ in range(52):
        customer = new_customer(house.client())
        cases.append(customer.case)
    page = desk.get("/desk?view=all&status=open", headers=PAGE).text
    found = re.search(r'rel="next" href="([^"]+)"', page)
    assert found is not None
    following = found.group(1).replace("&amp;", "&")
    assert "status=open" in following and "view=all" in following
    more = desk.get(following, headers=PAGE).text
    shown = re.findall(r'id="row-([^"]+)"', page) + re.findall(r'id="row-([^"]+)"', more)
    assert sorted(shown) == sorted(cases)
    assert f'href="/desk/cases/{cases[0]}"' in desk.get(f"/desk?view=all&id={cases[0]}", headers=PAGE).text
    assert "No case fits" in desk.get("/desk?view=all&status=resolved", headers=PAGE).text
    assert "first page" in desk.get("/desk?view=all&after=nowhere", headers=PAGE).text


def test_who_waits_is_listed_until_taken(desk: TestClient, customer: Customer) -> None:
    assert "Nobody waits" in desk.get("/desk", headers=PAGE).text
    customer.say("a person please")
    listed = desk.get("/desk", headers=PAGE).text
    assert customer.case in listed and "(1) Desk" in listed
    move(desk, customer, "take")
    assert "Nobody waits" in desk.get("/desk", headers=PAGE).text
    assert customer.case in desk.get("/desk?view=mine", headers=PAGE).text
    assert move(desk, customer, "close", why="spam") == 303
    assert "You have no case" in desk.get("/desk?view=mine", headers=PAGE).text


def test_duty_is_switched_on_the_desk(house: House, desk: TestClient) -> None:
    assert "You are off duty" in desk.get("/desk", headers=PAGE).text
    desk.post("/desk/duty", data={"on": "yes"}, headers=PAGE)
    assert "You are on duty" in desk.get("/desk", headers=PAGE).text
    assert house.access.somebody_on_duty()
    desk.post("/desk/duty", data={"on": ""}, headers=PAGE)
    assert not house.access.somebody_on_duty()


def test_a_resolved_case_is_followed_by_another(desk: TestClient, customer: Customer) -> None:
    customer.say("API")
    customer.say("no")
    assert move(desk, customer, "fact", name="not_approved", value="yes") == 409
    answer = desk.post(f"/desk/cases/{customer.case}/follow", headers=PAGE)
    assert answer.status_code == 303
    new = desk.get(answer.headers["location"], headers=PAGE).text
    assert "with you" in new and customer.case in new
    assert customer.look()["continued_in"] == answer.headers["location"].rpartition("/")[2]


def test_a_case_that_is_not_there_is_said_so(desk: TestClient) -> None:
    for address in ("/desk/cases/nowhere", "/desk/cases/nowhere/events"):
        assert desk.get(address, headers=PAGE).status_code == 404


HOSTILE = "<script>window.ran=1</script><img src=x onerror='window.ran=1'>{{ 7*7 }}"


class HostileFunctions:
    """Functions that return what would run, if it could."""

    def call(self, function: str, arguments: Values, key: str) -> Values:
        fields = ("endpoints", "as_of", "source", "review", "url", HOSTILE)
        return dict.fromkeys(fields, HOSTILE)


class HostileReleases:
    """The releases of an installation, with those functions."""

    def __init__(self, behind: Releases) -> None:
        self.behind = behind

    def current(self, routine: str | None = None) -> Bound:
        return replace(self.behind.current(routine), functions=HostileFunctions())

    def get(self, digest: str) -> Bound:
        return replace(self.behind.get(digest), functions=HostileFunctions())

    @property
    def documents(self) -> Sequence[Release]:
        return self.behind.documents


def test_what_functions_return_and_forms_bring_is_text_and_nothing_else(house: House, desk: TestClient) -> None:
    runner = house.installed.runner
    runner.releases = HostileReleases(runner.releases)
    customer = new_customer(house.client())
    customer.say("API")
    move(desk, customer, "take")
    move(desk, customer, "note", text=HOSTILE)
    move(desk, customer, "fact", name="not_approved", value="yes", feedback=HOSTILE)
    kept = desk.post(f"/desk/cases/{customer.case}/line", data={"line": HOSTILE[:60]}, headers=PAGE).text
    queue = desk.get(
        "/desk", params={"view": "all", "human": HOSTILE, "id": HOSTILE, "reason": HOSTILE}, headers=PAGE
    )
    for text in (desk.get(f"/desk/cases/{customer.case}", headers=PAGE).text, kept, queue.text):
        assert "<script>window" not in text and "<img src=x" not in text
        assert "&lt;script&gt;window" in text


def test_a_lead_who_has_not_begun_is_told_where_to_begin() -> None:
    studio = studio_over({})
    house = House(studio=studio)
    begins = "Begin here: bring in your first document"
    assert begins in house.client(Role.LEAD).get("/desk", headers=PAGE).text
    assert begins not in house.client(Role.HUMAN).get("/desk", headers=PAGE).text, "only for those who may"
    studio.begin(b'1. Inform the customer: "We are closed."', "closed", "Leo", article=False)
    assert begins not in house.client(Role.LEAD).get("/desk", headers=PAGE).text

"""The picture: everything is on it, nothing covers anything, the same routine gives the same picture."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bythebook.adapters.folder import read_folder, shipped_routines
from bythebook.compiler.compile import compile_document
from bythebook.drawing.dot import as_dot
from bythebook.drawing.measure import Face, width_of, wrapped
from bythebook.drawing.mermaid import as_mermaid
from bythebook.drawing.places import Placed, place
from bythebook.drawing.svg import ROOM_NARROW, ROOM_WIDE, as_svg
from bythebook.routine.graph import Graph, NodeKind, graph_of
from bythebook.routine.model import Routine
from bythebook.source.span import SourceFile

ROOT = Path(__file__).parent.parent.parent
SVG = "{http://www.w3.org/2000/svg}"
LOOPING = """\
1. Ask the customer for their order number.
   a. Call the `find_order(order_number)` function.
   b. If the order is not found, retry twice.
   c. If the order is paid, proceed to step 4.
2. Call the `charge(order_number)` function.
3. If it fails, then:
   a. Proceed to step 1.
4. Transfer the customer to a human agent.
Note: If the customer insists on <b>&"money"</b>, call `refund`.
"""


def compiled(text: str) -> tuple[Routine, Graph]:
    file = SourceFile.of("document.md", text)
    routine = compile_document(file).routine
    return routine, graph_of(routine, file)


def texts() -> dict[str, str]:
    _, files = read_folder(shipped_routines() / "business-associate-agreement")
    fixture = ROOT / "tests" / "fixtures" / "membership" / "document.md"
    many = "".join(f"{n}. If x == {n}, then:\n   a. Proceed to step {n % 20 + 2}.\n" for n in range(1, 22))
    return {
        "owner": files["document.md"].decode(),
        "membership": fixture.read_text(encoding="utf-8"),
        "loops": LOOPING,
        "jumps": many,
        "one": '1. Say: "Hello."\n',
        "none": "",
    }


@pytest.fixture(params=texts(), name="pair")
def _pair(request: pytest.FixtureRequest) -> tuple[Routine, Graph]:
    return compiled(texts()[request.param])


def boxes(placed: Placed) -> list[tuple[float, float, float, float]]:
    return [
        (x, y, x + placed.card_width, y + card.height)
        for card, (x, y) in zip(placed.cards, placed.corners, strict=True)
    ]


@pytest.mark.parametrize(("columns", "room"), [(4, ROOM_WIDE), (1, ROOM_NARROW)])
def test_no_card_covers_another_and_all_stand_on_the_paper(
    pair: tuple[Routine, Graph], columns: int, room: float
) -> None:
    placed = place(pair[1], columns, room)
    for (ax, ay, bx, by), (cx, cy, dx, dy) in combinations(boxes(placed), 2):
        assert bx <= cx or dx <= ax or by <= cy or dy <= ay
    assert all(x >= 0 and y >= 0 and ex <= placed.width and ey <= placed.height for x, y, ex, ey in boxes(placed))


@pytest.mark.parametrize("columns", [4, 1])
def test_every_link_ends_at_the_card_that_it_leads_to(pair: tuple[Routine, Graph], columns: int) -> None:
    placed = place(pair[1], columns, ROOM_WIDE)
    at = boxes(placed)
    for way in placed.ways:
        left, top, right, bottom = at[way.link.target]
        x, y = ended(way.path)
        assert left - 0.1 <= x <= right + 0.1 and top - 0.1 <= y <= bottom + 0.1, way


def ended(path: str) -> tuple[float, float]:
    """Return where a path ends."""
    x = y = 0.0
    for command, given in re.findall(r"([MVHCQ])([^MVHCQ]*)", path):
        numbers = [float(number) for number in given.split()]
        match command:
            case "V":
                y = numbers[-1]
            case "H":
                x = numbers[-1]
            case _:
                x, y = numbers[-2:]
    return x, y


def test_one_column_fits_a_phone() -> None:
    for name in ("owner", "membership", "loops"):
        assert place(compiled(texts()[name])[1], 1, ROOM_NARROW).width <= ROOM_NARROW


def test_words_stay_on_their_cards(pair: tuple[Routine, Graph]) -> None:
    placed = place(pair[1], 4, ROOM_WIDE)
    for card in placed.cards:
        for row in card.rows:
            for text in row.texts:
                assert 0 < text.y <= card.height
                if text.ink.value not in ("call", "title"):
                    assert text.x + width_of(text.words, Face(12)) <= placed.card_width


def test_each_step_and_line_is_titled_with_label_place_and_words(pair: tuple[Routine, Graph]) -> None:
    routine, graph = pair
    picture = ElementTree.fromstring(as_svg(routine, graph, "name"))
    titles = [element.text for element in picture.iter(f"{SVG}title")]
    for node in graph.nodes:
        if node.step is not None:
            assert titles.count(f"{node.label} (line {node.line}): {node.words}") >= 2, node.label  # wide and narrow


def test_the_picture_is_whole_by_itself(pair: tuple[Routine, Graph]) -> None:
    text = as_svg(*pair, "name")
    assert text == as_svg(*pair, "name")
    picture = ElementTree.fromstring(text)
    tags = {element.tag.removeprefix(SVG) for element in picture.iter()}
    assert tags <= {"svg", "title", "desc", "style", "defs", "marker", "path", "rect", "g", "text"}
    assert "prefers-color-scheme:dark" in text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"\son\w+=", text)


def test_what_xml_cannot_hold_is_left_out() -> None:
    routine, graph = compiled('1. Say: "a\x01b\x1b\ud800c\ufffe & <i>"\n')
    picture = ElementTree.fromstring(as_svg(routine, graph, "n"))
    assert any(element.text == "“abc & <i>”" for element in picture.iter(f"{SVG}text"))


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    lines = wrapped("provide_list_of_zero_retention_endpoints() " * 20, 150, Face(12, mono=True), 3)
    assert len(lines) == 3 and lines[-1].endswith("…")
    assert lines[0] == "provide_list_of_"
    assert all(width_of(line, Face(12, mono=True)) <= 150 for line in lines)


def test_for_graphviz_every_node_is_in_its_cluster() -> None:
    _, graph = compiled(LOOPING)
    dot = as_dot(graph, 'A "name"')
    assert dot.startswith('digraph "A \\"name\\"" {')
    assert dot.count("{") == dot.count("}")
    assert dot.count("subgraph") == sum(node.kind is NodeKind.STEP for node in graph.nodes)
    assert dot.count(" -> ") == len(graph.edges)


def test_mermaid_names_what_leads_where() -> None:
    _, graph = compiled(LOOPING)
    rows = as_mermaid(graph).splitlines()
    assert rows[0] == "flowchart TD"
    assert "    step2 -.-> step0" in rows
    assert '    step3 --> human(["a person"])' in rows

"""A routine as a graph: every line a node, and the ways that a case can take."""

from __future__ import annotations

import pytest

from bythebook.adapters.folder import read_folder, shipped_routines
from bythebook.compiler.compile import compile_document
from bythebook.routine.graph import Edge, EdgeKind, Graph, NodeKind, graph_of
from bythebook.source.span import SourceFile


def graph(text: str) -> Graph:
    file = SourceFile.of("document.md", text)
    return graph_of(compile_document(file).routine, file)


def ways(found: Graph, source: str) -> list[tuple[str, str, str]]:
    return [(edge.kind.value, edge.target, edge.name or edge.words) for edge in found.leaving(source)]


@pytest.fixture(scope="module")
def owner() -> Graph:
    _, files = read_folder(shipped_routines() / "business-associate-agreement")
    return graph(files["document.md"].decode())


def test_every_step_and_line_is_a_node_with_its_place(owner: Graph) -> None:
    steps = [node.label for node in owner.nodes if node.kind is NodeKind.STEP]
    assert steps == ["1", "2", "3", "4", "5", "6"]
    call = next(node for node in owner.nodes if node.label == "2e.i")
    assert (call.kind, call.text, call.line, call.step, call.parent) == (
        NodeKind.CALL,
        "provide_list_of_zero_retention_endpoints()",
        53,
        "2",
        "2e",
    )


def test_a_which_question_leads_to_its_answers_and_a_report_comes_from_anywhere(owner: Graph) -> None:
    assert ways(owner, "line:1a") == [
        ("condition", "step:2", "the API"),
        ("condition", "step:3", "ChatGPT Enterprise"),
    ]
    assert ways(owner, "start") == [("next", "step:1", ""), ("condition", "step:4", "not approved")]


def test_the_closing_question_closes(owner: Graph) -> None:
    assert ways(owner, "line:5.1") == [("close", "line:6", "no")]
    assert ways(owner, "line:6") == [("close", "resolved", "")]
    assert {node.id for node in owner.nodes if node.step is None} == {"start", "resolved"}


CHAIN = """\
1. Call the `find_order` function.
   a. If the order is not found, then:
      - Transfer the customer to a human agent.
   b. Else if the order is not paid, then:
      - Inform the customer: "Please pay first."
   c. Else:
      - Retry twice
   d. Proceed to step 3.
2. Inform the customer: "Nobody comes here."
3. Inform the customer: "Done."
"""


def test_an_alternative_that_was_taken_passes_the_others_over() -> None:
    found = graph(CHAIN)
    assert ways(found, "line:1a") == [("condition", "line:1a.1", "not found"), ("otherwise", "line:1b", "")]
    assert ways(found, "line:1b")[1] == ("otherwise", "line:1c", "")
    assert ways(found, "line:1b.1") == [("next", "line:1d", "")]
    assert ways(found, "line:1c") == [("condition", "line:1c.1", "Else")]


def test_hand_over_loop_jump_and_end() -> None:
    found = graph(CHAIN)
    assert ways(found, "line:1a.1") == [("hand over", "human", "")]
    assert ways(found, "line:1c.1") == [("loop", "step:1", "2 times at most"), ("next", "line:1d", "")]
    assert ways(found, "line:1d") == [("jump", "step:3", "")]
    assert ways(found, "line:3") == [("next", "end", "")]


def test_alternatives_among_steps() -> None:
    found = graph(
        "1. Call the `find_order` function.\n"
        '2. If the order is not found, then:\n   a. Inform the customer: "No."\n'
        '3. Else:\n   a. Inform the customer: "Yes."\n'
        '4. Inform the customer: "Bye."\n'
    )
    assert ways(found, "step:2") == [("condition", "line:2a", "not found"), ("otherwise", "step:3", "")]
    assert ways(found, "line:2a") == [("next", "step:4", "")]
    assert ways(found, "step:3") == [("condition", "line:3a", "Else")]


def test_a_jump_under_a_condition_is_passed_by_where_it_does_not_hold() -> None:
    found = graph("1. Call the `f` function.\n   a. If it fails, proceed to step 3.\n2. Call `g`.\n3. Call `h`.\n")
    assert ways(found, "line:1a") == [("jump", "step:3", "it fails"), ("otherwise", "step:2", "")]


def test_every_edge_joins_nodes_and_the_number_of_edges_is_linear() -> None:
    text = "1. Call the `f` function.\n" + '   - If it fails, inform the customer: "x"\n' * 400
    found = graph(text)
    ids = {node.id for node in found.nodes}
    assert all(edge.source in ids and edge.target in ids for edge in found.edges)
    assert len(found.edges) <= 3 * len(found.nodes)


def test_nothing_at_all() -> None:
    found = graph("")
    assert found.edges == (Edge("start", "end", EdgeKind.NEXT),)
    assert [node.id for node in found.nodes] == ["start", "end"]


PATHS = """\
# Lamp

## Available actions

- **Check Lamp** - Checks if the lamp works.

## What is it?

Determine which of these it is:

1. **Dark**: no light
2. **Flickers**: light now and then

## Path 1: Dark

### Step 1: Look
- Check the lamp
- If it works, the customer is not facing a lamp problem.

## Path 2: Flickers

### Step 2: Look
- Follow path 1 first
- Check the lamp again
"""


def test_a_path_is_entered_by_jumps_alone_and_left_for_what_comes_next() -> None:
    found = graph(PATHS)
    assert ways(found, "line:start.1") == [("jump", "step:1", "Dark"), ("otherwise", "line:start.2", "")]
    assert ways(found, "line:2.1") == [("loop", "step:1", ""), ("next", "line:2.2", "")]
    assert ways(found, "line:1.2>") == [("next", "end", "")]
    assert {node.path for node in found.nodes if node.kind is NodeKind.STEP} == {None, "path 1", "path 2"}
    assert [node.label for node in found.nodes if node.implied] == ["start?", "1.2>", "2.2>"]

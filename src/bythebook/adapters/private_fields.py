"""What of an event is private: what people said and what systems returned, never what was decided."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

KIND: Final = "kind"

PRIVATE: Final[Mapping[tuple[str, str], Any]] = {
    ("CustomerSaid", "text"): "",
    ("MessageRead", "slots"): {},
    ("FunctionReturned", "fields"): {},
    ("FunctionFailed", "reason"): "",
    ("FailureMet", "why"): "",
    ("FactLearned", "value"): None,
    ("FactSettled", "value"): None,
    ("FactSettled", "feedback"): "",
    ("HumanSaid", "text"): "",
    ("LineQuoted", "text"): "",
    ("HumanNoted", "text"): "",
    ("HumanPassed", "note"): "",
    ("HumanReturned", "why"): "",
    ("HumanClosed", "why"): "",
    ("FeedbackSaid", "text"): "",
    ("SlotFilled", "value"): None,
    ("FillSlot", "value"): None,
    ("AssistantSaid", "text"): "",
    ("Asked", "text"): "",
    ("Offered", "text"): "",
    ("FunctionCalled", "arguments"): {},
}
"""By kind and field: what is sealed, and what stands in its place once nobody can open it any more."""


def blanked(body: str) -> str:
    """Return an event's text with nothing in its private places."""
    tree = json.loads(body)
    for holder, field, _ in private_in(tree):
        holder[field] = PRIVATE[holder[KIND], field]
    return written(tree)


def private_in(
    tree: Any, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[dict[str, Any], str, tuple[str | int, ...]]]:
    """Yield each object with a private field, the field, and the way there."""
    if isinstance(tree, dict):
        kind = tree.get(KIND)
        for name in list(tree):
            if (kind, name) in PRIVATE:
                yield tree, name, (*path, name)
            else:
                yield from private_in(tree[name], (*path, name))
    elif isinstance(tree, list):
        for place, item in enumerate(tree):
            yield from private_in(item, (*path, place))


def written(tree: Any) -> str:
    """Return an event's tree in the form that the codec writes."""
    return json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)

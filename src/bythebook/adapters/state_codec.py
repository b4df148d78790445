"""States as text and back, for snapshots: what a log folds to, kept so that a long one need not be folded whole.

A snapshot is a convenience and never the truth. It is good only for the very program that wrote it: `shape` is a
digest of the state's fields and of the code that folds, and a snapshot of another shape is passed over.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Final, get_args, get_origin, get_type_hints

from cattrs import Converter

from bythebook.adapters.event_codec import UNREADABLE, make_converter
from bythebook.engine.state import Aside, CaseState
from bythebook.routine.value import Values

FOLDING: Final = ("engine", "routine")
"""The rooms whose code decides what a log folds to."""


class UnreadableState(ValueError):
    """The text is no state that this program wrote."""


def encode_state(state: CaseState) -> bytes:
    """Return the state as JSON text; what is ordered in it stays in its order."""
    tree = _CONVERTER.unstructure(state, unstructure_as=CaseState)
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8", "replace")


def decode_state(body: bytes) -> CaseState:
    """Return the state of a text that `encode_state` of this very program wrote; raise UnreadableState."""
    try:
        state: CaseState = _CONVERTER.structure(json.loads(body), CaseState)
    except UNREADABLE as error:
        raise UnreadableState(f"the snapshot cannot be read: {error}") from error
    return state


@cache
def shape() -> str:
    """Return the digest of the state's fields and of the code that folds logs into it."""
    digest = hashlib.sha256()
    for field in fields(CaseState):
        digest.update(f"{field.name}: {field.type}\n".encode())
    for room in FOLDING:
        for module in sorted(resources.files(f"bythebook.{room}").iterdir(), key=lambda file: file.name):
            if module.name.endswith(".py"):
                digest.update(hashlib.sha256(module.read_bytes()).digest())
    return digest.hexdigest()


# ---------------------------------------------------------------- how it is done


def _is_mapping(kind: Any) -> bool:
    return get_origin(kind) is Mapping and kind != Values


def _is_set(kind: Any) -> bool:
    return get_origin(kind) is frozenset


def _make() -> Converter:
    converter = make_converter()
    converter.register_unstructure_hook_func(_is_set, sorted)
    converter.register_unstructure_hook_factory(_is_mapping, lambda kind: _mapping_out(converter, kind))
    converter.register_structure_hook_factory(_is_mapping, lambda kind: _mapping_in(converter, kind))
    types = get_type_hints(CaseState)
    converter.register_unstructure_hook(
        Aside,
        lambda aside: {
            "release": aside.release,
            "held": {name: converter.unstructure(value, types[name]) for name, value in aside.held.items()},
        },
    )
    converter.register_structure_hook(
        Aside,
        lambda tree, _: Aside(
            tree["release"],
            MappingProxyType({name: converter.structure(value, types[name]) for name, value in tree["held"].items()}),
        ),
    )
    return converter


def _mapping_out(converter: Converter, kind: Any) -> Any:
    item = get_args(kind)[1]
    return lambda mapping: {key: converter.unstructure(value, item) for key, value in mapping.items()}


def _mapping_in(converter: Converter, kind: Any) -> Any:
    item = get_args(kind)[1]
    return lambda tree, _: MappingProxyType({key: converter.structure(value, item) for key, value in tree.items()})


_CONVERTER: Final = _make()

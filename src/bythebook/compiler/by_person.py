"""A line whose author has a person do what it calls a function for: the call gives way, and all else in it stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bythebook.compiler.clauses import Clause, Part, read_clauses
from bythebook.compiler.forms import Calling, Handing
from bythebook.compiler.outline import Item


def handed_over(
    items: Sequence[Item], clauses: Sequence[tuple[Clause, ...]], does: Mapping[str, str]
) -> Mapping[str, tuple[Clause, ...]]:
    """Return, by label, the sentences of the lines that call something which a person does, as `does` says."""
    return {
        item.label: tuple(replace(clause, parts=tuple(map(_by_person, clause.parts))) for clause in own)
        for item, own in zip(items, clauses, strict=True)
        if item.label in does and _hands_over(does[item.label]) and _calls(own)
    }


def _hands_over(words: str) -> bool:
    forms = [part.form for clause in read_clauses(words) for part in clause.parts]
    return len(forms) == 1 and isinstance(forms[0], Handing)


def _calls(clauses: Sequence[Clause]) -> bool:
    """Whether something is called, and all that the line says is understood."""
    forms = [part.form for clause in clauses for part in clause.parts]
    return None not in forms and any(isinstance(form, Calling) for form in forms)


def _by_person(part: Part) -> Part:
    return replace(part, form=Handing()) if isinstance(part.form, Calling) else part

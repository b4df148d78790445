"""The pipeline, readable at a glance: rows, parts, outline, steps, conditions, then every check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bythebook.compiler.about import Names
from bythebook.compiler.actions import actions_of
from bythebook.compiler.along import said_along
from bythebook.compiler.arguments import as_meant, fill, taking
from bythebook.compiler.article import read_article
from bythebook.compiler.bind import Binding, bind
from bythebook.compiler.branches import gather, imply
from bythebook.compiler.by_person import by_hand
from bythebook.compiler.by_words import by_words
from bythebook.compiler.checks import CHECKS
from bythebook.compiler.checks.base import ALONE, Beside, Context
from bythebook.compiler.choosing import read_choice
from bythebook.compiler.confirming import confirmed
from bythebook.compiler.functions import read_functions
from bythebook.compiler.holes import with_holes
from bythebook.compiler.implied import with_implied
from bythebook.compiler.markdown import read_rows
from bythebook.compiler.nesting import renest
from bythebook.compiler.outline import read_outline
from bythebook.compiler.parts import cut
from bythebook.compiler.paths import with_paths
from bythebook.compiler.resolution import resolution_of, with_resolution
from bythebook.compiler.resolve import resolve, unread
from bythebook.compiler.settle import settle
from bythebook.compiler.targets import link, standing_last
from bythebook.compiler.text import names_in
from bythebook.compiler.titled import titled
from bythebook.compiler.wanted import with_values
from bythebook.routine.model import Routine, Test
from bythebook.source.diagnostic import Diagnostic, Severity
from bythebook.source.span import SourceFile, Span


@dataclass(frozen=True, slots=True)
class Compiled:
    """What became of a document: its routine as far as understood, and everything there is to say about it."""

    routine: Routine
    diagnostics: tuple[Diagnostic, ...]
    """By place."""

    file: SourceFile
    shaping: tuple[Span, ...] = ()
    """Places that are not carried out themselves: they say how others are meant, or are part of what is said."""

    @property
    def ok(self) -> bool:
        """Whether the routine may run."""
        return not any(finding.severity is Severity.ERROR for finding in self.diagnostics)


def compile_document(
    file: SourceFile,
    signatures: Mapping[str, tuple[str, ...]] | None = None,
    bindings: Mapping[str, Binding] | None = None,
    succeeds: Mapping[str, Test] | None = None,
    beside: Beside = ALONE,
) -> Compiled:
    """Compile any text; never raises.

    `signatures` holds the parameter names of the functions that are bound; None when that is not known, and then
    nothing is said about bindings. `bindings` says, by the label of a step or line, what decides its condition,
    whatever its words; `succeeds` says, by the name of a function, which results are a success. `beside` is what else
    the files beside it say.
    """
    parts = cut(read_rows(file), file)
    items = renest(read_outline(parts.routine, file), file)
    definitions = read_functions(parts.functions, file)
    functions = definitions.functions
    resolved = resolve(items, file, actions_of(functions), beside.does)
    choice = read_choice(parts.choosing, items, file)
    drafts = (choice.step, *resolved.steps) if choice is not None else resolved.steps
    drafts = titled(drafts, file)
    settled = with_resolution(bind(settle(drafts, functions, file), bindings or {}, succeeds or {}), functions)
    settled = as_meant(confirmed(settled, functions, file), functions, signatures or {})
    functions = taking(functions, definitions.silent, settled, file)
    resolution = resolution_of(settled, functions)
    linked = gather(link(imply(with_values(settled, file), functions, file), items))
    filled = with_holes(fill(linked, functions, signatures or {}), functions, file)
    walked = said_along(filled, resolved.events)
    routed = with_paths(by_words(standing_last(walked), file), items, file)
    steps = by_hand(with_implied(routed, resolution, file), resolved.by_hand, items, file)
    read = parts.article if choice is not None else (*parts.article, *parts.choosing)
    article, untold = read_article(parts.title, read, file)
    routine = Routine(article, steps, functions, file.digest, resolution, succeeds or {})
    closing = {routine.resolution_function} if routine.resolution is not None else set()
    mentioned = names_in(file, (item.span for item in items)) | closing
    context = Context(file, routine, items, signatures, mentioned, beside)
    notes = choice.notes if choice is not None else ()
    findings = [*untold, *definitions.unread, *resolved.diagnostics, *map(unread, notes)]
    for check in CHECKS:
        findings.extend(check.run(context))
    findings.sort(key=lambda finding: (finding.label.span, finding.name, finding.message))
    names = Names(routine, items)
    # Of two steps with one label the checks say everything twice.
    told = tuple(replace(finding, about=names.of(finding.label.span)) for finding in dict.fromkeys(findings))
    return Compiled(routine, told, file, resolved.shaping)

"""A draft from an article alone: a document whose steps are found in it, with phrases and examples to begin with."""

from __future__ import annotations

from typing import Final

from bythebook.compiler.release import build_release
from bythebook.compiler.scaffold.beside import examples_text, phrases_text
from bythebook.compiler.scaffold.document import document_text, plan_of
from bythebook.compiler.scaffold.sections import in_the_way
from bythebook.compiler.sidecars import DOCUMENT_PATH, EXAMPLES_PATH, PHRASES_PATH
from bythebook.service.drafts import DraftRefused, Files
from bythebook.source.diagnostic import Severity
from bythebook.source.span import SourceFile

ARTICLE: Final = "the article"


def from_article(text: str, title: str, house: bytes) -> Files:
    """Return the files of a document made of an article; raise DraftRefused with what to change in it."""
    file = SourceFile.of(ARTICLE, text)
    hidden = in_the_way(file)
    if hidden is not None:
        raise DraftRefused(f"line {hidden[0]} of the article: {hidden[1]}")
    plan = plan_of(file, "", " ".join(title.split()), quoting=False)
    if not any(section.sentences for section in plan.sections):
        raise DraftRefused("the article has no sentences that could answer a customer: paste its text, not its title")
    files = {DOCUMENT_PATH: document_text(plan).encode("utf-8", "replace")}
    _, compiled, _ = build_release("new", files, house)
    files[PHRASES_PATH] = phrases_text(plan, compiled).encode("utf-8", "replace")
    files[EXAMPLES_PATH] = examples_text(plan, compiled.routine).encode("utf-8", "replace")
    _, compiled, problems = build_release("new", files, house)
    errors = [one.message for one in compiled.diagnostics if one.severity is Severity.ERROR]
    errors += [one.message for one in problems if one.severity is Severity.ERROR]
    if errors:
        raise DraftRefused(
            f"the article holds something that a document cannot: {errors[0]}. Take it out and try again, or begin "
            "with a text of steps instead"
        )
    return files

"""The document's own words for a choice: what offers, buttons and house phrases may name."""

from __future__ import annotations

from bythebook.engine.choice import Choice
from bythebook.routine.wording import Release

ARTICLES_OF_SPEECH = ("the ", "a ", "an ")


def choice_words(release: Release, choice: str) -> str | None:
    """Return the words of the document that name a choice ("the API"), or None when it has none."""
    found = Choice(choice, 1.0)
    match found.kind:
        case "step":
            step = release.routine.step(found.name)
            return step.condition.name if step is not None and step.condition is not None else None
        case "article":
            topic = release.routine.article.topic(int(found.name)) if found.name.isdigit() else None
            return topic.question if topic is not None else None
        case "line":
            return next((link.words for link in release.wording.links if link.line == found.name), None)
        case _:
            return None


def spoken_words(release: Release, choice: str) -> str:
    """Return the words for a choice as they stand inside a sentence: a whole question in quotation marks."""
    words = choice_words(release, choice) or ""
    return f"\u201c{words}\u201d" if words.endswith("?") else words


def without_article(words: str) -> str:
    """Return a name as a button shows it: "API" for "the API"."""
    return next((words[len(a) :] for a in ARTICLES_OF_SPEECH if words.lower().startswith(a)), words)


def options_words(release: Release) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the house phrase that says what this assistant can do, and its holes (R12)."""
    title = release.routine.article.title
    names = [
        step.condition.name
        for step in release.routine.conditional
        if step.condition is not None and step.condition.question is not None and not step.condition.answer
    ]
    holes = [("title", title)] if title else []
    if names:
        joined = ", ".join(names[:-1]) + (" or " if len(names) > 1 else "") + names[-1]
        holes.append(("options", joined))
    phrases = {2: "what_i_can_do", 1: "what_i_can_do_plain" if title else "what_i_can_do_options", 0: "cannot_help"}
    return phrases[len(holes)], tuple(holes)

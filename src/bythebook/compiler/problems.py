"""What there is to say about the files of a release: findings, each with the file that its place is in."""

from __future__ import annotations

from dataclasses import dataclass, field

from bythebook.compiler.toml_places import Places
from bythebook.source.diagnostic import WHOLE_FILE, Diagnostic, Label, Severity


@dataclass(frozen=True, slots=True)
class ReleaseProblem:
    """A finding in a file beside the document, or in the document for what stands beside it."""

    path: str
    """The file that its place is in."""

    diagnostic: Diagnostic

    @property
    def name(self) -> str:
        return self.diagnostic.name

    @property
    def severity(self) -> Severity:
        return self.diagnostic.severity

    @property
    def message(self) -> str:
        return self.diagnostic.message

    @property
    def help(self) -> str | None:
        return self.diagnostic.help


@dataclass(frozen=True, slots=True)
class Problems:
    """Problems of one file, collected while it is read."""

    places: Places
    found: list[ReleaseProblem] = field(default_factory=list)

    @classmethod
    def of(cls, path: str, raw: bytes | None = None) -> Problems:
        """Return the problems, none yet, of a file as it was read."""
        return cls(Places.of(path, raw))

    def error(self, name: str, message: str, help: str | None = None, at: Label = WHOLE_FILE) -> None:
        self.add(Diagnostic(name, Severity.ERROR, message, at, help=help))

    def warning(self, name: str, message: str, help: str | None = None, at: Label = WHOLE_FILE) -> None:
        self.add(Diagnostic(name, Severity.WARNING, message, at, help=help))

    def add(self, finding: Diagnostic, path: str = "") -> None:
        """Add a finding of this file, or of the one named."""
        self.found.append(ReleaseProblem(path or self.places.file.path, finding))

"""What all commands share: settings from the environment and arguments, and failures said in one clear line."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from bythebook.adapters.folder import DocumentNotFound
from bythebook.adapters.json_logs import JsonFormatter
from bythebook.adapters.shelf import CannotRun
from bythebook.engine.decide import Refused
from bythebook.service.ports import StoreUnavailable, UnknownCase, UnknownRelease
from bythebook.settings import Settings, SettingWrong

EXIT_FAILED: Final = 2
REPORTS: Final = (".html", ".json")
"""What a report can be written as, by the end of its file's name."""

OVERRIDES: Final = ("document", "reader", "database", "host", "port", "workers")

LOG_FORMATS: Final = {"text": logging.Formatter("%(levelname)s %(name)s: %(message)s"), "json": JsonFormatter()}

EXPECTED: Final = (
    DocumentNotFound,
    CannotRun,
    Refused,
    SettingWrong,
    StoreUnavailable,
    UnknownCase,
    UnknownRelease,
)
"""Failures that are somebody's to mend; their message says how. Anything else is ours, and shows its trace."""


def add_document(parser: argparse.ArgumentParser) -> None:
    """Declare the one document that a command is about."""
    parser.add_argument(
        "document",
        nargs="?",
        default="",
        metavar="DOCUMENT",
        help="a Markdown file, a folder with document.md, or the name of a shipped document (the default)",
    )


def add_documents(parser: argparse.ArgumentParser) -> None:
    """Declare the documents that a command loads together."""
    parser.add_argument(
        "document",
        nargs="*",
        metavar="DOCUMENT",
        help="a Markdown file, a folder with document.md, a folder of documents, or the name of a shipped document "
        "(the default); several are loaded together",
    )


def add_database(parser: argparse.ArgumentParser) -> None:
    """Declare where the cases are."""
    parser.add_argument("--database", help="where cases are kept: a SQLite file or postgresql://USER@HOST/NAME")


def add_dry_run(parser: argparse.ArgumentParser) -> None:
    """Declare that nothing outside is to be changed."""
    parser.add_argument(
        "--dry-run", action="store_true", help="call no function with an effect; show what would be sent"
    )


def settings_of(arguments: argparse.Namespace) -> Settings:
    """Return the settings: arguments before environment before defaults; raise SettingWrong."""
    settings = Settings.read(os.environ)
    given = {
        name: getattr(arguments, name) for name in OVERRIDES if getattr(arguments, name, None) not in (None, "", [])
    }
    if isinstance(given.get("document"), list):
        given["document"] = tuple(given["document"])
    if settings.log_level.upper() not in logging.getLevelNamesMapping():
        raise SettingWrong(f"BYTHEBOOK_LOG_LEVEL is {settings.log_level!r}; write debug, info, warning or error")
    if settings.log_format not in LOG_FORMATS:
        raise SettingWrong(f"BYTHEBOOK_LOG_FORMAT is {settings.log_format!r}; write text or json")
    handler = logging.StreamHandler()
    handler.setFormatter(LOG_FORMATS[settings.log_format])
    logging.basicConfig(level=settings.log_level.upper(), handlers=[handler])
    return replace(settings, **given)


def explained(work: Callable[[], int]) -> int:
    """Run a command's work; an expected failure becomes a line on standard error and exit code 2."""
    try:
        return work()
    except EXPECTED as failure:
        text = str(failure) or type(failure).__name__
        print(f"bythebook: {text}", file=sys.stderr)
        return EXIT_FAILED


def coloured(text: str, code: str, to_terminal: bool) -> str:
    """Return the text in an ANSI colour when it goes to a terminal that wants colour."""
    return f"\x1b[{code}m{text}\x1b[0m" if to_terminal and "NO_COLOR" not in os.environ else text


def check_report(file: Path | None) -> None:
    """Raise Refused where a report cannot be written as its file is called: before the work, and not after it."""
    if file is not None and file.suffix not in REPORTS:
        raise Refused(f"{file} is neither {' nor '.join(REPORTS)}")


def write_report(file: Path | None, page: Callable[[], str], data: str) -> None:
    """Write a report where one is wanted, as its file is called; raise Refused where it cannot be written."""
    if file is None:
        return
    try:
        file.write_text(page() if file.suffix == ".html" else f"{data}\n", encoding="utf-8")
    except OSError as failure:
        raise Refused(f"cannot write {file}: {failure.strerror}") from failure

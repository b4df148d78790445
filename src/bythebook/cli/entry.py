"""Where the command begins: Ctrl-C ends it without a word at any moment, also while it still loads what it needs.

Until a command is at work nothing is open that would have to be put away, and the same holds once it has ended; in
between, Ctrl-C is a `KeyboardInterrupt` as ever.
"""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from typing import Final

EXIT_INTERRUPTED: Final = 130


def run() -> None:
    """Run the command line of this process, and exit with its code."""
    listens = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # what runs behind others ignores it
    if listens:
        signal.signal(signal.SIGINT, _leave)
    code = import_module("bythebook.cli.main").main(begins=_at_work if listens else _nothing)
    if listens:
        signal.signal(signal.SIGINT, _leave)
    sys.exit(code)


def _leave(*_: object) -> None:
    os._exit(EXIT_INTERRUPTED)


def _at_work() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _nothing() -> None:
    """What is ignored stays ignored."""

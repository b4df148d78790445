"""Ctrl-C ends a real process without a word, whatever it was at: while it loads, and while it waits."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

BEGIN = "from bythebook.cli.entry import run; run()"
QUIET = 130


def begun(*arguments: str, told: bool = False) -> subprocess.Popen[str]:
    """Start the command as its script does; with `told` the interpreter says what it has loaded, as it goes."""
    said = ["-X", "importtime"] if told else []
    return subprocess.Popen(
        [sys.executable, *said, "-c", BEGIN, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(
    ("arguments", "module"),
    [
        (("check",), "argparse"),
        (("check",), "importlib.metadata"),
        (("check",), "bythebook.compiler.compile"),
        (("audit",), "sqlalchemy.engine"),
        (("chat",), "numpy"),
    ],
)
def test_while_it_loads(arguments: tuple[str, ...], module: str) -> None:
    with begun(*arguments, told=True) as process:
        assert process.stderr is not None and process.stdin is not None
        for line in process.stderr:
            if line.rpartition("|")[2].strip() == module:
                process.send_signal(signal.SIGINT)
                break
        else:
            pytest.fail(f"{module} is not loaded for {arguments}")
        rest = [line for line in process.stderr if not line.startswith("import time:")]
    assert "".join(rest).strip() == ""
    assert process.returncode == QUIET


def test_while_it_waits_for_words(tmp_path: Path) -> None:
    with begun("chat", "--reader", "lexicon", "--database", str(tmp_path / "cases.db")) as process:
        assert process.stdout is not None and process.stderr is not None
        while process.stdout.read(1) != ">":
            pass
        process.send_signal(signal.SIGINT)
        assert process.stderr.read().strip() == ""
    assert process.returncode == QUIET


def test_what_runs_behind_others_is_not_ended_by_their_ctrl_c() -> None:
    ignoring = f"import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); {BEGIN}"
    process = subprocess.run([sys.executable, "-c", ignoring, "--version"], capture_output=True, text=True)
    assert process.returncode == 0
    assert process.stdout.startswith("bythebook ")

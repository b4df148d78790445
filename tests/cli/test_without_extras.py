"""The default installation has no extras: every command begins there, and says which extra it lacks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bythebook.cli.main import COMMANDS

EXTRAS = ("psycopg", "openai", "dbos", "presidio_analyzer", "opentelemetry.exporter")
WITHOUT = f"""
import sys
from importlib.abc import MetaPathFinder

class Gone(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if any(f"{{name}}.".startswith(f"{{one}}.") for one in {EXTRAS!r}):
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Gone())
from bythebook.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def without(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WITHOUT, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_begins_without_extras(command: str, tmp_path: Path) -> None:
    asked = without(command, "--help", folder=tmp_path)
    assert asked.returncode == 0 and asked.stdout.startswith("usage: "), asked.stderr


@pytest.mark.parametrize("command", [("doctor",), ("db", "status"), ("cases",), ("backup", "to.db")], ids=" ".join)
def test_a_database_of_an_extra_is_refused_in_words(command: tuple[str, ...], tmp_path: Path) -> None:
    asked = without(*command, "--database", "postgresql://nobody@localhost/none", folder=tmp_path)
    assert asked.returncode != 0
    assert "bythebook[postgres]" in asked.stderr + asked.stdout and "Traceback" not in asked.stderr


def test_a_file_is_looked_at_without_extras(tmp_path: Path) -> None:
    asked = without("doctor", "--database", "cases.db", folder=tmp_path)
    assert "Traceback" not in asked.stderr and "schema" in asked.stdout

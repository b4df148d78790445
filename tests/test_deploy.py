"""The files for deployment name what there is: settings, options, secrets, volumes."""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from bythebook.cli import serve
from bythebook.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
EXPOSURE_MAX = 2.0
"""Of 10, by systemd's own measure."""
KNOBS = {f"{PREFIX}{knob.name.upper()}" for knob in fields(Settings)}


def test_the_compose_file_is_whole() -> None:
    compose: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    assert set(compose) == {"services", "secrets", "volumes"}
    for service in compose["services"].values():
        assert ("image" in service) != ("build" in service)
        assert set(service.get("depends_on", {})) <= set(compose["services"])
        for secret in service["secrets"]:
            assert (secret if isinstance(secret, str) else secret["source"]) in compose["secrets"]
        for volume in service["volumes"]:
            source = volume.partition(":")[0]
            assert source.startswith(".") or source in compose["volumes"]
        settings = {name for name in service["environment"] if name.startswith(PREFIX)}
        assert settings <= KNOBS
    command = compose["services"]["bythebook"]["command"]
    assert command[0] == "serve"
    understood(command[1:])
    build = compose["services"]["bythebook"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).is_file()


def test_the_unit_starts_a_command_that_there_is() -> None:
    unit = (DEPLOY / "bythebook.service").read_text()
    command = re.search(r"^ExecStart=\S+/bythebook serve (.+)$", unit, re.MULTILINE)
    assert command is not None
    understood(shlex.split(command[1]))
    assert set(re.findall(r"^\[(\w+)\]$", unit, re.MULTILINE)) == {"Unit", "Service", "Install"}


def understood(arguments: list[str]) -> None:
    """Fail where `bythebook serve` does not take these arguments."""
    parser = argparse.ArgumentParser()
    serve.add_arguments(parser)
    parser.parse_args(arguments)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_understands_the_unit_and_finds_it_closed(tmp_path: Path) -> None:
    unit = tmp_path / "bythebook.service"
    written = (DEPLOY / "bythebook.service").read_text()
    unit.write_text(re.sub(r"(?<=^ExecStart=)\S+", sys.executable, written, flags=re.MULTILINE))
    verified = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert str(unit.name) not in verified.stderr, verified.stderr
    measured = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", unit],
        capture_output=True,
        text=True,
        check=False,
    )
    exposure = re.search(r"exposure level for \S+: (\d+\.\d+)", measured.stdout)
    assert exposure is not None and float(exposure[1]) <= EXPOSURE_MAX, measured.stdout


def test_the_image_is_made_of_files_that_there_are() -> None:
    written = (DEPLOY / "Dockerfile").read_text()
    named = re.findall(r"(?:-r |rm -rf )(\S+)", written)
    assert "requirements/run.txt" in named
    assert all((ROOT / name).exists() for name in named if name.startswith("requirements/"))

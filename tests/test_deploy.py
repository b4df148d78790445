"""The files for deployment name what there is: settings, options, secrets, volumes."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml

from bythebook.settings import PREFIX, Settings

DEPLOY = Path(__file__).parent.parent / "deploy"
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
    build = compose["services"]["bythebook"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).is_file()


def test_the_unit_starts_a_command_that_there_is() -> None:
    unit = (DEPLOY / "bythebook.service").read_text()
    assert re.search(r"^ExecStart=\S+/bythebook serve ", unit, re.MULTILINE)
    assert set(re.findall(r"^\[(\w+)\]$", unit, re.MULTILINE)) == {"Unit", "Service", "Install"}

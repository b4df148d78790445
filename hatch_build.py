"""The build hook: the wheel carries the browser code that npm resolves, so that installing it needs no Node."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent / "tools"))

import build_frontend


class FrontendHook(BuildHookInterface):  # type: ignore[type-arg]
    """Bundles the browser code before anything is packed."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Where a bundle must be made and the machine has no npm, Node comes from PyPI."""
        return [] if build_frontend.is_built() or build_frontend.has_npm() else [build_frontend.NODE_FROM_PYPI]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the bundle unless it is there."""
        try:
            build_frontend.build(dev=False)
        except build_frontend.CannotBuild as why:
            raise SystemExit(f"bythebook: {why}") from None
        build_data["artifacts"].append("src/bythebook/web/static/vendor/*")

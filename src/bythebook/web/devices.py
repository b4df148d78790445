"""What a browser calls itself, in words that its person knows it by."""

from __future__ import annotations

from typing import Final

BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS: Final = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
"""Marks in what browsers say, the telling ones first: most name others besides themselves."""

SHOWN_MAX: Final = 60


def device_shown(device: str) -> str:
    """Return `Firefox on Linux`, or the beginning of what nobody knows."""
    browser = next((shown for mark, shown in BROWSERS if mark in device), "")
    system = next((shown for mark, shown in SYSTEMS if mark in device), "")
    if not browser:
        return device[:SHOWN_MAX] or "A browser that does not say what it is"
    return f"{browser} on {system}" if system else browser

"""Asks a reader what a message means, and makes a fact of it. One that breaks is taken for unsure."""

from __future__ import annotations

import logging
from datetime import datetime

from bythebook.engine.event import MessageRead
from bythebook.engine.menu import Menu
from bythebook.reading.port import Reader, Reading

log = logging.getLogger(__name__)


def read_fact(at: datetime, version: int, read: Reading) -> MessageRead:
    """Return the fact of a reading, made of the case as it was at a version."""
    return MessageRead(at, version, read.choices, read.unsure, read.slots, read.reader, read.model)


def read_with(reader: Reader, text: str, menu: Menu) -> Reading:
    """A reader that breaks counts as unsure: the case goes on by the rules for what is not understood."""
    try:
        return reader.read(text, menu)
    except Exception as failure:  # whatever a reader does, the message is kept and answered
        log.exception("the reader %s failed", reader.name)
        return Reading((), True, {}, f"{reader.name} failed: {type(failure).__name__}")

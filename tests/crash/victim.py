"""A process that says one message and is killed by the operating system at a chosen append.

Run by test_kill.py: `python victim.py DATABASE before|after N`.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace

from bythebook.bootstrap import build_installation, open_store
from bythebook.service.conversation import Conversation
from bythebook.service.ports import Append
from bythebook.settings import Settings

MESSAGE_ID = "the message"
TEXT = "BAA for the API"


def main() -> None:
    """Open a case, print its id, say the message; die where told."""
    database, when, at = sys.argv[1], sys.argv[2], int(sys.argv[3])
    settings = replace(Settings(), database=database, reader="lexicon")
    store = open_store(settings)
    runner = build_installation(settings, store).runner
    conversation = Conversation(runner)
    case_id = conversation.open().case_id
    print(case_id, flush=True)
    append, done = store.append, 0

    def deadly(*appends: Append) -> None:
        nonlocal done
        if when == "before" and done == at:
            os.kill(os.getpid(), signal.SIGKILL)
        append(*appends)
        done += 1
        if when == "after" and done == at + 1:
            os.kill(os.getpid(), signal.SIGKILL)

    store.append = deadly  # type: ignore[method-assign]
    conversation.say(case_id, TEXT, MESSAGE_ID)
    print("answered", flush=True)


if __name__ == "__main__":
    main()

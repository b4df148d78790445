"""Where documents are written, put together: drafts beside the cases, what stands behind functions, what is live."""

from __future__ import annotations

from typing import cast

from bythebook.adapters.candidates import StoredCandidates
from bythebook.adapters.draft_bindings import DraftBindings
from bythebook.adapters.memory_drafts import MemoryDrafts
from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.shelf import Shelf, house
from bythebook.adapters.system_clock import SystemClock
from bythebook.adapters.word_file import word_as_html
from bythebook.bootstrap import beside
from bythebook.service.drafts import Drafting, Drafts, Files
from bythebook.service.ports import CaseStore, Clock
from bythebook.service.releasing import Releasing
from bythebook.service.studio import Studio


def drafts_of(store: CaseStore) -> Drafts:
    """Return where drafts are kept: beside the cases."""
    if isinstance(store, MemoryStore):
        return MemoryDrafts()
    return cast(Drafts, beside(store, "sql_drafts.SqlDrafts"))


def studio_on(shelf: Shelf, store: CaseStore, releases: Releasing, clock: Clock | None = None) -> Studio:
    """Return where documents are written, over what a server serves; `store` is the store as it was opened."""
    clock = clock or SystemClock()
    candidates = StoredCandidates(shelf, releases.log)
    drafting = Drafting(drafts_of(store), clock)

    def kept(digest: str) -> Files:
        return candidates.folder(digest).files

    return Studio(drafting, releases, kept, DraftBindings(clock), house(), word_as_html)

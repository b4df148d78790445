"""Drafts beside the cases, in the same database: each save whole, compressed, under the draft's next version."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from bythebook.adapters.event_codec import instant, instant_text
from bythebook.adapters.schema import draft_revisions, drafts
from bythebook.adapters.sql_reads import SqlReads
from bythebook.adapters.sql_rows import column_text
from bythebook.service.drafts import REVISIONS_KEPT, DraftRow, Revision, SaveRow, UnknownDraft
from bythebook.service.ports import VersionConflict


@dataclass(frozen=True, slots=True)
class SqlDrafts:
    """Implements the Drafts port over a store of cases. A draft's id is its name."""

    store: SqlReads

    def rows(self) -> Sequence[DraftRow]:
        with self.store.reading() as connection:
            found = connection.execute(select(drafts).order_by(drafts.c.name)).all()
        return [DraftRow(row.name, row.version, row.base, row.updated_by, instant(row.updated_at)) for row in found]

    def latest(self, name: str) -> Revision:
        with self.store.reading() as connection:
            version = _version(connection, name)
        return self.at(name, version)

    def at(self, name: str, version: int) -> Revision:
        wanted = (
            select(draft_revisions, drafts.c.base)
            .join(drafts, drafts.c.draft_id == draft_revisions.c.draft_id)
            .where(draft_revisions.c.draft_id == name, draft_revisions.c.version == version)
        )
        with self.store.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        if row is None:
            raise UnknownDraft(f"{name}, save {version}")
        return _revision(row)

    def saves(self, name: str, limit: int = 100) -> Sequence[SaveRow]:
        columns = draft_revisions.c
        wanted = select(columns.version, columns.who, columns.at, columns.note)
        newest = wanted.where(columns.draft_id == name).order_by(columns.version.desc()).limit(limit)
        with self.store.reading() as connection:
            return [SaveRow(row.version, row.who, instant(row.at), row.note) for row in connection.execute(newest)]

    def append(self, revision: Revision) -> None:
        self.store.write(lambda connection: _append(connection, revision))

    def discard(self, name: str) -> None:
        def forget(connection: Connection) -> None:
            connection.execute(delete(draft_revisions).where(draft_revisions.c.draft_id == name))
            connection.execute(delete(drafts).where(drafts.c.draft_id == name))

        self.store.write(forget)


def _version(connection: Connection, name: str) -> int:
    found = connection.execute(select(drafts.c.version).where(drafts.c.draft_id == name)).scalar_one_or_none()
    if found is None:
        raise UnknownDraft(name)
    return int(found)


def _append(connection: Connection, revision: Revision) -> None:
    at = instant_text(revision.at)
    row = {"version": revision.version, "base": revision.base, "updated_at": at, "updated_by": revision.who}
    if revision.version == 1:
        try:
            with connection.begin_nested():
                connection.execute(
                    insert(drafts), {"draft_id": revision.name, "name": revision.name, "created_at": at, **row}
                )
        except IntegrityError as taken:
            raise VersionConflict(revision.name) from taken
    else:
        # The row moves from the version before, or somebody else was first.
        before = (drafts.c.draft_id == revision.name) & (drafts.c.version == revision.version - 1)
        if connection.execute(update(drafts).where(before).values(row)).rowcount != 1:
            raise VersionConflict(revision.name)
    connection.execute(
        insert(draft_revisions),
        {
            "draft_id": revision.name,
            "version": revision.version,
            "files": _packed(revision),
            "at": at,
            "who": revision.who,
            "note": column_text(revision.note),
        },
    )
    columns = draft_revisions.c
    forgotten = (columns.draft_id == revision.name) & (columns.version <= revision.version - REVISIONS_KEPT)
    connection.execute(delete(draft_revisions).where(forgotten))


def _packed(revision: Revision) -> bytes:
    files = {path: base64.b64encode(content).decode("ascii") for path, content in sorted(revision.files.items())}
    body = {"files": files, "back": revision.back, "forth": revision.forth, "base": revision.base}
    return zlib.compress(json.dumps(body).encode(), 6)


def _revision(row: Any) -> Revision:
    body: Mapping[str, Any] = json.loads(zlib.decompress(row.files))
    files = {path: base64.b64decode(content) for path, content in body["files"].items()}
    at = instant(row.at)
    return Revision(
        row.draft_id, row.version, files, row.who, at, row.note, body["base"], body["back"], body["forth"]
    )

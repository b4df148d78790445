"""What somebody with the database, or with an archive, may try: rows that tests run and docs/audit.md shows."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bythebook.adapters.chain import GENESIS, link
from bythebook.service.checkpoints import Head, root
from tests.audit.houses import OTHER, keys

CASE = "case-1"
ANOTHER = "case-2"
OTHER_WORDS = "CAST(replace(CAST(content AS TEXT), 'BAA', 'NDA') AS BLOB)"


class Database:
    """The database as whoever may write to it sees it."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path)
        self.connection.execute("PRAGMA foreign_keys = OFF")

    def do(self, statement: str, *values: object) -> None:
        """Carry out a statement that changes something; raise AssertionError where it changes nothing."""
        assert self.connection.execute(statement, values).rowcount > 0, statement

    def body(self, version: int, case_id: str = CASE) -> str:
        """Return an entry's text."""
        found = self.connection.execute(
            "SELECT body FROM events WHERE case_id = ? AND version = ?", (case_id, version)
        ).fetchone()
        assert isinstance(found[0], str)
        return found[0]

    def first(self, kind: str, case_id: str = CASE, nth: int = 0) -> int:
        """Return where a kind of event stands first."""
        rows = self.connection.execute(
            "SELECT version FROM events WHERE case_id = ? AND kind = ? ORDER BY version", (case_id, kind)
        ).fetchall()
        return int(rows[nth][0])

    def write(self, version: int, body: str, case_id: str = CASE) -> None:
        """Put another text in the place of an entry's, and nothing else."""
        kind = json.loads(body)["kind"]
        self.do(
            "UPDATE events SET body = ?, kind = ? WHERE case_id = ? AND version = ?", body, kind, case_id, version
        )

    def alter(self, version: int, case_id: str = CASE, **values: object) -> None:
        """Change fields of an event."""
        tree = {**json.loads(self.body(version, case_id)), **values}
        self.write(version, json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":")), case_id)

    def chain_anew(self, case_id: str = CASE) -> str:
        """Compute the whole chain again, so that it is whole; return its head."""
        rows = self.connection.execute(
            "SELECT version, body FROM events WHERE case_id = ? ORDER BY version", (case_id,)
        ).fetchall()
        previous = GENESIS
        self.do("UPDATE events SET version = version + 1000 WHERE case_id = ?", case_id)
        for place, (version, body) in enumerate(rows, 1):
            previous = link(previous, case_id, place, body)
            self.do(
                "UPDATE events SET version = ?, hash = ? WHERE case_id = ? AND version = ?",
                place,
                previous,
                case_id,
                version + 1000,
            )
        self.do("UPDATE cases SET head_hash = ?, version = ? WHERE case_id = ?", previous, len(rows), case_id)
        return previous

    def cover_anew(self, case_id: str = CASE) -> int:
        """Have the checkpoint of a case cover the case as it is now; return its number."""
        seq, version = self.connection.execute(
            "SELECT seq, version FROM checkpoint_heads WHERE case_id = ?", (case_id,)
        ).fetchone()
        (now,) = self.connection.execute(
            "SELECT hash FROM events WHERE case_id = ? AND version = ?", (case_id, version)
        ).fetchone()
        self.do("UPDATE checkpoint_heads SET hash = ? WHERE case_id = ? AND seq = ?", now, case_id, seq)
        return int(seq)

    def say_anew(self, seq: int, key: str | None = None) -> None:
        """Have a checkpoint say what it covers now, signed with another key or not at all."""
        (body,) = self.connection.execute("SELECT body FROM checkpoints WHERE seq = ?", (seq,)).fetchone()
        rows = self.connection.execute(
            "SELECT case_id, version, hash FROM checkpoint_heads WHERE seq = ? ORDER BY case_id", (seq,)
        )
        heads = [Head(*row) for row in rows]
        new = json.dumps({**json.loads(body), "root": root(heads)}, sort_keys=True, separators=(",", ":"))
        self.do("UPDATE checkpoints SET body = ? WHERE seq = ?", new, seq)
        if key is not None:
            signer = keys(key)
            self.do(
                "UPDATE checkpoints SET key = ?, signature = ? WHERE seq = ?",
                signer.name,
                signer.sign(new.encode()),
                seq,
            )


def flipped(text: str) -> str:
    """Return a text with its middle letter changed."""
    at = len(text) // 2
    return text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1 :]


def customer_words(data: Database) -> None:
    at = data.first("CustomerSaid")
    tree = json.loads(data.body(at))
    field = "sealed" if "sealed" in tree else "text"
    data.alter(at, **{field: flipped(tree[field])})


def assistant_words(data: Database) -> None:
    at = data.first("AssistantSaid", nth=1)
    tree = json.loads(data.body(at))
    if "text_digest" in tree:
        data.alter(at, text_digest=hashlib.sha256(b"You are approved.").hexdigest())
    else:
        data.alter(at, text="You are approved.")


def another_line(data: Database) -> None:
    data.alter(data.first("AssistantSaid", nth=1), line="3a")


def a_time(data: Database) -> None:
    data.alter(data.first("CustomerSaid"), at="2025-12-24T00:00:00.000000Z")


def event_taken_out(data: Database) -> None:
    data.do("DELETE FROM messages WHERE case_id = ?", CASE)
    data.do("DELETE FROM events WHERE case_id = ? AND version = ?", CASE, data.first("MessageRead"))


def events_swapped(data: Database) -> None:
    one, other = data.first("AssistantSaid"), data.first("AssistantSaid", nth=2)
    first, second = data.body(one), data.body(other)
    data.write(one, second)
    data.write(other, first)


def end_cut_off(data: Database) -> None:
    (count,) = data.connection.execute("SELECT count(*) FROM events WHERE case_id = ?", (CASE,)).fetchone()
    data.do("DELETE FROM messages WHERE case_id = ? AND version > ?", CASE, count - 12)
    data.do("DELETE FROM events WHERE case_id = ? AND version > ?", CASE, count - 12)


def call_put_in(data: Database) -> None:
    at = data.first("FunctionCalled")
    data.alter(at, function="delete_everything")


def spliced(data: Database) -> None:
    at = data.first("AssistantSaid", ANOTHER, nth=1)
    data.write(data.first("AssistantSaid", nth=1), data.body(at, ANOTHER))
    data.write(data.first("MessageRead"), data.body(data.first("MessageRead", ANOTHER), ANOTHER))


def resolution_early(data: Database) -> None:
    data.alter(data.first("FunctionCalled"), function="case_resolution", line="6")


def with_chain(*acts: Callable[[Database], None]) -> Callable[[Database], None]:
    """Return the acts, with the chain computed again behind them."""

    def all_of(data: Database) -> None:
        for act in acts:
            act(data)
        data.chain_anew()

    return all_of


def covered_too(data: Database) -> None:
    with_chain(customer_words)(data)
    data.cover_anew()


def said_too(data: Database) -> None:
    with_chain(customer_words)(data)
    data.say_anew(data.cover_anew())


def signed_with_another_key(data: Database) -> None:
    with_chain(customer_words)(data)
    data.say_anew(data.cover_anew(), OTHER)


def release_altered(data: Database) -> None:
    data.do(
        f"UPDATE releases SET content = {OTHER_WORDS} WHERE path = 'document.md'",
    )


def release_swapped(data: Database) -> None:
    (digest,) = data.connection.execute("SELECT digest FROM releases LIMIT 1").fetchone()
    other = "ab" * 32
    data.connection.execute(
        f"INSERT INTO releases SELECT ?, path, {OTHER_WORDS} FROM releases WHERE digest = ?",
        (other, digest),
    )
    data.alter(1, release=other)
    data.do("UPDATE cases SET release = ? WHERE case_id = ?", other, CASE)
    data.chain_anew()


def case_deleted(data: Database) -> None:
    for table in ("snapshots", "case_keys", "messages", "events", "cases"):
        data.connection.execute(f"DELETE FROM {table} WHERE case_id = ?", (CASE,))


def checkpoint_taken_out(data: Database) -> None:
    data.do("DELETE FROM checkpoint_heads WHERE seq = 2")
    data.do("DELETE FROM checkpoints WHERE seq = 2")


def newest_checkpoint_taken_out(data: Database) -> None:
    data.do("DELETE FROM checkpoint_heads WHERE seq = 3")
    data.do("DELETE FROM checkpoints WHERE seq = 3")
    with_chain(customer_words)(data)


def checkpoint_altered(data: Database) -> None:
    data.do("UPDATE checkpoints SET body = replace(body, '\"cases\":1', '\"cases\":2') WHERE seq = 1")


def signature_altered(data: Database) -> None:
    (signature,) = data.connection.execute("SELECT signature FROM checkpoints WHERE seq = 1").fetchone()
    data.do("UPDATE checkpoints SET signature = ? WHERE seq = 1", signature[:8] + "AAAA" + signature[12:])


def release_step_altered(data: Database) -> None:
    data.do("UPDATE release_steps SET who = 'Eve' WHERE seq = 2")


def release_step_taken_out(data: Database) -> None:
    data.do("DELETE FROM release_steps WHERE seq = 4")


def row_altered(data: Database) -> None:
    data.do("UPDATE cases SET status = 'open', reason = '' WHERE case_id = ?", CASE)


def chains_swapped(data: Database) -> None:
    (other,) = data.connection.execute("SELECT min(case_id) FROM cases WHERE case_id != ?", (CASE,)).fetchone()
    for was, now in ((CASE, "between"), (other, CASE), ("between", other)):
        data.do("UPDATE events SET case_id = ? WHERE case_id = ?", now, was)


def older_copy(data: Database) -> None:
    """What a copy of the whole database from before the newest checkpoint has not."""
    (newest,) = data.connection.execute("SELECT case_id FROM checkpoint_heads WHERE seq = 3").fetchone()
    for table in ("snapshots", "case_keys", "messages", "events", "cases"):
        data.connection.execute(f"DELETE FROM {table} WHERE case_id = ?", (newest,))
    data.do("DELETE FROM checkpoint_heads WHERE seq = 3")
    data.do("DELETE FROM checkpoints WHERE seq = 3")


def emptied(data: Database) -> None:
    for table in ("snapshots", "case_keys", "messages", "events", "cases", "checkpoint_heads", "checkpoints"):
        data.connection.execute(f"DELETE FROM {table}")


def message_ids_gone(data: Database) -> None:
    data.do("DELETE FROM messages WHERE case_id = ?", CASE)


def message_id_renamed(data: Database) -> None:
    data.do("UPDATE messages SET message_id = 'another' WHERE case_id = ? AND version = 2", CASE)


@dataclass(frozen=True, slots=True)
class Tampering:
    """Something that somebody does to a database, and what has to name it."""

    what: str
    act: Callable[[Database], None]
    audit: str
    """The finding that the audit has to come to, at least."""

    verifier: str = ""
    """The same of the standalone verifier, on an archive made of the altered database; empty where it cannot tell."""


TABLE = (
    Tampering("a letter of what the customer said", customer_words, "chain", "chain"),
    Tampering("what the assistant said", assistant_words, "chain", "chain"),
    Tampering("the line of what the assistant said", another_line, "chain", "chain"),
    Tampering("a time", a_time, "chain", "chain"),
    Tampering("an event taken out", event_taken_out, "chain", "chain"),
    Tampering("two events in each other's place", events_swapped, "chain", "chain"),
    Tampering("the end cut off", end_cut_off, "chain", "truncated"),
    Tampering("entries of another case put in", spliced, "chain", "chain"),
    Tampering("a call to another function", call_put_in, "chain", "chain"),
    Tampering("the end cut off, row and chain made to fit", with_chain(end_cut_off), "truncated", "truncated"),
    Tampering("the customer's words, chained anew", with_chain(customer_words), "chained-anew", "chained anew"),
    Tampering("the assistant's words, chained anew", with_chain(assistant_words), "wording", "wording"),
    Tampering("another line, chained anew", with_chain(another_line), "wording", "wording"),
    Tampering("an event taken out, chained anew", with_chain(event_taken_out), "truncated", "truncated"),
    Tampering("two events swapped, chained anew", with_chain(events_swapped), "chained-anew", "chained anew"),
    Tampering("entries of another case, chained anew", with_chain(spliced), "chained-anew", "chained anew"),
    Tampering("a call to another function, chained anew", with_chain(call_put_in), "call", "call"),
    Tampering("the resolution called early, chained anew", with_chain(resolution_early), "resolution", "resolution"),
    Tampering("chained anew, and the checkpoint's heads too", covered_too, "covered", "chained anew"),
    Tampering("chained anew, and what the checkpoint says", said_too, "signature", "signature"),
    Tampering("chained anew, and signed with another key", signed_with_another_key, "signature", "signature"),
    Tampering("the files of a release", release_altered, "release", "release"),
    Tampering("another release put under a case, chained anew", release_swapped, "release", "release"),
    Tampering("a case deleted", case_deleted, "deleted"),
    Tampering("a checkpoint taken out", checkpoint_taken_out, "checkpoints"),
    Tampering("the newest checkpoint taken out (one was noted down)", newest_checkpoint_taken_out, "checkpoints"),
    Tampering("what a checkpoint says", checkpoint_altered, "signature", "signature"),
    Tampering("the signature of a checkpoint", signature_altered, "signature", "signature"),
    Tampering("who released a document", release_step_altered, "release-log"),
    Tampering("the newest step of releases taken out", release_step_taken_out, "release-log"),
    Tampering("the row of a case", row_altered, "state"),
    Tampering("two cases' entries in each other's place", chains_swapped, "chain", "chain"),
    Tampering("the newest case and the newest checkpoint (one was noted down)", older_copy, "checkpoints"),
    Tampering("everything (a checkpoint was noted down)", emptied, "checkpoints"),
    Tampering("the ids of messages, which are kept beside the log", message_ids_gone, "state"),
    Tampering("another id put to a message beside the log", message_id_renamed, "state"),
)


# ---------------------------------------------------------------- archives


@contextmanager
def changed(path: Path) -> Iterator[dict[str, bytes]]:
    """Yield what is in an archive, and write what was made of it."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    yield files
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    path.write_bytes(written.getvalue())


def _case(files: dict[str, bytes], change: Callable[[dict[str, object]], object]) -> None:
    case = json.loads(files["case.json"])
    change(case)
    files["case.json"] = json.dumps(case).encode()


def _chained(case: dict[str, object]) -> None:
    entries = case["entries"]
    assert isinstance(entries, list)
    previous = GENESIS
    for place, entry in enumerate(entries, 1):
        previous = link(previous, str(case["case"]), place, entry["stored"])
        entry |= {"version": place, "hash": previous}


def archive_entry(files: dict[str, bytes]) -> None:
    files["case.json"] = files["case.json"].replace(b"MessageRead", b"MessageRaed", 1)


def archive_entry_gone(files: dict[str, bytes]) -> None:
    _case(files, lambda case: case["entries"].pop(3))  # type: ignore[attr-defined]


def archive_entry_gone_chained(files: dict[str, bytes]) -> None:
    def change(case: dict[str, object]) -> None:
        case["entries"].pop(3)  # type: ignore[attr-defined]
        _chained(case)

    _case(files, change)


def archive_renamed(files: dict[str, bytes]) -> None:
    def change(case: dict[str, object]) -> None:
        case["case"] = "case-9"
        _chained(case)

    _case(files, change)


def archive_document(files: dict[str, bytes]) -> None:
    name = next(name for name in files if name.endswith("/document.md"))
    files[name] = files[name].replace(b"Thank you", b"No thanks")


def archive_sources(files: dict[str, bytes]) -> None:
    name = next(name for name in files if name.startswith("sources/"))
    sources = json.loads(files[name])
    for text in sources["texts"]:
        if text["label"] == "2a":
            text["template"] = "{anything}"
            text["digest"] = ""
    files[name] = json.dumps(sources).encode()


def archive_checkpoint(files: dict[str, bytes]) -> None:
    files["checkpoints.json"] = files["checkpoints.json"].replace(b'\\"number\\":1', b'\\"number\\":7')


def archive_proof(files: dict[str, bytes]) -> None:
    made = json.loads(files["checkpoints.json"])
    made[0]["proof"] = [["left", "00" * 32]]
    files["checkpoints.json"] = json.dumps(made).encode()


def archive_no_release(files: dict[str, bytes]) -> None:
    for name in [name for name in files if name.startswith("releases/")]:
        del files[name]


def archive_own_key(files: dict[str, bytes]) -> None:
    signer = keys(OTHER)
    made = json.loads(files["checkpoints.json"])
    for one in made:
        one |= {"key": signer.name, "signature": signer.sign(one["body"].encode())}
    files["checkpoints.json"] = json.dumps(made).encode()
    files["public.keys"] = "\n".join(signer.public_lines()).encode()


def archive_unsigned(files: dict[str, bytes]) -> None:
    archive_entry_gone_chained(files)
    files["checkpoints.json"] = b"[]"


def archive_junk(files: dict[str, bytes]) -> None:
    _case(files, lambda case: case["entries"].insert(3, {}))  # type: ignore[attr-defined]


ARCHIVES: tuple[tuple[str, Callable[[dict[str, bytes]], None], str], ...] = (
    ("an entry", archive_entry, "chain"),
    ("an entry taken out", archive_entry_gone, "chain"),
    ("an entry taken out, chained anew", archive_entry_gone_chained, "truncated"),
    ("given out as another case, chained anew", archive_renamed, "chain"),
    ("the document", archive_document, "release"),
    ("what is said to be approved", archive_sources, "wording"),
    ("what a checkpoint says", archive_checkpoint, "signature"),
    ("the way to what was signed", archive_proof, "chained anew"),
    ("the releases taken out", archive_no_release, "release"),
    ("signed with another key, which is put in", archive_own_key, "signature"),
    ("an entry taken out, chained anew, and the checkpoints taken out", archive_unsigned, "unsigned"),
    ("something put in that is no entry", archive_junk, "unreadable"),
)


def page_rows() -> list[str]:
    """Return the rows of docs/audit.md; the tests beside this file hold each of them."""
    rows = ["| done to the database | `bythebook audit` names | `verify_case.py` names |", "|---|---|---|"]
    rows += [f"| {one.what} | {one.audit} | {one.verifier or '(it sees one case)'} |" for one in TABLE]
    rows += ["", "| done to an archive | `verify_case.py` names |", "|---|---|"]
    return rows + [f"| {what} | {name} |" for what, _, name in ARCHIVES]


if __name__ == "__main__":
    print("\n".join(page_rows()))

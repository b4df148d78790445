"""One case as an archive that somebody else can check without this program: docs/audit.md says what is in it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bythebook.adapters.ed25519 import SigningKeys
from bythebook.routine.wording import Release
from bythebook.service.checkpoints import Checkpoint, CheckpointStore, Head, way_up
from bythebook.service.ports import CaseStore
from bythebook.service.sources import as_data, sources_of

FORMAT: Final = "bythebook archive 1"
SCRIPT: Final = "verify_case.py"
SEALED_FIELD: Final = '"sealed":'
SAME_DATE: Final = (1980, 1, 1, 0, 0, 0)
"""So that the same case gives the same bytes."""

README: Final = """\
One case of By the Book, to be checked by anybody: case {case}, {count} entries.

    python verify_case.py THIS.zip --key public.keys

Take the script and the public keys from whoever vouches for the case: those in here are copies for convenience.

case.json           the log, entry by entry, as it is kept; each hash covers the one before it
checkpoints.json    signed statements that cover it, each with the way from the case to what was signed
releases/DIGEST/    the files of each release that the case ran on; the digest covers them
sources/DIGEST.json what those files approve to be said and called, and where it stands in them
public.keys         the keys that signed, as this installation has them

{private}
"""
SEALED: Final = (
    "What people said and systems returned is sealed: it cannot be read here, and the chain covers it as it is."
)
OPEN: Final = (
    "The case was not sealed: what people said is in case.json as it is. Treat the archive as you treat them."
)


@dataclass(frozen=True, slots=True)
class Archivist:
    """Writes archives of cases."""

    store: CaseStore
    checkpoints: CheckpointStore
    release: Callable[[str], Release]
    """Returns a release by its digest; raises whatever keeps it from being built."""

    keys: SigningKeys

    def write(self, case_id: str, folder: Path) -> Path:
        """Write the archive of a case into a folder, and return its path; raise UnknownCase, OSError."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{case_id}.zip"
        path.write_bytes(self.packed(case_id))
        return path

    def packed(self, case_id: str) -> bytes:
        """Return the archive of a case; raise UnknownCase."""
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w") as archive:
            for name, content in self.files(case_id):
                archive.writestr(zipfile.ZipInfo(name, SAME_DATE), content, zipfile.ZIP_DEFLATED)
        return written.getvalue()

    def is_sealed(self, case_id: str) -> bool:
        """Whether an archive of the case holds no words of customers; raise UnknownCase."""
        said = [one.stored for one in self.store.kept(case_id, private=False) if '"CustomerSaid"' in one.stored]
        return all(SEALED_FIELD in stored for stored in said)

    def files(self, case_id: str) -> Iterable[tuple[str, bytes]]:
        """Return what is in the archive of a case, by path."""
        kept = self.store.kept(case_id, private=False)
        entries = [{"version": one.version, "hash": one.hash, "stored": one.stored} for one in kept]
        trees = [json.loads(one.stored) for one in kept]
        sealed = any("sealed" in tree for tree in trees)
        private = SEALED if sealed else OPEN
        yield "README.txt", README.format(case=case_id, count=len(kept), private=private).encode()
        yield "case.json", _json({"format": FORMAT, "case": case_id, "entries": entries})
        yield "checkpoints.json", _json(list(self._covering(case_id)))
        digests = dict.fromkeys(tree["release"] for tree in trees if tree["kind"] in ("CaseOpened", "CaseMoved"))
        for digest in digests:
            for name, content in self.store.release_files(digest) or ():
                yield f"releases/{digest}/{name}", content
            yield f"sources/{digest}.json", _json(as_data(sources_of(self.release(digest))))
        yield "public.keys", "".join(f"{line}\n" for line in self.keys.public_lines()).encode()
        yield SCRIPT, script().read_bytes()

    def _covering(self, case_id: str) -> Iterable[Mapping[str, Any]]:
        by_number: Mapping[int, Checkpoint] = {one.number: one for one in self.checkpoints.checkpoints()}
        for number, head in self.checkpoints.of_case(case_id):
            heads = self.checkpoints.heads(number)
            one = by_number.get(number)
            if one is None or head not in heads:
                continue
            yield {
                "number": number,
                "body": one.body,
                "key": one.key,
                "signature": one.signature,
                "version": head.version,
                "proof": way_up(heads, _place(heads, case_id)),
            }


def script() -> Path:
    """Return where the standalone verifier stands."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / SCRIPT
    return shipped if shipped.is_file() else package.parent.parent / "tools" / SCRIPT


def _place(heads: Sequence[Head], case_id: str) -> int:
    return next(place for place, head in enumerate(heads) if head.case_id == case_id)


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode()

"""`bythebook release`: submit, approve, release, go back, retire; who did what; two releases compared."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bythebook.adapters.candidates import StoredCandidates, digest_of, kept_folder
from bythebook.adapters.folder import find_document
from bythebook.adapters.library import Folder, documents_at, routines_at
from bythebook.adapters.shelf import Shelf
from bythebook.bootstrap import open_store
from bythebook.cli.common import add_database, explained, settings_of
from bythebook.cli.release_shown import as_data, shown_differences, shown_heat, shown_standing, shown_step
from bythebook.releasing import releasing_in, whoever_starts
from bythebook.routine.wording import Release
from bythebook.service.counting import Tallying
from bythebook.service.differing import differences
from bythebook.service.heat import HeatMap, heat_map, query_of
from bythebook.service.heat_beside import beside
from bythebook.service.ports import UnknownRelease
from bythebook.service.releases import DIGEST_SHOWN, ReleaseRefused, Stage, Standing
from bythebook.service.releasing import Releasing
from bythebook.service.tallies import Key
from bythebook.serving import tallies_of

HOW: Final = """\
  bythebook release submit my-folder --as Ann            keep its files, checked: they wait for approval
  bythebook release approve my-folder --as Ben           say that they may be released
  bythebook release release my-folder --as Ann           new cases begin with them, in every process
  bythebook release rollback my-folder --as Ann          new cases begin with the release before, at once
  bythebook release retire my-folder --as Ann            no new cases; open ones run to their end
  bythebook release diff my-folder 3f2a                  what is live against another release, or a folder

A document is named by its short name (its folder's), a release by the beginning of its digest. `submit` and `release`
take a folder or a Markdown file, too. Cases keep the release they began with, whatever happens here.

exit codes: 0 done, 1 `diff` found differences, 2 refused or cannot be carried out
"""


@dataclass(frozen=True, slots=True)
class Doing:
    """What an act is carried out with."""

    releasing: Releasing
    candidates: StoredCandidates
    given: argparse.Namespace

    @property
    def who(self) -> str:
        """Who acts, as the log will name them."""
        return self.given.who or whoever_starts()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = HOW
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    for name, (_, about, takes) in ACTS.items():
        act = acts.add_parser(name, help=about, description=f"{about[:1].upper()}{about[1:]}.")
        for argument, words, optional in takes:
            act.add_argument(argument, nargs="?" if optional else None, default="", help=words)
        act.add_argument("--json", action="store_true", help="one JSON object")
        add_database(act)
        if name not in ("list", "show", "diff"):
            act.add_argument(
                "--as", dest="who", default="", help="who you are, as the log names you (default: login)"
            )
            act.add_argument("--note", default="", help="why, for whoever reads the log")


def run(arguments: argparse.Namespace) -> int:
    """Carry out one act on releases: 0 done, 1 where `diff` finds differences, 2 refused."""

    def work() -> int:
        settings = settings_of(arguments)
        store = open_store(settings)
        try:
            doing = Doing(*releasing_in(settings, store), arguments)
            return ACTS[arguments.act][0](doing)
        finally:
            store.close()

    return explained(work)


def _list(doing: Doing) -> int:
    found = doing.releasing.standings(doing.given.document)
    if doing.given.json:
        print(json.dumps([as_data(one) for one in found], ensure_ascii=False))
        return 0
    for one in found:
        print(shown_standing(one))
    if not found:
        print("nothing was ever released here; `bythebook serve DOCUMENT` releases its folder", file=sys.stderr)
    return 0


def _show(doing: Doing) -> int:
    name, digest = _meant(doing, doing.given.document, doing.given.digest)
    steps = [step for step in doing.releasing.steps(name) if not digest or step.digest == digest]
    if doing.given.json:
        print(json.dumps([as_data(step) for step in steps], ensure_ascii=False))
    else:
        print("\n".join(line for step in steps for line in shown_step(step)))
    return 0


def _submit(doing: Doing) -> int:
    done = {
        folder.name: doing.releasing.submit(folder.name, folder.files, doing.who, doing.given.note)
        for folder in _folders(doing.given.document)
    }
    return _told(doing, done, "is checked and waits: `bythebook release approve {name} --as NAME`")


def _approve(doing: Doing) -> int:
    one = _one(doing, Stage.CHECKED)
    doing.releasing.approve(one.name, one.digest, doing.who, doing.given.note)
    return _told(doing, {one.name: one.digest}, "is approved: `bythebook release release {name}`")


def _return(doing: Doing) -> int:
    one = _one(doing, Stage.CHECKED, Stage.APPROVED)
    doing.releasing.give_back(one.name, one.digest, doing.who, doing.given.note)
    return _told(doing, {one.name: one.digest}, "went back to {by}")


def _release(doing: Doing) -> int:
    given, who, note = doing.given, doing.who, doing.given.note
    known = {one.name for one in doing.releasing.standings()}
    if given.digest or given.document in known:
        one = _one(doing, Stage.APPROVED, Stage.CHECKED, Stage.REPLACED)
        doing.releasing.release_kept(one.name, one.digest, who, note)
        done = {one.name: one.digest}
    else:
        folders = _folders(given.document)
        done = {folder.name: doing.releasing.release(folder.name, folder.files, who, note) for folder in folders}
    return _told(doing, done, "is live: new cases begin with it")


def _rollback(doing: Doing) -> int:
    name, digest = _meant(doing, doing.given.document, doing.given.digest)
    back = doing.releasing.rollback(name, doing.who, doing.given.note, digest)
    return _told(doing, {name: back}, "is live again: new cases begin with it")


def _retire(doing: Doing) -> int:
    name, digest = _meant(doing, doing.given.document, doing.given.digest)
    gone = doing.releasing.retire(name, doing.who, doing.given.note, digest)
    return _told(doing, {name: gone}, "is retired: no new case begins with it, open ones run to their end")


def _diff(doing: Doing) -> int:
    before = _built(doing, doing.given.before)
    after = _built(doing, doing.given.after or _waiting(doing, doing.given.before))
    found = differences(before, after)
    heat = beside(_heat_of(doing, before), _heat_of(doing, after))
    if doing.given.json:
        told = {"before": before.digest, "after": after.digest, "heat": as_data(heat)}
        print(json.dumps(as_data(found) | told, ensure_ascii=False))
    else:
        print("\n".join(shown_differences(before, after, found, sys.stdout.isatty())))
        print("\n".join(shown_heat(heat)))
    return 1 if found else 0


def _heat_of(doing: Doing, release: Release) -> HeatMap:
    """Return what the cases of a release came to, alone and loaded together with others."""
    shelf = doing.candidates.shelf
    tallies = tallies_of(shelf.store)
    Tallying(tallies).catch_up()
    same = [digest for digest in tallies.releases() if _is(shelf, digest, release)]
    sums: Counter[Key] = Counter()
    for digest in same:
        for key, count in tallies.sums(query_of(digest)).items():
            sums[replace(key, release=release.digest)] += count
    return heat_map(release, sums)


def _is(shelf: Shelf, digest: str, release: Release) -> bool:
    """Whether a digest is that of the release, with what it knows of others or without."""
    try:
        return digest == release.digest or digest_of(kept_folder(shelf, digest)) == release.digest
    except UnknownRelease:
        return False


Takes = tuple[tuple[str, str, bool], ...]
_DOCUMENT: Final = ("document", "its short name", False)
_DIGEST: Final = ("digest", "the beginning of a release's digest (default: the only one that it can be)", True)
ACTS: Final[Mapping[str, tuple[Callable[[Doing], int], str, Takes]]] = {
    "list": (_list, "where each release stands", (("document", "only this document's", True),)),
    "show": (_show, "who did what with a document's releases", (_DOCUMENT, _DIGEST)),
    "submit": (_submit, "keep a document's files, checked", (("document", "a folder or a Markdown file", False),)),
    "approve": (_approve, "say that a release may be released", (_DOCUMENT, _DIGEST)),
    "return": (_return, "give a release back to its author, with a note", (_DOCUMENT, _DIGEST)),
    "release": (
        _release,
        "have new cases begin with a release",
        (("document", "its short name, a folder or a Markdown file", False), _DIGEST),
    ),
    "rollback": (_rollback, "have new cases begin with an earlier release again", (_DOCUMENT, _DIGEST)),
    "retire": (_retire, "let no new case begin with a release", (_DOCUMENT, _DIGEST)),
    "diff": (
        _diff,
        "two releases compared: wording, ways, and how many of their cases came to each line",
        (
            ("before", "a digest's beginning, a document's short name (what is live), or a folder", False),
            ("after", "the same (default: the document's release that waits to be released)", True),
        ),
    ),
}


def _told(doing: Doing, done: Mapping[str, str], words: str) -> int:
    by = {(one.name, one.digest): one.submitted_by for one in doing.releasing.standings()}
    if doing.given.json:
        print(json.dumps({"act": doing.given.act, "releases": done}, ensure_ascii=False))
        return 0
    for name, digest in done.items():
        print(f"{name} {digest[:DIGEST_SHOWN]} {words.format(name=name, by=by.get((name, digest), ''))}")
    return 0


def _folders(given: str) -> Sequence[Folder]:
    return [routine for path in documents_at(find_document(given)) for routine in routines_at(path)]


def _meant(doing: Doing, name: str, digest: str) -> tuple[str, str]:
    """Return a document's name and a digest in full, if one was begun; raise ReleaseRefused."""
    of_name = [one for one in doing.releasing.standings() if one.name == name]
    if not of_name:
        known = ", ".join(sorted({one.name for one in doing.releasing.standings()})) or "none"
        raise ReleaseRefused(f"no release of {name!r} is known here; documents with releases: {known}")
    return name, _whole(of_name, digest).digest if digest else ""


def _whole(among: Iterable[Standing], beginning: str) -> Standing:
    found = [one for one in among if one.digest.startswith(beginning)]
    if len(found) != 1:
        how = "no release's digest begins" if not found else f"{len(found)} releases' digests begin"
        raise ReleaseRefused(f"{how} with {beginning!r}; `bythebook release list` shows them")
    return found[0]


def _one(doing: Doing, *stages: Stage) -> Standing:
    """Return the release that is meant: the one given, or the latest at the first of the stages that has one."""
    name, digest = _meant(doing, doing.given.document, doing.given.digest)
    of_name = doing.releasing.standings(name)
    if digest:
        return next(one for one in of_name if one.digest == digest)
    for stage in stages:
        found = [one for one in of_name if one.stage is stage]
        if len(found) == 1:
            return found[0]
        if found:
            shown = ", ".join(one.digest[:DIGEST_SHOWN] for one in found)
            raise ReleaseRefused(f"several releases of {name} are {stage.value}; say which: {shown}")
    wanted = " or ".join(stage.value for stage in stages)
    anew = f"`bythebook release submit {doing.given.document}` keeps its files as they stand now"
    raise ReleaseRefused(f"no release of {name} is {wanted}; {anew}")


def _waiting(doing: Doing, name: str) -> str:
    """Return the digest of a document's one release that waits to be released."""
    waits = (Stage.CHECKED, Stage.APPROVED)
    found = [one.digest for one in doing.releasing.standings() if one.name == name and one.stage in waits]
    if len(found) == 1:
        return found[0]
    shown = ", ".join(digest[:DIGEST_SHOWN] for digest in found)
    many = f"several releases of {name} wait: {shown}" if found else f"no release of {name} waits"
    raise ReleaseRefused(f"{many}; say what to compare: `bythebook release diff {name} DIGEST`, or a folder")


def _built(doing: Doing, given: str) -> Release:
    """Return the release that a digest's beginning, a document's name or a folder names."""
    standings = doing.releasing.standings()
    now = doing.releasing.live()
    if given in now:
        return doing.candidates.release(now[given])
    if given and any(one.digest.startswith(given) for one in standings):
        return doing.candidates.release(_whole({one.digest: one for one in standings}.values(), given).digest)
    (folder,) = _folders(given)[:1]
    return doing.candidates.shelf.built(folder)

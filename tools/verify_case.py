#!/usr/bin/env python3
"""Checks an archive of one case that `bythebook audit --archive` wrote. Needs Python 3.9 or later, and nothing else.

    python verify_case.py CASE.zip --key public.keys      keys from whoever vouches for the case, not from the archive

It shares no code with the program that wrote the archive: chain, checkpoints, signatures, releases, wording and calls
are worked out here from the format alone (docs/audit.md). Exit code: 0 all holds, 1 something does not, 2 unreadable.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sys
import zipfile
from pathlib import Path

try:
    import tomllib  # Python 3.11 or later: phrases are looked up by their names, and not only by their words
except ImportError:
    tomllib = None

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
SPOKEN = ("AssistantSaid", "Asked", "Offered", "LineQuoted")
HOLE = re.compile(r"\{\{|\}\}|\{[^\W\d]\w*\}")


# ---------------------------------------------------------------- Ed25519 (RFC 8032), checking only


def x_of(y, sign):
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * ROOT % P
    if (x * x - xx) % P or (x == 0 and sign):
        return None
    return P - x if x % 2 != sign else x


def add(a, b):
    left, right = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = right - left, d - c, d + c, right + left
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number, point):
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = add(result, point)
        point = add(point, point)
        number >>= 1
    return result


def point_in(raw):
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    x = x_of(y, sign) if y < P else None
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = (x_of(BASE_Y, 0), BASE_Y, 1, x_of(BASE_Y, 0) * BASE_Y % P)


def signed_by(public, text, signature):
    """Whether an Ed25519 signature over the text is the public key's own."""
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r, s = point_in(public), point_in(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + text).digest(), "little") % L
    left, right = times(s, BASE), add(r, times(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# ---------------------------------------------------------------- the archive


class Case:
    """One archive, and what was found in it."""

    def __init__(self, archive):
        self.files = {}
        for name in archive.namelist():
            if name in self.files:
                raise ValueError(f"{name} is in it twice")
            self.files[name] = archive.read(name)
        self.case = json.loads(self.files["case.json"])
        self.checkpoints = json.loads(self.files["checkpoints.json"])
        self.entries = self.case["entries"]
        self.wrong, self.notes, self.signed = [], [], 0
        if self.case.get("format") != "bythebook archive 1":
            raise ValueError("this is no archive of a case that this script knows")


def check_chain(case):
    """Every entry covers the one before it."""
    previous, name = "0" * 64, case.case["case"]
    for place, entry in enumerate(case.entries, 1):
        text = f"{previous}\n{place}\n{name}\n{entry['stored']}"
        previous = hashlib.sha256(text.encode()).hexdigest()
        if entry["version"] != place or entry["hash"] != previous:
            case.wrong.append(f"chain: entry {place} is not what was written, or one is missing before it")
            return
    first = json.loads(case.entries[0]["stored"]) if case.entries else {}
    if first.get("kind") != "CaseOpened" or first.get("case_id") != name:
        case.wrong.append("chain: the log does not begin with the opening of this case")


def check_checkpoints(case, keys):
    """The chain is under signed checkpoints, up to the newest of them."""
    covered = 0
    for one in case.checkpoints:
        said, named = json.loads(one["body"]), f"checkpoint {one['number']}"
        public = keys.get(one["key"], b"") if keys is not None else None
        if public is not None and not signed_by(public, one["body"].encode(), base64.b64decode(one["signature"])):
            how = "as it was signed" if public else f"signed with a key that you believe, but with {one['key']}"
            case.wrong.append(f"signature: {named} is not {how}")
            continue
        if said.get("format") != "bythebook checkpoint 1" or said.get("number") != one["number"]:
            case.wrong.append(f"signature: {named} does not say what a checkpoint of that number says")
        version = one["version"]
        if not 1 <= version <= len(case.entries):
            case.wrong.append(f"truncated: {named} covers {version} entries, and {len(case.entries)} are here")
            continue
        leaf = f"{case.case['case']}\n{version}\n{case.entries[version - 1]['hash']}"
        at = hashlib.sha256(b"\0" + leaf.encode()).digest()
        for side, beside in one["proof"]:
            other = bytes.fromhex(beside)
            at = hashlib.sha256(b"\1" + (other + at if side == "left" else at + other)).digest()
        if at.hex() != said.get("root"):
            case.wrong.append(f"chained anew: {named} covers another log of this case up to entry {version}")
        covered = max(covered, version)
    if keys is None:
        case.notes.append("no --key was given: nobody vouches for the checkpoints; a log that was made up would pass")
    elif not case.checkpoints:
        case.wrong.append("unsigned: no checkpoint covers this case; one that was made up would look the same")
    case.signed = covered if keys is not None else 0
    if covered < len(case.entries):
        case.notes.append(f"entries from {covered + 1} on ({len(case.entries) - covered}) are not signed yet")


def digest_of(files):
    """The digest of a release, by its files; names with a dot before them are the store's own, and not in it."""
    digest = hashlib.sha256()
    for path, raw in sorted(files.items()):
        if not path.startswith("."):
            name = path.encode()
            digest.update(b"%d:%s%d:" % (len(name), name, len(raw)) + raw)
    return digest.hexdigest()


def bare(text):
    """A text without marks and spaces: how approved words are looked for in the files that they stand in."""
    return re.sub(r"[\W_]+", "", text)


def stands(files, one):
    """Whether a text that is said to be approved stands in the release's own files, at its place."""
    template, label, kind = one["template"], one["label"], one["source"]
    paths = ("phrases.toml", "house.toml", "document.md")
    own, house, document = (files.get(path, b"").decode("utf-8-sig", "replace") for path in paths)
    if kind in ("quoted", "article"):
        here = "\n".join(document.splitlines()[max(one["document_line"] - 1, 0) :])
        parts = [bare(part) for part in HOLE.sub("\n", template).split("\n")]
        without_links = bare(re.sub(r"\]\([^)]*\)", "", here))
        return any(parts) and all(part in bare(here) or part in without_links for part in parts)
    if tomllib is None:
        quoted = re.findall(r'"""(.*?)"""|"((?:[^"\\\n]|\\.)*)"', own + house, re.DOTALL)
        return bare(template) in [bare(re.sub(r"\\[ntr]", " ", long or short)) for long, short in quoted]
    name = label[len("house:") :] if kind == "house" else label
    table = {"phrase": "line", "function": "function", "house": "house"}[kind]
    own, house = tomllib.loads(own), tomllib.loads(house)
    words = [own.get(table, {}).get(name, {}).get("text")]
    if kind != "function":  # a closing question that the document implies is the house's own
        name = "anything_else" if kind == "phrase" else name
        words += [top.get(key, {}).get(name, {}).get("text") for top, key in ((own, "house"), (house, "phrase"))]
    return template in words


def check_release(case, digest):
    """The release is what its digest says; of what is said to be approved, only what stands in its files counts."""
    folder = f"releases/{digest}/"
    files = {name[len(folder) :]: raw for name, raw in case.files.items() if name.startswith(folder)}
    if digest_of(files) != digest:
        case.wrong.append(f"release: the files of {digest[:12]} are not those of its digest")
    sources = json.loads(case.files[f"sources/{digest}.json"])
    lines = files.get("document.md", b"").decode("utf-8", "replace").splitlines()
    sources["texts"] = [one for one in sources["texts"] if stands(files, one)]
    for one in sources["texts"]:
        whole = one["template"].replace("{{", "{").replace("}}", "}")
        open_places = [part for part in HOLE.findall(one["template"]) if len(part) > 2]
        one["digest"] = "" if open_places else hashlib.sha256(whole.encode()).hexdigest()
    for label, call in list(sources["calls"].items()):
        if not any(call["function"] in line for line in lines[max(call["document_line"] - 1, 0) :]):
            del sources["calls"][label]
    return sources


def pattern(template):
    """What a template can be filled to."""
    parts, at = "", 0
    for part in HOLE.finditer(template):
        parts += re.escape(template[at : part.start()]) + (re.escape(part[0][0]) if len(part[0]) == 2 else ".*")
        at = part.end()
    return re.compile(parts + re.escape(template[at:]), re.DOTALL)


def approved(sources, event):
    """Whether the words of an event are approved for its line; None where they are sealed and nothing can be said."""
    line, kind = event.get("line", ""), event.get("source", "house")
    kind = "house" if line.startswith("house:") else kind
    if kind == "human":
        return True
    label = sources["calls"].get(line, {}).get("function") if kind == "function" else line
    found = [one for one in sources["texts"] if (one["source"], one["label"]) == (kind, label)]
    if event.get("text"):
        return any(pattern(one["template"]).fullmatch(event["text"]) for one in found)
    if not found:
        return False
    digest = event.get("text_digest")
    if not digest or any(not one["digest"] for one in found):
        return None
    return any(one["digest"] == digest for one in found)


def check_walk(case):
    """Every text is approved for its line, every call stands at the line that makes it, the resolution comes last."""
    sources, human, resolved, closed, sealed, said, called = None, "", 0, False, 0, 0, 0
    for place, entry in enumerate(case.entries, 1):
        event = json.loads(entry["stored"])
        kind = event.get("kind")
        if kind in ("CaseOpened", "CaseMoved"):
            sources = check_release(case, event["release"])
        closed = closed or kind == "CaseClosed"
        resolved = 0 if kind == "HumanReturned" and not closed else resolved  # it had failed, and the case goes on
        human = event["human"] if kind == "HumanTook" else event["to"] if kind == "HumanPassed" else human
        human = "" if kind in ("HumanReturned", "HumanClosed") else human
        if human and kind in (*SPOKEN[:3], "FunctionCalled"):
            case.wrong.append(f"one speaker: the assistant acts at entry {place} while {human} has the case")
        if kind in SPOKEN:
            fits = approved(sources, event)
            sealed, said = sealed + (fits is None), said + 1
            if fits is False:
                case.wrong.append(f"wording: entry {place} is not what the release approves for {event.get('line')}")
        if kind == "FunctionCalled":
            called += 1
            if sources["calls"].get(event["line"], {}).get("function") != event["function"]:
                case.wrong.append(f"call: line {event['line']} does not call {event['function']} (entry {place})")
            if resolved:
                case.wrong.append(f"resolution: {event['function']} is called after it (entry {place})")
            resolved = place if event["function"] == sources["resolution"] else resolved
    unseen = (
        f", {sealed} of them sealed and without a digest: approved for their lines, words unseen" if sealed else ""
    )
    case.notes.append(f"entries: {len(case.entries)}, calls: {called}, texts: {said}{unseen}")


def keys_in(path):
    """The public keys in a file, by name."""
    keys = {}
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line.startswith("public "):
            raw = base64.b64decode(line[len("public ") :])
            keys[hashlib.sha256(b"checkpoint key " + raw).hexdigest()[:12]] = raw
    return keys


def verdict(case):
    """What it comes to, in words; what nobody vouches for is not said to hold."""
    if case.wrong:
        return "does NOT hold"
    if case.signed < len(case.entries):
        return f"all holds; signed up to entry {case.signed} of {len(case.entries)}"
    return "all holds, and all of it is signed"


def main():
    """Check one archive and say what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("archive", help="the archive of a case: a zip file")
    parser.add_argument("--key", help="the file of public keys that you believe (`bythebook checkpoint public`)")
    given = parser.parse_args()
    try:
        keys = keys_in(given.key) if given.key else None
        with zipfile.ZipFile(given.archive) as archive:
            case = Case(archive)
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as failure:
        print(f"cannot be read: {failure}")
        return 2
    try:
        check_chain(case)
        check_checkpoints(case, keys)
        check_walk(case)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as failure:
        case.wrong.append(f"unreadable: something in the archive is not as it was written ({failure!r})")
    print("\n".join([f"WRONG  {line}" for line in case.wrong] + [f"note   {line}" for line in case.notes]))
    print(f"{case.case.get('case')}: {verdict(case)}")
    return 1 if case.wrong else 0


if __name__ == "__main__":
    sys.exit(main())

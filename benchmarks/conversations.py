"""How well hard, messy customers of the shipped document are served: whole conversations first, then single messages.

    python benchmarks/conversations.py [--half SET] [--reader local|lexicon|both] [--why] [--json]
    python benchmarks/conversations.py --curve [--half ...]   answered share against wrong actions, by kind of choice
    python benchmarks/conversations.py --ablation | --without RULE [--every N]   what each rule is worth
    python benchmarks/conversations.py --private [--half ...]   what masking finds, and what it touches without cause

The sets are of our own writing (benchmarks/data), judged by the rules that the document's conversation tests settle.
docs/reader.md has the tables and says how often the held-out half was looked at.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import ablation
import curve
from spoken import Conversation, Message, conversations, half_of, messages, private_messages

from bythebook.adapters.memory_store import MemoryStore
from bythebook.bootstrap import build_installation, build_rehearsal
from bythebook.reading.masking import mask
from bythebook.settings import Settings
from bythebook.testing.readings import Stage, Verdict
from bythebook.testing.rehearsal import Rehearsal

ASKING = frozenset({"house:did_you_mean", "house:did_you_mean_one", "house:not_understood"})
"""What is said when the assistant asks what was meant."""

HANDING_OVER = frozenset({"house:handoff", "house:handoff_nobody"})
Z = 1.96


def wilson(count: int, total: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927), in per cent."""
    if not total:
        return 0.0, 100.0
    share, z2 = count / total, Z * Z
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = Z * math.sqrt(share * (1 - share) / total + z2 / (4 * total * total)) / (1 + z2 / total)
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


def shown(count: int, total: int) -> str:
    """Return a share with its interval in words."""
    low, high = wilson(count, total)
    return f"{count:4}/{total:<4} {100 * count / max(1, total):5.1f} % [{low:.1f}, {high:.1f}]"


@dataclass
class Played:
    """How one conversation went."""

    conversation: Conversation
    right: bool = True
    turns_right: int = 0
    wrong_branches: int = 0
    wrong_actions: int = 0
    asked: int = 0
    asked_needlessly: int = 0
    handed_over: int = 0
    departures: list[str] = field(default_factory=list)


def play(rehearsal: Rehearsal, conversation: Conversation) -> Played:
    """Play a conversation to its end, whatever happens on the way."""
    played = Played(conversation)
    answer = rehearsal.do({"new": True})
    for turn in conversation.turns:
        before = answer["status"]
        answer = rehearsal.do({"say": turn.text})
        said = tuple(str(one["line"]) for one in answer["said"])  # type: ignore[attr-defined]
        allowed = {line for accepted in turn.accepted for line in accepted}
        played.wrong_branches += len({line[0] for line in said if line[0] in "234"} - {line[0] for line in allowed})
        extra = {line for line in said if line[0] in "234"} - allowed
        closed = answer["status"] == "resolved" and before == "open" and "house:goodbye" not in allowed
        handed = bool(HANDING_OVER & set(said)) and not HANDING_OVER & allowed
        played.wrong_actions += bool(extra) or closed or handed
        played.asked += bool(ASKING & set(said))
        played.asked_needlessly += bool(ASKING & set(said)) and not ASKING & allowed
        played.handed_over += bool(HANDING_OVER & set(said))
        if said in turn.accepted:
            played.turns_right += 1
            continue
        played.right = False
        reading = answer["reading"]
        choices = " ".join(one["id"] for one in reading["choices"]) if isinstance(reading, dict) else "-"
        unsure = " ?" if isinstance(reading, dict) and reading["unsure"] else ""
        wanted = " | ".join(" ".join(one) or "-" for one in turn.accepted)
        played.departures.append(
            f"{turn.text}\n      want {wanted}\n      got  {' '.join(said) or '-'}   ({choices}{unsure})"
        )
    if str(answer["status"]).replace("_", " ") not in conversation.ends:
        played.right = False
        played.departures.append(f"ends {answer['status']}, not {' | '.join(conversation.ends)}")
    return played


def of_conversations(reader: str, half: str) -> list[Played]:
    """Play every conversation of a half with this reader."""
    rehearsal = build_rehearsal(Settings(reader=reader))
    return [play(rehearsal, one) for one in conversations() if one.half in wanted(half)]


def wanted(half: str) -> tuple[str, ...]:
    """Return the sets that a half names; `all` are the two halves, `tuned` what may be tuned on."""
    return {"all": ("dev", "heldout"), "tuned": ("dev", "tuning")}.get(half, (half,))


def of_messages(reader: str, half: str) -> list[tuple[Message, Verdict]]:
    """Read every single message of a half with this reader."""
    stage = Stage(build_installation(Settings(reader=reader), MemoryStore()).shelf.current())
    return [(one, stage.judge(one.row)) for one in messages() if one.half in wanted(half)]


def report_conversations(played: Sequence[Played], *, why: bool) -> None:
    """Print what became of whole conversations."""
    count = len(played)
    turns = sum(len(one.conversation.turns) for one in played)
    print(f"  whole conversations right    {shown(sum(one.right for one in played), count)}")
    print(f"  turns right                  {shown(sum(one.turns_right for one in played), turns)}")
    print(f"  turns with a wrong action    {shown(sum(one.wrong_actions for one in played), turns)}")
    print(f"  wrong branches               {sum(one.wrong_branches for one in played)}")
    asked, needless = (sum(getattr(one, name) for one in played) for name in ("asked", "asked_needlessly"))
    print(f"  clarifying questions         {asked / count:.2f} a conversation, {needless / count:.2f} needless")
    print(f"  handoffs                     {sum(one.handed_over for one in played)}")
    if why:
        for one in played:
            for departure in one.departures:
                print(f"    {one.conversation.id}  {departure}")


def report_messages(judged: Sequence[tuple[Message, Verdict]], *, why: bool) -> None:
    """Print single messages by kind of difficulty."""
    by_kind: dict[str, list[Verdict]] = defaultdict(list)
    for message, verdict in judged:
        by_kind[message.kind].append(verdict)
    everything = [verdict for _, verdict in judged]
    for kind, verdicts in (*by_kind.items(), ("all", everything)):
        right = shown(sum(one.right for one in verdicts), len(verdicts))
        wrong = sum(bool(one.acts_wrongly) for one in verdicts)
        unsure = sum(one.reading.unsure and not one.right for one in verdicts)
        print(f"  {kind:30} {right:32} wrong acts {wrong:3}  needlessly unsure {unsure:3}")
    print(f"  wrong acts: {shown(sum(bool(one.acts_wrongly) for one in everything), len(everything))}")
    if why:
        for message, verdict in judged:
            if not verdict.right:
                print(f"    {_why(message, verdict)}")


def _why(message: Message, verdict: Verdict) -> str:
    reading = verdict.reading
    got = " + ".join(one.id + ("!" if one.correction else "") for one in reading.choices) or "nothing"
    unsure = " (unsure)" if reading.unsure else ""
    wanted = " / ".join(
        "unsure" if one.unsure else " + ".join(c.id + ("!" if c.correction else "") for c in one.choices)
        for one in message.row.accepted
    )
    act = f"  ACTS {' '.join(sorted(verdict.acts_wrongly))}" if verdict.acts_wrongly else ""
    return (
        f"[{message.kind}] {message.row.situation}: {message.row.text}\n        want {wanted}; got {got}{unsure}{act}"
    )


def report_private(half: str, *, why: bool) -> None:
    """Print what masking finds in messages that were written after its rules."""
    rows = [row for row in private_messages() if half_of(row.text) in wanted(half)]
    kept = [(row, mask(row.text)) for row in rows]
    values = [(value, value not in masked.text, row) for row, masked in kept for value in row.values]
    clean = [(row, masked) for row, masked in kept if not row.values]
    print(f"  values masked     {shown(sum(hit for _, hit, _ in values), len(values))}")
    print(f"  clean and touched {shown(sum(bool(masked.kinds) for _, masked in clean), len(clean))}")
    for value, hit, row in values:
        if not hit and why:
            print(f"    missed {value!r} in {row.text!r}")
    for row, masked in clean:
        if masked.kinds and why:
            print(f"    touched {row.text!r} -> {masked.text!r}")


def as_json(reader: str, played: Iterable[Played], judged: Iterable[tuple[Message, Verdict]]) -> dict[str, object]:
    """Return the figures as plain data."""
    talks, rows = list(played), list(judged)
    kinds = Counter(message.kind for message, _ in rows)
    rights = Counter(message.kind for message, verdict in rows if verdict.right)
    return {
        "reader": reader,
        "conversations": len(talks),
        "conversations_right": sum(one.right for one in talks),
        "turns": sum(len(one.conversation.turns) for one in talks),
        "turns_right": sum(one.turns_right for one in talks),
        "turns_with_wrong_action": sum(one.wrong_actions for one in talks),
        "wrong_branches": sum(one.wrong_branches for one in talks),
        "clarifying_questions": sum(one.asked for one in talks),
        "needless_clarifying_questions": sum(one.asked_needlessly for one in talks),
        "handoffs": sum(one.handed_over for one in talks),
        "messages": len(rows),
        "messages_right": sum(verdict.right for _, verdict in rows),
        "messages_acted_on_wrongly": sum(bool(verdict.acts_wrongly) for _, verdict in rows),
        "kinds": {kind: {"messages": count, "right": rights[kind]} for kind, count in kinds.items()},
    }


def main(arguments: Sequence[str]) -> int:
    """Play, read, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("dev", "heldout", "all", "tuning", "tuned", "fresh"), default="dev")
    parser.add_argument("--reader", choices=("local", "lexicon", "both"), default="both")
    parser.add_argument("--why", action="store_true", help="list what went otherwise, and how")
    parser.add_argument("--curve", action="store_true", help="levels of certainty, by kind of choice (local reader)")
    parser.add_argument("--ablation", action="store_true", help="what the sets lose without each rule (local reader)")
    parser.add_argument("--without", choices=sorted(ablation.RULES), metavar="RULE", help="the same for one rule")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="of what was tuned, each N-th message")
    parser.add_argument("--private", action="store_true", help="masking instead of meaning")
    parser.add_argument("--json", action="store_true", help="one JSON object a reader")
    given = parser.parse_args(arguments)
    logging.disable(logging.WARNING)  # handoffs are counted here, not announced
    if given.private:
        report_private(given.half, why=given.why)
        return 0
    if given.ablation or given.without:
        stage = Stage(build_installation(Settings(), MemoryStore()).shelf.current())
        sets = {half: [one for one in messages() if one.half in wanted(half)] for half in ("tuned", "heldout")}
        sets["tuned"] = sets["tuned"][:: given.every]
        for line in ablation.report(stage, sets, [given.without] if given.without else list(ablation.RULES)):
            print(line, flush=True)
        return 0
    if given.curve:
        bound = build_installation(Settings(), MemoryStore()).shelf.current()
        rows = [one for one in messages() if one.half in wanted(given.half)]
        print("\n".join(curve.report(curve.Judged(bound, rows))))
        return 0
    for reader in ("local", "lexicon") if given.reader == "both" else (given.reader,):
        played, judged = of_conversations(reader, given.half), of_messages(reader, given.half)
        if given.json:
            print(json.dumps(as_json(reader, played, judged)))
            continue
        print(f"{reader}, {given.half}")
        report_conversations(played, why=given.why)
        report_messages(judged, why=given.why)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

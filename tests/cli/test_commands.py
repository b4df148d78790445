"""Each command as a person or a program types it: what is printed, and the exit code."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bythebook.cli.main import COMMANDS, main

Typed = Callable[..., tuple[int, str, str]]
"""Types a command line, with this on standard input; returns exit code, output and errors."""

ROOT = Path(__file__).parent.parent.parent
MINIMAL = """\
# Opening hours

1. Ask the customer:
   a. "Do you mean the shop or the workshop?"
2. If the customer means the shop, then:
   a. Call the `hours` function.
3. If the customer means the workshop, then:
   a. Inform the customer: "The workshop opens at nine."
4. Ask the customer if there is anything else:
   - "Is there anything else?"
5. Call the `case_resolution` function.

**Function Definitions:**

- `hours`:
  - **Purpose**: Looks up the hours.
  - **Parameters**: None.
- `case_resolution`:
  - **Purpose**: Resolves the case.
  - **Parameters**: None.
"""


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    def run(arguments: list[str], text: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        code = main(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def lines(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_alone_it_explains_itself(typed: Typed) -> None:
    code, out, _ = typed([])
    assert code == 0
    assert "every message word for word" in out
    assert all(name in out and command.about in out for name, command in COMMANDS.items())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_stands_in_the_readme(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    assert "usage: bythebook" in capsys.readouterr().out
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    assert any(f"bythebook {command}" in page.read_text(encoding="utf-8") for page in pages)


@pytest.mark.parametrize(
    "arguments", [["chat", "nowhere"], ["check", "nowhere"], ["show", "nowhere"], ["read", "no"]]
)
def test_a_document_that_is_not_there_is_said_in_a_line(typed: Typed, arguments: list[str]) -> None:
    code, out, err = typed(arguments)
    assert (code, out) == (2, "")
    assert err.startswith("bythebook: there is no ") and err.count("\n") == 1


def test_a_slip_in_a_setting_does_not_pass_unseen(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYTHEBOOK_PROT", "80")
    code, _, err = typed(["chat", "--reader", "lexicon"])
    assert code == 2 and "BYTHEBOOK_PROT is not a setting" in err


def test_chat_shows_lines_buttons_and_why(typed: Typed) -> None:
    code, out, _ = typed(["chat", "--why", "--reader", "lexicon"], "hi\n2\nno\nand the API?\n")
    assert code == 0
    assert "[1] API   [2] ChatGPT Enterprise" in out
    assert "^ 3a (quoted) document.md:57" in out
    assert "called: provide_sales_contact_information at 3a.i, attempt 1" in out
    assert "resolved; a new question opens a new case" in out
    assert out.index("resolved;") < out.index("^ 1 (phrase) document.md:43") < out.index("^ 2a (quoted)")
    assert "\x1b" not in out


def test_chat_asks_the_tester_for_what_is_not_bound(typed: Typed, tmp_path: Path) -> None:
    document = tmp_path / "hours.md"
    document.write_text(MINIMAL, encoding="utf-8")
    code, out, _ = typed(["chat", str(document), "--reader", "lexicon"], "the shop\nnine to five\nno\n")
    assert code == 0
    assert "[hours() is not bound: you answer for it" in out
    assert "Is there anything else?" in out and "resolved" in out
    _, out, _ = typed(["chat", str(document), "--reader", "lexicon"], "the shop\n\n")
    assert "with a person now" in out


def test_json_lines_answers_every_line_also_a_bad_one(typed: Typed) -> None:
    given = ['{"new": true}', "{", "[1]", '{"say": 3}', '{"dance": true}', '{"say": "hi", "press": "x"}', "",
             '{"say": "BAA for the API", "id": "m"}', '{"wait": "bus"}', '{"advance": "soon"}', '{"press": "nope"}',
             '{"human": "sing"}', '{"fact": "weather"}', '{"say": "\\ud800 hi"}', '{"say": "no"}']  # fmt: skip
    code, out, _ = typed(["chat", "--jsonl", "--reader", "lexicon"], "\n".join(given) + "\n")
    answers = lines(out)
    assert code == 0 and len(answers) == len(given)
    assert [n for n, answer in enumerate(answers) if "error" in answer] == [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12]
    assert answers[7]["id"] == "m"
    assert answers[-1]["status"] == "resolved"
    assert set(answers[-1]) == {
        "id", "case", "status", "served", "duplicate", "said", "calls", "buttons", "reading",
    }  # fmt: skip


def test_read_tells_what_a_message_means_where(typed: Typed) -> None:
    given = [{"id": 1, "text": "API", "after": "1a"}, {"id": 2, "text": "no", "after": "2f"},
             {"id": 3, "text": "no, I meant Enterprise", "after": "2f", "said": ["1a"]},
             {"id": 4, "text": "x", "after": "9z"}, {"id": 5}]  # fmt: skip
    text = "\n".join(json.dumps(line) for line in given)
    code, out, _ = typed(["read", "--jsonl", "--reader", "lexicon"], text)
    found = lines(out)
    assert code == 0
    assert [[c["id"] for c in answer.get("choices", [])] for answer in found] == [
        ["step:2"], ["act:deny"], ["step:3"], [], [],
    ]  # fmt: skip
    assert found[2]["choices"][0]["correction"] is True
    assert found[3]["error"] == "the document has no line `9z`"
    _, out, _ = typed(["read", "--reader", "lexicon"], "BAA for the API\n")
    assert "step:2" in out


def test_the_desk_sees_takes_and_hands_back_what_the_chat_left(typed: Typed, tmp_path: Path) -> None:
    database = str(tmp_path / "cases.db")
    typed(["chat", "--database", database, "--reader", "lexicon"], "hi\na person please\n")
    _, out, _ = typed(["desk", "--database", database, "list", "--json"])
    (case,) = lines(out)
    assert (case["status"], case["reason"]) == ("handed_off", "the customer asked for a person")
    name = str(case["case"])
    _, out, _ = typed(["desk", "--database", database, "--as", "Ann", "take", name[:8]])
    assert "customer  a person please" in out and "with Ann" in out
    code, _, err = typed(["desk", "--database", database, "--as", "Bob", "say", name, "hello"])
    assert (code, err) == (2, "bythebook: Ann has the case\n")
    typed(["desk", "--database", database, "--as", "Ann", "say", name, "Hello, Ann here."])
    typed(["desk", "--database", database, "--as", "Ann", "fact", name, "not_approved"])
    code, _, err = typed(["desk", "--database", database, "--as", "Ann", "return", name, "--at", "7"])
    assert (code, err) == (2, "bythebook: the document has no line `7`\n")
    typed(["desk", "--database", database, "--as", "Ann", "return", name])
    _, out, _ = typed(["desk", "--database", database, "show", name])
    assert [line.split("[")[1].split("]")[0] for line in out.splitlines() if "[" in line] == [
        "1a", "house:handoff_nobody", "4.1", "4.2", "5.1",
    ]  # fmt: skip
    code, _, err = typed(["desk", "--database", database, "take", "zzz"])
    assert code == 2 and "no cases begin with 'zzz'" in err

"""Each thing in a real document that a reader of Markdown gets wrong, alone in a document of its own."""

from __future__ import annotations

from bythebook.compiler.compile import Compiled, compile_document
from bythebook.routine.model import Ask, Call, ConditionKind, QuestionKind, Say
from bythebook.source.diagnostic import Severity
from bythebook.source.span import SourceFile

END = """
{n}. Ask the customer: "Is there anything else I can assist you with today?"

{m}. Call the `case_resolution` function.

**Function Definitions:**

- `find_shop`: Provides the customer with a shop.
- `case_resolution`: Marks the case as resolved.
"""


def compiled(steps: str, count: int = 1) -> Compiled:
    text = "### Routine\n\n" + steps + END.format(n=count + 1, m=count + 2)
    return compile_document(SourceFile.of("document.md", text))


def labels(found: Compiled) -> list[str]:
    return [line.label for line in found.routine.lines][:-2]


def names(found: Compiled) -> list[str]:
    return [finding.name for finding in found.diagnostics if finding.name != "unused-function"]


def said(found: Compiled) -> list[str]:
    return [line.instruction.text for line in found.routine.lines if isinstance(line.instruction, Say)]


def test_a_tab_before_a_letter_is_a_line_of_the_step() -> None:
    found = compiled('1. Thank the customer and ask what they need:\n\n\ta. "Is it a cup or a plate?"\n')
    assert labels(found) == ["1a"]
    assert isinstance(found.routine.line("1a").instruction, Ask)  # type: ignore[union-attr]
    assert names(found) == []


def test_letters_without_indentation_are_lines_of_the_step() -> None:
    found = compiled('1. Tell the customer:\na. Say: "One."\nb. Say: "Two."\n')
    assert labels(found) == ["1a", "1b"]
    assert said(found) == ["One.", "Two."]
    assert names(found) == []


def test_a_call_beside_its_line_belongs_to_it_and_the_letters_go_on() -> None:
    found = compiled(
        '1. Tell the customer:\n   - a. Say: "One."\n   - i. Call the `find_shop` function.\n   - b. Say: "Two."\n'
    )
    assert labels(found) == ["1a", "1a.i", "1b"]
    assert found.routine.line("1a.i").parent == "1a"  # type: ignore[union-attr]
    assert names(found) == ["ambiguous-nesting"]


def test_a_call_under_its_line_is_not_ambiguous() -> None:
    found = compiled(
        '1. Tell the customer:\n   a. Say: "One."\n      i. Call the `find_shop` function.\n   b. Say: "Two."\n'
    )
    assert labels(found) == ["1a", "1a.i", "1b"]
    assert names(found) == []


def test_the_ninth_letter_is_a_letter() -> None:
    letters = "".join(f'   - {letter}. Say: "{letter}"\n' for letter in "abcdefghij")
    found = compiled("1. Tell the customer:\n" + letters)
    assert labels(found) == [f"1{letter}" for letter in "abcdefghij"]
    assert names(found) == []


def test_numerals_go_on() -> None:
    found = compiled(
        '1. Tell the customer:\n   a. Say: "One."\n      i. Say: "x"\n      ii. Say: "y"\n      iii. Say: "z"\n'
    )
    assert labels(found) == ["1a", "1a.i", "1a.ii", "1a.iii"]


def test_bullets_are_counted() -> None:
    found = compiled('1. Tell the customer:\n   - Say: "One."\n   * Say: "Two."\n')
    assert labels(found) == ["1.1", "1.2"]


def test_an_escaped_bullet_is_a_bullet() -> None:
    found = compiled('1. Tell the customer:\n\n\\- Say: "One."\n\n\\- Say: "Two."\n')
    assert labels(found) == ["1.1", "1.2"]
    assert names(found) == []


def test_an_escaped_rule_is_a_rule() -> None:
    found = compiled('1. Say: "One."\n\n\\---\n')
    assert labels(found) == ["1"]
    assert names(found) == []


def test_labels_written_out() -> None:
    found = compiled('1. Tell the customer:\n1a) Say: "One."\n1b) Say: "Two."\n')
    assert labels(found) == ["1a", "1b"]
    dotted = compiled('1. Tell the customer:\n   1.1. Say: "One."\n   1.2. Say: "Two."\n')
    assert labels(dotted) == ["1.1", "1.2"]


def test_curly_quotes_are_quotation_marks() -> None:
    found = compiled("1. Inform the customer: “We don’t ship on Sundays.”\n")
    assert said(found) == ["We don’t ship on Sundays."]


def test_words_over_two_lines_are_one_message() -> None:
    found = compiled('1. Inform the customer: "This message is\n   long."\n')
    assert said(found) == ["This message is long."]
    assert names(found) == []


def test_windows_line_ends_and_a_byte_order_mark() -> None:
    text = ("### Routine\n\n" + '1. Say: "One."\n' + END.format(n=2, m=3)).replace("\n", "\r\n")
    found = compile_document(SourceFile.of("document.md", "\ufeff" + text))
    assert found.ok
    assert said(found) == ["One."]


def test_a_comment_is_not_a_line_and_a_comment_behind_a_line_is_not_said() -> None:
    found = compiled('<!-- 1. Say: "No." -->\n1. Say: "One."  <!-- greeting -->\n')
    assert said(found) == ["One."]
    assert names(found) == []


def test_a_comment_that_is_never_closed_hides_nothing() -> None:
    found = compiled('1. Say: "One."\n\n<!-- draft\n')
    assert "unknown-instruction" in names(found)
    assert not found.ok


def test_words_over_dashes_are_no_heading() -> None:
    found = compiled('1. Say: "One."\n')
    text = found.file.text.replace("**Function Definitions:**\n", "**Function Definitions:**\n---\n")
    other = compile_document(SourceFile.of("document.md", text))
    assert [function.name for function in other.routine.functions] == ["find_shop", "case_resolution"]
    assert names(other) == []


def test_a_line_that_looks_like_a_link_definition_is_not_swallowed() -> None:
    found = compiled('1. Say: "One."\n\n[secret]: https://example.org\n')
    assert names(found) == ["unknown-instruction"]


def test_a_condition_is_an_answer_only_with_the_verb_that_was_asked() -> None:
    steps = (
        '1. Ask the customer: "Would you like a cup or a plate?"\n'
        '2. If the customer wants a cup, then:\n   - Say: "A cup."\n'
        '3. If the customer wants a plate, then:\n   - Say: "A plate."\n'
        '4. If the customer broke a plate, then:\n   - Say: "Oh."\n'
    )
    found = compiled(steps, 4)
    question = found.routine.line("1")
    assert question is not None
    assert question.instruction == Ask("Would you like a cup or a plate?", QuestionKind.WHICH, ("2", "3"))
    assert [(s.condition.kind, s.condition.name) for s in found.routine.conditional if s.condition] == [
        (ConditionKind.ANSWER, "a cup"),
        (ConditionKind.ANSWER, "a plate"),
        (ConditionKind.REPORT, "broke a plate"),
    ]
    assert names(found) == ["report-only-condition"]


def test_a_question_with_one_answer_is_answered_by_yes_or_no() -> None:
    found = compiled(
        '1. Ask the customer: "Would you like a cup?"\n2. If the customer wants a cup, then:\n   - Say: "A cup."\n', 2
    )
    question = found.routine.line("1")
    assert question is not None
    assert question.instruction == Ask("Would you like a cup?", QuestionKind.YES_NO, ("2",))
    condition = found.routine.steps[1].condition
    assert condition is not None
    assert (condition.kind, condition.question, condition.answer) == (ConditionKind.ANSWER, "1", "yes")
    assert names(found) == []


def test_two_questions_have_their_own_answers() -> None:
    steps = (
        '1. Ask the customer: "Do you want tea or coffee?"\n'
        '2. If the customer wants tea, then:\n   - Say: "Tea."\n'
        '3. If the customer wants coffee, then:\n   - Say: "Coffee."\n'
        '4. Ask the customer: "Do you want milk or sugar?"\n'
        '5. If the customer wants milk, then:\n   - Say: "Milk."\n'
        '6. If the customer wants sugar, then:\n   - Say: "Sugar."\n'
    )
    found = compiled(steps, 6)
    asks = [line.instruction for line in found.routine.lines if isinstance(line.instruction, Ask)]
    assert [ask.answers for ask in asks] == [("2", "3"), ("5", "6"), ()]
    assert found.ok


def test_what_is_not_understood_takes_what_stands_under_it_along() -> None:
    found = compiled(
        '1. Dance about:\n   a. "One" and "two"\n      - Say: "One."\n      - Call the `find_shop` function.\n'
    )
    assert labels(found) == []
    lost = next(finding for finding in found.diagnostics if finding.name == "unknown-instruction")
    assert lost.severity is Severity.ERROR
    assert [found.file.slice(label.span) for label in lost.related] == [
        'Say: "One."',
        "Call the `find_shop` function.",
    ]


def test_a_heading_that_asks_for_more_than_words_is_not_understood() -> None:
    found = compiled('1. Thank the customer and check the account:\n   a. Say: "Thanks."\n')
    assert names(found) == ["unknown-instruction"]


def test_two_messages_in_one_line_are_not_taken_for_one() -> None:
    found = compiled('1. Inform the customer: "One." or "Two."\n')
    assert names(found) == ["unknown-instruction"]
    assert "one pair of quotation marks" in (found.diagnostics[0].help or "")


def test_a_condition_with_nothing_under_it_is_reported() -> None:
    found = compiled("1. If the customer is sad, then:\n")
    assert "unknown-instruction" in names(found)


def test_a_condition_with_what_to_do_beside_it() -> None:
    found = compiled('1. If the customer is sad, inform the customer: "Oh."\n')
    assert found.routine.steps[0].condition is not None
    assert found.routine.steps[0].condition.text == "the customer is sad"
    assert said(found) == ["Oh."]
    assert names(found) == ["report-only-condition"]


def test_bold_and_heading_questions_and_wrapped_answers() -> None:
    text = "## Returns\n\nAll about\nreturns.\n\n### How long?\n\nTen days.\n\n**Who pays?**\n\nWe do.\n\nAlways.\n\n"
    article = compile_document(SourceFile.of("document.md", text)).routine.article
    assert [(topic.question, topic.text) for topic in article.topics] == [
        ("Returns", "All about returns."),
        ("How long?", "Ten days."),
        ("Who pays?", "We do.\n\nAlways."),
    ]
    assert article.subtitle == ""


def test_a_short_answer_is_no_subtitle() -> None:
    text = "## Returns\n\n**Can I?**\n\nYes\n\nIt takes ten days.\n"
    article = compile_document(SourceFile.of("document.md", text)).routine.article
    assert article.subtitle == ""
    assert article.topics[0].text == "Yes\n\nIt takes ten days."


def test_definitions_in_each_layout() -> None:
    text = """### Routine

1. Call the `a` function.

### Function Definitions

- `a(x, y)`: Does a thing
  that takes long.
  **Parameters:** `x`, `y`

- **Function:** `b`
  - **Purpose:** Another.
  - **Parameters:**
    - `z`: The last.

\\- `c`:

\\- **Purpose**: A third.

\\- **Parameters**: None.
"""
    functions = compile_document(SourceFile.of("document.md", text)).routine.functions
    assert [(f.name, f.purpose, [p.name for p in f.parameters]) for f in functions] == [
        ("a", "Does a thing that takes long.", ["x", "y"]),
        ("b", "Another.", ["z"]),
        ("c", "A third.", []),
    ]


def test_a_line_among_the_definitions_that_is_none_is_reported() -> None:
    found = compiled('1. Say: "One."\n')
    text = found.file.text + "\nAsk Jim about these.\n"
    assert "unknown-instruction" in names(compile_document(SourceFile.of("document.md", text)))


def test_call_wordings() -> None:
    for words in (
        "Call the `find_shop` function.",
        "call `find_shop`",
        "`call the find_shop function`",
        "`call find_shop()`.",
    ):
        found = compiled(f"1. {words}\n")
        assert found.routine.line("1").instruction == Call("find_shop"), words  # type: ignore[union-attr]

"""Write docs/writing-documents.md from the wording table: what is understood. `--check` only compares."""

from __future__ import annotations

import sys
from pathlib import Path

from bythebook.compiler.imperative import REWRITINGS
from bythebook.compiler.recognise import recognise
from bythebook.compiler.wording import WORDINGS, Wording

PAGE = Path(__file__).parent.parent / "docs" / "writing-documents.md"
HEAD = """\
# Writing documents

A document is Markdown: an article, if there is one, numbered steps, and definitions of functions, if there are
any. Each
line of the steps is either carried out, or `bythebook check` says at its place why not and what to write instead.
`bythebook show DOCUMENT` prints what was understood, line by line, and why.

## Wordings

One row a wording; each example is a test. Upper and lower case, `**bold**` and words such as *politely*, *then* or
*please* before the verb make no difference. `the customer` may be the user, the client or the caller.

| write | what is carried out |
|---|---|
"""
OUGHT = """
## What ought to be done

Words in none of these wordings are read as the instruction that they put in other words. What only states a fact
("the fee was charged", "the customer is called back by the team") is none.

| write | what is read |
|---|---|
"""
FOOT = """
"Should the customer decline, ...", "Were the account closed, ...", "Had the customer paid, ..." and "Where no
order is found, ..." are conditions as "If ..." is, and so is "Is the key unknown, so ...".

A bold name in front of a line ("**Verify the account.** Ask for the number. Call `verify`.") is the title of what
follows. Where nothing behind it does what it says, it is reported.

## Several things in one line

Two things in one line are taken apart: `If the customer agrees, call `f`.`, `Inform the customer that it is done and
call `f`.`, several sentences. Each part must be one of the wordings above; if one is not, the whole line is reported.

## Labels

`1.` `1)` `## Step 1: Title` `Question 1:` `§ 1 Title` `[LCO-1] Title` are steps; `a.` `a)` `1a.` `1a)` `1.1` `(1)`
`i.` `-` `→` and `>> "..."` are lines under them. Where nothing is numbered, bullets under a heading such as
"Routine", "Handling" or "How the office answers" are steps. Where the indentation is lost, the kind of marker
decides: a number over a letter over a numeral over a bullet. A line is cited as `2b`, `2b.i`, `2.3` (the third bullet
of step 2); several sentences in one line as `3(1)` and `3(2)`; a closing question that a line implies as `7?`; a note
that holds at any time as `note.1`. Of two `a.` in one step, the second is `1a-2`.

## Conditions

| the condition | what decides it |
|---|---|
| speaks of what an earlier question asks | the answer to that question |
| "the customer agrees", "declines", "yes", "no" (guest, patient, ... too) | the nearest question before it |
| "it fails", "is found", "cannot be verified", after a call | how that function ended: `success` or `failure` |
| two opposites right behind a call that checks something: "the address is covered", "is not covered" | how it ended |
| bounds alone: "Less than 120: ...", "1 to 3 days: ..." | the number in backticks above, or that was asked for |
| compares: `age < 18`, `plan is "SMALL"`, `total > 9 and not insured` | the slot, fact or result of that name |
| "this is not the case", "it still does not work", "the issue persists" | what was just asked, or checked by a call |
| "the radio is ON but not working", "no signal or it did not help" | each part, as by itself |
| "else", "otherwise", "for any other result" | none of the conditions before it holds |
| "once the customer has provided ..." | nothing is left to decide: the lines before it have seen to it |
| anything else | somebody's word: the customer's, or a human's at the desk |

What is decided otherwise than meant is set right in `phrases.toml`, beside the document, by the label of the line:

```toml
[condition."4"]
test = "account_type == 'business'"            # or: function = "check_account", outcome = "failure"
source = "the account is a business account"   # the condition's words: `check` says when they have changed

[condition."5"]
question = "1"                                 # the answer to question 1 decides it,
answer = "yes"                                 # a yes; without `answer`: what the customer names there

[condition."6"]
by = "person"                                  # only what a person at the desk says decides it
```

`bythebook phrases --bind 5 "yes to question 1"` writes it, and so does the Conditions page of a document.

A question of which only one answer has lines ("Ask what happened to the card. - If they lost it, ...") goes on with
the next line at every other answer, and `missing-otherwise` says so.

## Questions that ask for values

The words name the value: "ask for the billing email" asks for `billing_email`, an email address. A later call
that takes
`email` gets it too. Bullets under "ask for the following:" and a list in brackets name one value each. The kinds are
email, phone, date, address, money, number, id and text, told by the words. "A number from 1 to 10", "one of: ...",
"six digits" and "(format XXXX-XXXX)" are held; "at least 18" and "not a Sunday" are reported (`unheld-words`).
"Ask the customer to describe the problem" asks for `problem`, and waits.

## Paths

`## Path 2: Slow data` (or Flow, Branch, Scenario, Track, Option) opens a part that is carried out only if something
goes there: "Proceed to step 2.1", "Follow path 2". "Follow path 1 first" comes back, and so does a path that is
followed while lines are left beside it. Where a path ends, the case goes on where it was entered from, and at last
the house asks whether there is anything else. Two things end a path before its last step, and `bythebook show` prints
them as lines of their own: "the customer is not facing ..." and a check that is made again ("rerun the test", "check
the light to see if it is on") when it comes out well.

Which path a case takes is asked where a list says so, under a heading before the first path:

```markdown
## What is wrong?

Determine which of these describes the trouble best:

1. **No service**: the phone shows no signal
2. **Slow data**: pages load slowly
```

Each entry goes to the path of its number, or of its words. A step that is named by a number and by words ("step 6
(Check the mode)") is found by the words where the number is nowhere. "Follow the instructions in the main policy"
hands the case to a person, who knows what that policy says.

## Functions

Functions are defined in any of these forms, under a heading such as "Functions", "Annex A – Functions" or "Functions
that may be called":

- a list: `` - `find_order(order_id)`: looks it up. Returns status, price ``
- a table with a column for the names, and one for the parameters, the purpose or what is returned
- code between ```` ``` ````: `find_order(order_id: str) -> status, price  # looks it up`, or
  `def find_order(order_id): ...`
- the signature alone, or as a heading, with its purpose on the next lines
- a sentence, wherever it stands: `The functions are: find_order (looks it up), close_case (ends the chat).`

A definition that says nothing of what the function takes takes what the calls give it by name:
`send(order_id, speed="fast")`. `find_order()` takes nothing. A parameter with a value of its own
(`speed="slow"`, `notes (optional)`) may be left out of a call.

## Lists of actions

Under a heading such as "Available Actions", "Actions Reference" or "Functions", an entry `**Check Status Bar** -
Shows what icons ...` defines the function `check_status_bar`. The lines of the steps call it by its words, freely
put: a line names an action when it begins with the action's verb, or one that means the same ("re-check", "verify",
"turn ... off" for a toggle), and its words are those of the action's name or purpose, and of no other action's as
much. So "Re-seat the SIM card by removing it" calls `reseat_sim_card`. `bythebook show` prints which line calls what;
to be plain, write `` Call the `check_status_bar` function. ``

## Attempts and failures

"Retry once", "Allow up to two more attempts" go back to the call before them (the one that their words name, where
they name one), or to the question that gives it its value, so many times a case. Under "If validation fails:", what
comes behind the last attempt in that branch is what is said then; after it the case goes to a human, unless the
branch goes on elsewhere itself. What follows the branch was meant for a success.

"If any step fails", "At any point if a critical failure occurs" is a rule for every call, wherever it stands in the
document. It is carried out when a call was tried in vain (three times), when all attempts are used up, and when a
result says that nothing was done and no condition looks at that. "Retry once" in it does once more what came back
so; a rule that neither goes on elsewhere nor hands over ends with a human. Without a rule, the house says that
something went wrong, and the case goes to a human.

A question whether to go on ("Ask for confirmation to proceed", "Are you ready to proceed?") that nothing hangs on
leads to the closing question where the answer is no. A quoted line ending in `?` is such a question when a line
under it, or right behind it, says to wait for the answer. `bythebook show` lists what follows so, as `2.1(no)`,
`1.3(end)`.

## How a case ends

A call of `case_resolution`, or of a function whose name or purpose says that it closes the case (`complete_case`),
ends it: after the customer was asked whether there is anything else and said no. Where no line asks that, the
house's own question does. What the document says behind that call is said last; it calls nothing more. Where several
lines end the case, the last that hangs on no condition does; from the others it goes on at the closing question.

## Notes

A paragraph outside the steps that says what to do ("Note: if the customer asks for a human, call `transfer`.")
holds at
any time. A note that only says how to behave is listed by `bythebook check`, and nothing is done for it.
"""


def page() -> str:
    """Return the page as it should be."""
    wordings = "\n".join(f"| {_shown(row)} | {row.means} |" for row in WORDINGS)
    rewritings = "\n".join(f"| {_fenced(row.example)} | {_fenced(row.means)} |" for row in REWRITINGS)
    return f"{HEAD}{wordings}\n{OUGHT}{rewritings}\n{FOOT}"


def _shown(row: Wording) -> str:
    form = recognise(row.example)
    assert isinstance(form, type(row.build(row.pattern.match(row.example)))), row.name  # type: ignore[arg-type]
    return _fenced(row.example)


def _fenced(words: str) -> str:
    fence = "``" if "`" in words else "`"
    pad = " " if fence == "``" else ""
    return f"{fence}{pad}{words}{pad}{fence}"


def main() -> int:
    """Write the page, or compare it; return 1 when it is stale."""
    if "--check" in sys.argv[1:]:
        current = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        if current != page():
            print(f"{PAGE.name} is stale: run `make format`", file=sys.stderr)
            return 1
        return 0
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

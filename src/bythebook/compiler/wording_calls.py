"""The rows of the wording table that call a function, in all the ways that authors write it."""

from __future__ import annotations

from typing import Final

from bythebook.compiler.builders import build_call, build_call_by_doing, build_call_with_words
from bythebook.compiler.wording_parts import (
    ASKING,
    BEFORE,
    CALL,
    CALLED,
    GIVEN,
    LOOSE,
    NAME,
    SPEAKING,
    TAIL,
    UNDONE,
    Wording,
    row,
)

CALLS: Final[tuple[Wording, ...]] = (
    row(
        "call",
        rf"call (?:the )?`{NAME}`(?: function)?\s*\.?$",
        build_call,
        "Call the `close_account` function.",
        "calls the function",
    ),
    row(
        "call-inside",
        rf"`call (?:the )?{NAME}(?: function)?`\s*\.?$",
        build_call,
        "`call the close_account(account_id)`.",
        "calls the function, with these arguments",
    ),
    row(
        "call-quoted",
        rf"{CALL}[`'\"“]{LOOSE}{GIVEN}{TAIL}",
        build_call,
        "Call the 'close_account' function to end the contract.",
        "calls the function",
    ),
    row(
        "call-with-arguments",
        rf"`?{CALL}`?{LOOSE}\((?P<arguments>[^()`]*)\){TAIL}",
        build_call,
        "Call close_account(account_id)",
        "calls the function, with these arguments",
    ),
    row(
        "call-by-name",
        rf"`?{CALL}`?(?P<function>[a-z]\w*_\w+|[a-z_][\w-]*\w(?=`? (?:function|tool)\b)){GIVEN}{TAIL}",
        build_call,
        "Call the close_account function with parameters: account_id, reason",
        "calls the function, with these arguments",
    ),
    row(
        "call-with-words",
        rf"{CALL}[`'\"“]?{LOOSE}[`'\"”]?(?: function| tool)?[`'\"”]? (?:with|using) "
        r"(?P<words>(?:the|their|its|a|an)\s[\w ]+?"
        r"(?:(?:,\s*and|,|\s+and)\s+(?!then\b)(?:(?:the|their|its|a|an)\s)?[\w ]+?)*)\s*\.?$",
        build_call_with_words,
        "Call `close_account` with the account number and the reason.",
        "calls the function, with what the words name",
    ),
    row(
        "call-alone",
        r"`?(?P<function>[a-z]\w*)\((?P<arguments>[^()`]*)\)`?"
        r"(?:,? (?:which )?(?:returns?|gives(?: back)?):? [\w ,`]+)?\s*\.?$",
        build_call,
        "`close_account(account_id)`",
        "calls the function, with these arguments",
    ),
    row(
        "call-must-be",
        rf"(?:at the end,? |finally,? )?the (?:function|tool) [`'\"“]?{LOOSE}{GIVEN}[`'\"”]?"
        r" (?:must|should|shall|has to|needs to|is to|will) be (?:called|run|used|executed)\s*\.?$",
        build_call,
        "At the end the function `case_resolution` must be called.",
        "calls the function",
    ),
    row(
        "call-name",
        rf"(?:\[[\w ]+\]\s*)?`?(?P<function>[a-z]\w*_\w+){GIVEN}`?\s*\.?$",
        build_call,
        "case_resolution",
        "calls the function",
    ),
    row(
        "call-to-close",
        rf"{BEFORE}(?:close|resolve|end|complete|finish) (?:the |this )?(?:case|conversation|chat|call)"
        rf" (?:with|using|by calling) (?:the )?[`'\"“]?{LOOSE}{GIVEN}{TAIL}",
        build_call,
        "Close the case with `case_resolution`.",
        "calls the function",
    ),
    row(
        "call-to-check",
        rf"{BEFORE}(?:check|verify|find out|see|establish|determine|confirm|look up|test) (?:by|with|using|via|"
        rf"through|in)"
        rf"(?: calling| using)?(?: the)?(?: function)? {CALLED} (?:whether|if|that|which|what|how|"
        rf"when)\b[^\"“”`;:.]*\.?$",
        build_call,
        "Check with `find_order(order_id)` whether the order was sent.",
        "calls the function, with these arguments",
    ),
    row(
        "call-by-doing",
        rf"(?:\[[\w ]+\]\s*)?(?!{UNDONE})(?=[a-z])(?:(?!\b(?:{SPEAKING}|{ASKING})\b)[^\"“”`;:.()])*"
        rf"(?:\b(?:using|with|via|by|through|in)(?: calling| using| running)?(?: the)?(?: function| tool)?|:|\]) "
        rf"{CALLED}(?: function)?\s*\.?$",
        build_call_by_doing,
        "Look up the order using find_order(order_id).",
        "calls the function, with these arguments",
    ),
)

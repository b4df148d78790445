"""What characters, pictures and spoken signs stand for: one spelling is left of what was typed or dictated."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from bythebook.reading.common import listed

_CHARACTERS: Final = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "`": "'",
        "´": "'",
        "ʼ": "'",
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "–": " - ",
        "—": " - ",
        "…": "... ",
        "&": " and ",
        "\u00ad": "",
        "\u200b": "",
        "\u200c": "",
        "\u200d": "",
        "\ufe0f": "",
        "\ufeff": "",
    }
)
_PICTURES: Final = {"🙄😡🤬😠💢😤": " ugh ", "👍👌✅🆗": " ok ", "👎": " no ", "🙏": " thanks "}
_SAID: Final = {picture: word for pictures, word in _PICTURES.items() for picture in pictures}
"""What pictures say; the others say nothing."""

_NOT_A_SPAN: Final = "".join(
    rf"(?<!\b{word} )"
    for word in sorted(
        listed("the a this that of waiting review evaluation trial grace notice retention time test long short")
    )
)
_SIGNS: Final = (
    (re.compile(r"\b(mr|mrs|ms|dr|prof|vs|approx|e\.g|i\.e)\.(?=\s|,)", re.I), r"\1"),
    (re.compile(r"\b(inc|ltd|corp|co|llc|etc)\.(?=,|\s+[a-z])"), r"\1"),
    (re.compile(r"(?<=\s)\*(?=\w[^*]*$)"), "i mean "),
    (re.compile(r"\(?\b(?:edit|correction|typo|errata)\s*:", re.I), ", i mean "),
    (re.compile(r"(?<![\w-])--?(?=[a-z])", re.I), ""),
    (re.compile(r"\b(?:por favor|s'il (?:vous|te) pla[iî]t|per (?:favore|piacere)|mon ami)(?!\w)", re.I), "please"),
    (re.compile(r"\b((?:l|d|dell|all|nell|sull)')(?=\w{2})", re.I), r"\1 "),
    (re.compile(r"(?<!\ba )(?<!\bthe )\bcomma\b", re.I), ","),
    (re.compile(r"\b(?:full stop|exclamation (?:mark|point)|semicolon|new (?:line|paragraph))\b", re.I), "."),
    (re.compile(r"(?<!\ba )(?<!\bthe )\bquestion mark\b", re.I), "."),
    (re.compile(rf"{_NOT_A_SPAN}\bperiod(?=\s*$|\s+(?:that|no|thanks?|thank)\b)", re.I), "."),
    (re.compile(r"\b(?:uh|mm|mhm)[ -]?huh\b", re.I), "yes"),
    (re.compile(r"(?<=\b(?:want|need|like|able|hope|plan)) 2 (?=[a-z])|(?<=\bgoing) 2 (?=[a-z])", re.I), " to "),
    (re.compile(r"(?<=[a-z]) 4 (?=(?:the|our|my|an?|us|me|all|both|it|this|that|now)\b)", re.I), " for "),
    (re.compile(r"\bw/o\b", re.I), "without"),
    (re.compile(r"\bw/ ?(?=\w)", re.I), "with "),
    (re.compile(r"(?<=[a-z]{2})/(?=[a-z]{2})(?<!://)(?![a-z]+/)", re.I), " or "),
    (re.compile(r"(?<=\w) ?\+ ?(?=[a-z])", re.I), " and "),
)
_OTHER_SCRIPT: Final = (
    r"[\u0370-\u03ff\u0400-\u04ff\u0590-\u05ff\u0600-\u06ff\u0900-\u097f\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff"
    r"\uac00-\ud7af]"
)
_SCRIPT_EDGE: Final = re.compile(rf"(?<=[a-z0-9])-?(?={_OTHER_SCRIPT})|(?<={_OTHER_SCRIPT})-?(?=[a-z0-9])", re.I)


def levelled(text: str) -> str:
    """Return a text in one spelling of quotes, dashes, spaces and signs; upper case kept."""
    text = "".join(_SAID.get(character, character) for character in text)
    text = unicodedata.normalize("NFKC", text.translate(_CHARACTERS)).translate(_CHARACTERS)
    for pattern, said in _SIGNS:
        text = pattern.sub(said, text)
    return _SCRIPT_EDGE.sub(" ", text)

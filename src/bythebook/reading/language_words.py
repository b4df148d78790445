"""Words of other languages: by script, the small words that tell a language, and what stands for an act in each."""

from __future__ import annotations

from typing import Final

from bythebook.reading.common import listed

SCRIPTS: Final = (
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
SMALL: Final = {
    "es": (
        "el la los las un una de del que y en para por con no es está esta este necesito necesitamos quiero "
        "queremos como cómo cuánto cuanto cuándo puedo podemos tengo tenemos nuestra nuestro mi su hola "
        "gracias buenos buenas días tardes noches favor acuerdo somos estamos también pero sí qué cuál dónde "
        "hay ser sobre solicitud empresa adiós hasta ayuda persona hablar tarda obtener rechazaron negaron "
        "fue son nos rechazan rechaza"
    ),
    "fr": (
        "le la les un une des de du que et en pour par avec est je nous vous il elle ai avons besoin voudrais "
        "veux comment combien quand puis peut notre nos mon ma mes bonjour merci bonsoir salut sommes suis "
        "aussi mais oui où quel quelle sur demande entreprise au aux pas ne cela ce cette ça votre vos avez "
        "plaît non aimerais parler à faut avoir obtenir revoir d'un d'une j'ai n'est c'est qu'est temps été"
    ),
    "de": (
        "der die das ein eine einen einem für und ist ich wir sie brauche brauchen benötige benötigen möchte "
        "möchten wie lange wann kann können haben habe unser unsere mein hallo danke guten tag bitte mit auf "
        "nicht auch aber ja nein was wo sind bin über von zu zur zum den dem im vertrag wurde wurden "
        "abgelehnt antrag es geht um gibt dauert bekomme bekommen mensch sprechen wollen noch schon"
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
    "no": (
        "og det en et er jeg vi for med på av trenger vil hvordan lenge når kan har vår vårt min hei takk "
        "ikke også men ja nei hva hvor som til fra om avtale skal bruke"
    ),
    "cs": (
        "a v na s z pro je jsme není se potřebuji potřebujeme chci chceme jak dlouho kdy můžeme mohu máme mám "
        "náš naše můj dobrý den děkuji děkujeme prosím ahoj také ale ano co kde nebo smlouvu smlouva bychom"
    ),
    "ro": (
        "un o de la în pentru și nu este sunt am avem nevoie vreau vrem cum cât când pot putem nostru noastră "
        "bună ziua mulțumesc mulțumim vă rog dar da ce unde contract acord"
    ),
    "hu": (
        "a az egy és nem van hogy mennyi mikor szükségünk szükségem szeretnénk szeretnék lehet szerződés "
        "szerződésre jó napot köszönöm köszönjük kérem szia de igen mi hol"
    ),
    "fi": (
        "ja on ei me minä haluamme haluan tarvitsemme tarvitsen miten kuinka kauan milloin voiko voimmeko "
        "sopimus sopimuksen hei kiitos myös mutta kyllä mitä missä varten"
    ),
    "id": (
        "kami saya kita perlu memerlukan membutuhkan butuh untuk dan tidak bagaimana berapa lama kapan bisa "
        "apakah dengan ingin mau adalah perjanjian terima kasih halo selamat pagi siang ini itu yang"
    ),
    "vi": (
        "chúng tôi cần cho và không làm thế nào bao lâu khi có thể muốn với là hợp đồng thỏa thuận xin chào "
        "cảm ơn bạn của này"
    ),
}
SURE: Final = {
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
        "olá obrigado obrigada demora preciso precisamos queremos um uma você vocês gostaria não "
        "temos quero posso também "
        "nosso nossa oi"
    ),
    "nl": (
        "bedankt goedemorgen goedendag alstublieft wij hebben nodig willen hoe heb graag krijgen jullie onze "
        "afgewezen"
    ),
    "sv": "hej tack behöver hur jag och inte länge",
    "pl": "dzień dobry dziękuję proszę cześć potrzebuję potrzebujemy jak",
    "tr": "merhaba teşekkürler teşekkür nasıl istiyorum ihtiyacım için ihtiyacımız",
    "da": "tak hvordan hvornår jeg og ikke længe nej",
    "no": "trenger hvordan lenge jeg og ikke nei takk avtale",
    "cs": "potřebuji potřebujeme chceme můžeme máme děkuji prosím dobrý jsme jak smlouvu",
    "ro": "avem nevoie vrem pentru mulțumesc bună putem și este",
    "hu": "szükségünk szükségem szeretnénk szerződésre köszönöm hogyan nem egy",
    "fi": "tarvitsemme haluamme sopimuksen kiitos voimmeko miten",
    "id": "kami memerlukan membutuhkan perlu untuk bagaimana berapa terima kasih perjanjian",
    "vi": "chúng tôi cần không hợp đồng muốn",
}
UNITS: Final = {
    "no": (
        "no non nein não nao nee nej nei nie ne nu nem ei tidak không hayır hayir нет ні いいえ 不 不是 不用了 "
        "不用 아니요 لا",
        "nada más, nada mas, eso es todo, c'est tout, rien d'autre, das war alles, das ist alles, nichts mehr, "
        "das wars, das wärs, das reicht, c'est bon, c'est parfait, "
        "nichts weiter, è tutto, e tutto, niente altro, nient'altro, é tudo, e tudo, mais nada, dat is alles, "
        "dat was alles, niets meer, to wszystko, det var allt, to je vše, bu kadar, это всё, это все, 没有了",
    ),
    "thanks": (
        "gracias merci danke dank grazie obrigado obrigada bedankt tack tak takk dziękuję dziękuje teşekkürler "
        "dankeschön děkuji mulțumesc köszönöm kiitos شكرا спасибо дякую ありがとう "
        "ありがとうございます 谢谢 감사합니다",
        "terima kasih, cảm ơn, muchas gracias, mil gracias, merci beaucoup, merci bien, vielen dank, "
        "herzlichen dank, besten dank, danke schön, danke sehr, mille grazie, grazie mille, muito obrigado, "
        "muito obrigada, dank je, dank u, heel erg bedankt, tack så mycket, mange tak, mange takk, "
        "dziękuję bardzo, çok teşekkürler, teşekkür ederim, большое спасибо",
    ),
    "bye": (
        "adiós adios tschüss tschüs tschuss arrivederci tchau doei 再见 さようなら",
        "hasta luego, hasta pronto, au revoir, bonne journée, bonne soirée, à bientôt, auf wiedersehen, "
        "schönen tag, schönen tag noch, einen schönen tag, buona giornata, até logo, tot ziens, fijne dag, "
        "hej då, ha det, do widzenia, na shledanou, güle güle, iyi günler, до свидания, "
        "que tenga un buen día, buen día",
    ),
    "yes": (
        "sí si oui ja sì sim evet да так はい 是 是的 네 jo ano igen kyllä ya vâng نعم हाँ claro natürlich vale",
        "d'accord",
    ),
    "ok": (
        "super gut bien bueno entendido verstanden capito compris entendu "
        "perfecto perfetto parfait prima genial bom bene dobrze fint bra tamam хорошо 好 好的",
        "c'est noté, c'est compris, alles klar, va bene, de acuerdo, está bien, ça marche, tudo bem",
    ),
    "please": ("bitte please svp proszę prosím lütfen alstublieft alsjeblieft пожалуйста", ""),
}
"""What stands for an act in other languages: single words, and phrases."""

ALL: Final = listed(
    "ambos ambas beide beides entrambi entrambe oba obie båda begge ikisi obě ambele mindkettő molemmat keduanya оба "
    "两个 両方 둘"
)
ALL_PHRASES: Final = (
    "los dos",
    "las dos",
    "les deux",
    "tous les deux",
    "tutti e due",
    "os dois",
    "as duas",
    "alle beide",
    "cả hai",
)
NEITHER_PHRASES: Final = (
    " ni l un ni l autre ",
    " aucun des deux ",
    " aucune des deux ",
    " ninguno ",
    " ninguna de ",
    " ni uno ni otro ",
    " keins von beiden ",
    " keines von beiden ",
    " keine von beiden ",
    " keiner von beiden ",
    " weder noch ",
    " nessuno dei due ",
    " nessuna delle due ",
    " nenhum dos dois ",
    " nenhuma das duas ",
    " geen van beide ",
    " żadne z nich ",
)
ORDINALS: Final = (
    listed(
        "primero primera premier première erste ersten erster erstes primo prima primeiro primeira eerste första "
        "første первое первый первая 第一个 一つ目"
    ),
    listed(
        "segundo segunda second seconde deuxième zweite zweiten zweiter zweites secondo seconda tweede andra anden "
        "andre второе второй вторая 第二个 二つ目"
    ),
)
GREETINGS: Final = listed(
    "hola buenas buenos días dias tardes noches bonjour salut bonsoir hallo guten tag morgen buongiorno "
    "buonasera olá ola "
    "oi bom boa dia tarde noite goedemorgen goedendag hej cześć dzień dobry merhaba привет здравствуйте こんにちは "
    "你好 "
    "안녕하세요"
)
PERSONS: Final = {
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
TALKING: Final = listed(
    "hablar hable contactar parler contacter sprechen reden kontaktieren verbinden parlare falar praten spreken "
    "prata tala "
    "rozmawiać porozmawiać konuşmak görüşmek tale snakke"
)

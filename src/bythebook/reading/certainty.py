"""How sure the reader says it is, and how sure it must be. Acting on a wrong choice costs more than answering one."""

from __future__ import annotations

from typing import Final

LEXICON: Final = 0.98
"""A whole clause that the lexicon has, or an example word for word."""

TERM: Final = 0.96
"""A term of the document, wanted."""

REPORTED: Final = 0.94
RULE: Final = 0.92
"""A rule of this room that reads structure."""

LIKELY: Final = 0.85
"""A rule that is right more often than not by far."""

ACT_MIN: Final = {"encoded": 0.70, "lexical": 0.74}
"""Probability from which a choice that makes the routine act is taken without asking."""

HUMAN_MORE: Final = 0.05
"""How much more it takes to call for a person whom no word asked for."""

LINE_MIN: Final = 0.5
"""Probability from which a line is given for the asking: its function is called."""

REPORT_MIN: Final = 0.8
"""Probability from which a report that no rule recognised is taken for one."""

ANSWER_MIN: Final = {"encoded": 0.40, "lexical": 0.60}
"""Probability from which a question is answered."""

STATED_MIN: Final = 0.75
"""Probability from which what a customer states of themselves is answered beside what they ask for."""

AWAITED: Final = 4.0
"""How much likelier an answer is, where a question waits for it, than anything else that is said."""

OTHER_MIN: Final = {"encoded": 0.42, "lexical": 0.60}
"""Probability from which a message is somebody else's matter."""

ASK_MIN: Final = {"encoded": 0.25, "lexical": 0.28}
"""Probability from which a choice is worth asking about."""

AT_HAND_MIN: Final = 0.12
"""Probability from which a question about the way to something asks for a line of the step that was said last."""

NEAR_MIN: Final = {"encoded": 0.36, "lexical": 0.28}
"""Assurance (`head.Ranked`) below which probability counts for nothing."""

ASK_NEAR_MIN: Final = {"encoded": 0.33, "lexical": 0.24}
"""Similarity to some text of a choice, below which it is not asked about."""

VAGUE_NEAR_MIN: Final = {"encoded": 0.58, "lexical": 0.8}
"""Similarity below which a phrase that only names a thing is asked about before a sibling is acted on."""

FAR: Final = {"encoded": 0.33, "lexical": 0.0}
"""Similarity to every text of the release, below which a sentence is none of its matters."""

KNOWN_MIN: Final = 0.5
"""Share of a clause's words that the release knows, below which the lexical head alone is not believed."""

UNDECIDED: Final = 0.5
"""Two that are equally likely."""

FAR_AWAY: Final = 0.6
"""A sentence that is near nothing of the release."""

MOVE_MIN: Final = 0.55
"""Probability of what a clause does (`moves`), from which it counts."""

MOVE_SURE: Final = 0.75
"""The same, where it is acted on."""

MOVE_PLAIN: Final = 0.85
"""The same, where it goes before what the clause names."""

MOVE_ALONE: Final = 0.95
"""The same, where nothing else is left that it could do."""

MOVE_LEFT: Final = 0.25
"""Probability that what a clause does allows a choice, below which the head alone is not believed."""

SAME_NEAR_MIN: Final = 0.75
"""Nearness to a text of the release from which that text is what is said, whatever else it sounds like."""

LIKELIEST: Final = 0.5
"""Probability above which no other choice is as likely."""

MOVE_WORDS_MIN: Final = 2
"""Words of a clause below which what it does is not told by them."""

ABOUT_MIN: Final = 0.5
"""Nearness to a question of the article from which a question about what was just given is that question."""

NEGATED_NEAR_MIN: Final = {"encoded": 0.62, "lexical": 0.5}
"""The same, of a clause with a not in it, from which that text denies what the clause denies."""

LOOSE_MAX: Final = 0.55
"""Nearness below which what a customer says of themselves is no choice beside a question that they ask."""

PLAIN_MIN: Final = 0.9
"""Probability from which the head has no doubt."""

PLAIN_ASSURED: Final = 0.6
"""Assurance from which it is believed against a rule."""

ASKED_MIN: Final = 0.6
"""Probability that any answer of the article is meant, from which what was just given is asked about, not for."""

HARDLY: Final = 0.05
"""Probability up to which the head does not think of a choice."""

MOVE_AGREED: Final = 0.4
"""The same for what is easily taken for something else: the status of a request, the wish for a person."""

COMPLAINT_MIN: Final = 0.65
"""Probability from which what is said besides everything else is a complaint."""

"""What people say to any assistant, by choice: shipped examples for what no document spells out.

They teach the head what is not the document's matter; the author's examples teach it what is.
"""

from __future__ import annotations

from typing import Final

from bythebook.engine.choice import COMPLAINT, HUMAN, OFF_TOPIC, REPEAT, REQUEST_STATUS

PROTOTYPES: Final = {
    HUMAN: (
        "I want to talk to a real person",
        "connect me with a support representative",
        "is there somebody I can speak to on the phone",
        "please let one of your colleagues take over",
    ),
    COMPLAINT: (
        "this is ridiculous, you are no help at all",
        "I am really frustrated with this service",
        "your answers are useless",
    ),
    REPEAT: ("can you say that again", "what was your question"),
    REQUEST_STATUS: (
        "we sent our application two weeks ago and nobody answered",
        "what is the status of my request",
        "our request was approved, what do we do now",
        "still waiting for your decision",
        "another company we work with was turned down",
    ),
    OFF_TOPIC: (
        "what is the weather like today",
        "tell me a joke",
        "I was charged twice on my credit card",
        "I want a refund for my subscription",
        "I cannot log into my account",
        "the service is down and I get errors",
        "how much does it cost per month",
        "write me a poem about cats",
        "who won the game last night",
        "do you have any job openings",
        "where is my order",
        "which of your products is the best",
        "can you help me debug my code",
        "what is your name, are you a robot",
        "please sign our non-disclosure agreement",
        "how do you train your models",
        "I want to invest in your company",
        "what time is it in Tokyo",
        "how do I change my email address",
        "recommend me a restaurant",
        "we would like to write a newspaper article about you",
        "how do I export my data",
    ),
}

"""Whoever a document serves, by the nouns that support teams use for them."""

from __future__ import annotations

from typing import Final

NOUNS: Final = (
    *("customer", "user", "client", "caller", "guest", "member", "patient", "student", "visitor", "buyer", "seller"),
    *("shopper", "tenant", "resident", "passenger", "traveler", "traveller", "applicant", "subscriber", "cardholder"),
    *("policyholder", "policy holder", "account holder", "requester", "donor", "learner", "citizen", "parent"),
    *(
        "borrower",
        "pupil",
        "householder",
        "homeowner",
        "leaseholder",
        "claimant",
        "taxpayer",
        "participant",
        "attendee",
    ),
    *("enquirer", "inquirer", "complainant", "carer", "caregiver", "motorist", "rider", "candidate", "consumer"),
)
PEOPLE: Final = "|".join(NOUNS)
"""The nouns as alternatives of a pattern."""

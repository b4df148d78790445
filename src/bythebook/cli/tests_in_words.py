"""What decides a condition, as an author would write it."""

from __future__ import annotations

import json

from bythebook.routine.model import All, Any, Compare, Not, Outcome, Test, Told


def tested(test: Test) -> str:
    """Return a test as an author would write it."""
    match test:
        case Outcome(function=function, name=name):
            return f"the outcome {name} of {function}"
        case Compare(name=name, operator=operator, value=value):
            return f"{name} {operator} {json.dumps(value, ensure_ascii=False)}"
        case Told(function=function, value=value):
            return f"{function} tells “{value}”"
        case Not(test=inner):
            return f"not ({tested(inner)})"
        case All(tests=tests):
            return " and ".join(tested(one) for one in tests)
        case Any(tests=tests):
            return " or ".join(tested(one) for one in tests)

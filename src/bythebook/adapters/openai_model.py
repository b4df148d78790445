"""A language model behind any OpenAI-compatible endpoint: one call, one deadline, whatever the server does.

The answer is read as a stream of bytes, so that neither a body that trickles in nor one without end can hold a turn
up, and the client's own retries are off: the breaker and the local reader stand behind a failure.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass
from typing import Any, Final

from openai import APIStatusError, APITimeoutError, OpenAI, OpenAIError

from bythebook.adapters.breaker import Breaker
from bythebook.reading.model import ModelAnswer, ModelUnavailable

ANSWER_BYTES_MAX: Final = 65_536
"""A longer answer is cut off and counts as none."""

CALLS_AT_ONCE_MAX: Final = 8
"""Questions that may be open at a time; one more is not asked."""

ANSWER_TOKENS_MAX: Final = 200
"""What an answer may cost: some ids."""

REFUSED: Final = (400, 404, 422, 500, 501)
"""With which servers answer a request that has a field they do not know."""

FORMS: Final = ("store off, schema", "schema", "JSON with a schema beside it", "plain")
"""The forms of a request, plainer each time: the next one is tried until one has worked."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is, and how it is asked."""

    url: str
    model: str
    key: str
    deadline_s: float
    strict: bool = False
    """The server knows `strict` schemas and holds its model to them."""

    def __repr__(self) -> str:
        return f"Endpoint({self.url!r}, {self.model!r}, key=***)"


class OpenAIModel:
    """Implements the LanguageModel port."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._client = OpenAI(
            base_url=endpoint.url, api_key=endpoint.key or "none", timeout=endpoint.deadline_s, max_retries=0
        )
        self._breaker = Breaker(time.monotonic)
        self._open = threading.BoundedSemaphore(CALLS_AT_ONCE_MAX)
        self._workers = ThreadPoolExecutor(CALLS_AT_ONCE_MAX, thread_name_prefix="model")
        self._form = 0
        self._forms_left = len(FORMS) - 1
        """Plainer forms to try yet; none any more once one has worked."""

    @property
    def name(self) -> str:
        return self._endpoint.model

    def ask(self, instructions: str, question: str, schema: Mapping[str, object]) -> ModelAnswer:
        """Return what the model wrote; raise ModelUnavailable at the latest when the deadline has passed."""
        if not self._breaker.lets_through():
            raise ModelUnavailable("it failed several times in a row, and is left alone for a while")
        if not self._open.acquire(blocking=False):
            raise ModelUnavailable(f"{CALLS_AT_ONCE_MAX} questions are open already")
        began = time.monotonic()
        asked = self._workers.submit(self._held, self._request(instructions, question, schema), began)
        try:
            answer = asked.result(timeout=self._endpoint.deadline_s)
        except (OpenAIError, Late, ValueError, RecursionError, OSError) as failure:
            if not self._plainer(failure):
                self._breaker.failed()
            raise ModelUnavailable(self._why(failure), _since(began)) from failure
        self._breaker.succeeded()
        return answer

    def _request(self, instructions: str, question: str, schema: Mapping[str, object]) -> dict[str, Any]:
        asked = {"name": "reading", "schema": dict(schema), **({"strict": True} if self._endpoint.strict else {})}
        request: dict[str, Any] = {
            "model": self._endpoint.model,
            "messages": [{"role": "system", "content": instructions}, {"role": "user", "content": question}],
            "temperature": 0,
            "max_tokens": ANSWER_TOKENS_MAX,
        }
        match FORMS[self._form]:
            case "store off, schema":
                request |= {"store": False, "response_format": {"type": "json_schema", "json_schema": asked}}
            case "schema":
                request |= {"response_format": {"type": "json_schema", "json_schema": asked}}
            case "JSON with a schema beside it":
                request |= {"response_format": {"type": "json_object", "schema": dict(schema)}}
            case _:
                pass
        return request

    def _held(self, request: dict[str, Any], began: float) -> ModelAnswer:
        try:
            answer = self._answer(request, began)
            self._forms_left = 0
            return answer
        finally:
            self._open.release()

    def _answer(self, request: dict[str, Any], began: float) -> ModelAnswer:
        body = bytearray()
        with self._client.chat.completions.with_streaming_response.create(**request) as response:
            for piece in response.iter_bytes():
                body += piece
                if len(body) > ANSWER_BYTES_MAX:
                    raise ValueError(f"the answer is longer than {ANSWER_BYTES_MAX:,} bytes")
                if time.monotonic() - began > self._endpoint.deadline_s:
                    raise ValueError("the answer came too slowly")
        return _told(json.loads(body), _since(began))

    def _plainer(self, failure: Exception) -> bool:
        """Whether the failure may be one of form: then the next message is asked about more plainly."""
        if not isinstance(failure, APIStatusError) or failure.status_code not in REFUSED or not self._forms_left:
            return False
        self._form, self._forms_left = self._form + 1, self._forms_left - 1
        return True

    def _why(self, failure: Exception) -> str:
        if isinstance(failure, Late | APITimeoutError):
            return f"no answer within {self._endpoint.deadline_s:g} s"
        if isinstance(failure, APIStatusError):
            return f"the server answered {failure.status_code}"
        return f"{type(failure).__name__}: {str(failure)[:200]}"


def _told(body: object, milliseconds: int) -> ModelAnswer:
    """Return the answer in a completion; raise ValueError for anything else."""
    try:
        text = body["choices"][0]["message"]["content"]  # type: ignore[index]
        usage = body.get("usage") or {}  # type: ignore[attr-defined]
        tokens = [usage.get(name) for name in ("prompt_tokens", "completion_tokens")]
    except (AttributeError, IndexError, KeyError, TypeError) as failure:
        raise ValueError("the server's answer is no completion") from failure
    if not isinstance(text, str):
        raise ValueError("the completion holds no text")
    tokens_in, tokens_out = (count if type(count) is int and count >= 0 else 0 for count in tokens)
    return ModelAnswer(text, milliseconds, tokens_in, tokens_out)


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)

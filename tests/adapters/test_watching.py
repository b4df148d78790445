"""What is counted and traced: the work, never a word of a customer, never the id of a case."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence

from fastapi.testclient import TestClient
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExporter, SpanExportResult

from bythebook.adapters.json_logs import JsonFormatter
from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.metrics import Metrics
from bythebook.adapters.tracing import Traces
from bythebook.adapters.witnessed import Witnesses
from bythebook.bootstrap import build_installation
from bythebook.service.conversation import Conversation
from bythebook.service.timers import Timers
from bythebook.serving import watching
from bythebook.settings import Settings
from bythebook.web.app import create_app
from bythebook.web.context import WebContext

TEXT = "BAA for the API, says Zebulon"


class Kept(SpanExporter):
    """Keeps spans."""

    def __init__(self) -> None:
        self.spans: list[ReadableSpan] = []

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Keep them."""
        self.spans += spans
        return SpanExportResult.SUCCESS


def test_metrics_count_work_and_know_no_text_and_no_case() -> None:
    settings = Settings(reader="lexicon", metrics=True)
    watch = watching(settings)
    assert isinstance(watch.metrics, Metrics)
    installation = build_installation(settings, watch.counted(MemoryStore()), witness=watch.witness)
    conversation = Conversation(installation.runner)
    context = WebContext(conversation, Timers(installation.runner), metrics=watch.metrics)
    with TestClient(create_app(context)) as client:
        case = client.post("/v1/cases").json()
        headers = {"Authorization": f"Bearer {case['token']}", "Idempotency-Key": "1"}
        client.post(f"/v1/cases/{case['case']}/messages", json={"text": TEXT}, headers=headers)
        shown = client.get("/metrics")
    assert shown.headers["content-type"].startswith("text/plain")
    lines = dict(line.rsplit(" ", 1) for line in shown.text.splitlines() if not line.startswith("#"))
    assert lines['bythebook_events_total{kind="CustomerSaid"}'] == "1.0"
    assert lines['bythebook_readings_total{unsure="no"}'] == "1.0"
    call = '{name="provide_list_of_zero_retention_endpoints",work="call"}'
    assert lines[f"bythebook_work_seconds_count{call}"] == "1.0"
    assert lines['bythebook_work_seconds_count{name="MessageRead",work="append"}'] == "1.0"
    assert lines["bythebook_cases_owed"] == "0.0"
    assert "Zebulon" not in shown.text and case["case"] not in shown.text and case["token"] not in shown.text


def test_without_metrics_there_is_no_such_page() -> None:
    assert watching(Settings()).witness is None
    installation = build_installation(Settings(reader="lexicon"), MemoryStore())
    context = WebContext(Conversation(installation.runner), Timers(installation.runner))
    with TestClient(create_app(context)) as client:
        assert client.get("/metrics").status_code == 404


def test_traces_name_the_work_and_no_text() -> None:
    kept = Kept()
    traces, metrics = Traces(SimpleSpanProcessor(kept)), Metrics()
    witness = Witnesses(metrics, traces)
    runner = build_installation(Settings(reader="lexicon"), MemoryStore(), witness=witness).runner
    conversation = Conversation(runner)
    case = conversation.open().case_id
    conversation.say(case, TEXT, "1")
    traces.close()
    names = [(span.name, (span.attributes or {}).get("bythebook.name")) for span in kept.spans]
    assert ("bythebook append", "MessageRead") in names
    assert ("bythebook call", "provide_list_of_zero_retention_endpoints") in names
    assert ("bythebook reading", "lexicon") in names
    told = "".join(span.to_json() for span in kept.spans)
    assert "Zebulon" not in told and case not in told


def test_a_json_line_tells_where_an_error_is_and_not_what_it_says() -> None:
    try:
        raise ValueError("Zebulon said so")
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "case %s", ("c",), (type(error), error, None))
        record.exc_info = (type(error), error, error.__traceback__)
    line = json.loads(JsonFormatter().format(record))
    assert (line["level"], line["message"], line["error"]) == ("error", "case c", "ValueError")
    assert line["where"][0].startswith("test_watching.py:")
    assert "Zebulon" not in json.dumps(line)

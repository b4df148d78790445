"""OpenTelemetry traces: a span for each append, look, reading, call and notice. No text, no id of a case is in one.

Where they go is set as everywhere: `OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_SERVICE_NAME` and the like.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Final

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor


class Traces:
    """A witness that traces."""

    def __init__(self, processor: SpanProcessor | None = None) -> None:
        self._provider: Final = TracerProvider(resource=Resource.create({"service.name": "bythebook"}))
        self._provider.add_span_processor(processor or BatchSpanProcessor(OTLPSpanExporter()))
        self._tracer: Final = self._provider.get_tracer("bythebook")

    def during(self, work: str, name: str) -> AbstractContextManager[object]:
        """Trace the work; an error is named by its type, for its message may hold what is private."""
        attributes = {"bythebook.name": name} if name else {}
        return self._tracer.start_as_current_span(
            f"bythebook {work}", attributes=attributes, record_exception=False, set_status_on_exception=False
        )

    def close(self) -> None:
        """Send what is left."""
        self._provider.shutdown()

"""The figures of a time and a document line by line, from counters: sums, spans, classes, charts, rows of a table."""

from __future__ import annotations

from datetime import date

import pytest

from bythebook.drawing.charts import Bar, row_bar, scale, stacked
from bythebook.routine.wording import Release
from bythebook.service.heat import heat_map, marked
from bythebook.service.overview import HEADS, Known, Span, SpanWrong, as_rows, figures, share, span_of
from bythebook.service.tallies import Key, Kind, Standing

TODAY = date(2026, 1, 31)
JANUARY = Span(date(2026, 1, 1), TODAY)
NAMES = {"a": "agreement", "b": "agreement", "c": "club"}


def key(release: str, kind: Kind, label: str = "", day: str = "2026-01-05") -> Key:
    return Key(release, kind.value, label, day)


SUMS = {
    key("a", Kind.STANDING, Standing.RESOLVED.value): 3,
    key("b", Kind.STANDING, Standing.LEFT.value, "2026-01-06"): 2,
    key("c", Kind.STANDING, Standing.OPEN.value, "2026-01-31"): 1,
    key("c", Kind.STANDING, Standing.SILENT.value): 7,
    key("a", Kind.HUMAN): 1,
    key("a", Kind.MESSAGES): 9,
    key("a", Kind.READ, "1a"): 8,
    key("a", Kind.MISSED, "1a"): 2,
    key("a", Kind.MEANT, "step:2"): 4,
    key("b", Kind.MEANT, "step:2"): 1,
    key("c", Kind.MEANT, "article:1"): 5,
    key("a", Kind.FIRST_ANSWER, "50"): 8,
    key("a", Kind.FIRST_ANSWER, "1000"): 1,
    key("a", Kind.FIRST_ANSWER, "longer"): 1,
}


def test_each_case_is_in_one_place_and_silent_ones_apart() -> None:
    found = figures(JANUARY, SUMS, Known(NAMES))
    assert found.cases == 6
    assert found.silent == 7
    assert sum(group.total for group in found.groups) == 6
    assert len(found.groups) == 31
    assert [one.name for one in found.documents] == ["agreement", "club"]
    assert found.documents[0].cases == 5 and found.documents[0].humans == 1
    assert (found.read, found.missed, found.messages) == (8, 2, 9)


def test_the_same_words_in_two_releases_are_one_question() -> None:
    found = figures(JANUARY, SUMS, Known(NAMES))
    assert [(one.document, one.words, one.count) for one in found.questions] == [
        ("agreement", "step:2", 5),
        ("club", "article:1", 5),
    ]


def test_a_class_is_as_exact_as_it_is() -> None:
    classed = figures(JANUARY, SUMS, Known(NAMES)).first_answer
    assert classed.half == "at most 50 ms"
    assert classed.nine_of_ten == "at most 1 s"
    assert classed.total == 10
    assert dict(classed.classes)["more than 10 minutes"] == 1


def test_nothing_is_nothing() -> None:
    found = figures(JANUARY, {}, Known({}))
    assert (found.cases, found.first_answer.half, found.questions) == (0, "", ())
    assert share(0, 0) == "–"


def test_long_spans_are_shown_by_the_week() -> None:
    found = figures(Span(date(2025, 11, 1), TODAY), SUMS, Known(NAMES))
    assert found.by_week
    assert found.groups[-1].last == TODAY
    assert sum(group.total for group in found.groups) == 6


@pytest.mark.parametrize(
    ("first", "last", "wrong"),
    [
        ("2026-02-01", "2026-01-01", "turn them round"),
        ("soon", "", "write days"),
        ("0001-01-01", "", "at most"),
        ("", "0001-01-01", "write days"),
    ],
)
def test_days_that_make_no_span_are_told(first: str, last: str, wrong: str) -> None:
    with pytest.raises(SpanWrong, match=wrong):
        span_of(first, last, TODAY)


def test_without_days_it_is_the_last_four_weeks() -> None:
    assert span_of("", "", TODAY) == Span(date(2026, 1, 4), TODAY)


def test_every_number_is_in_the_table() -> None:
    rows = list(as_rows(figures(JANUARY, SUMS, Known(NAMES)), ""))
    assert all(len(row) == len(HEADS) for row in rows)
    assert ("cases", "", "", "2026-01-01", "2026-01-31", "6") in rows
    assert ("cases by standing", "", "left unserved", "2026-01-06", "2026-01-06", "2") in rows
    assert ("asked for", "agreement", "step:2", "2026-01-01", "2026-01-31", "5") in rows


@pytest.mark.parametrize(("highest", "marks"), [(0, (0, 1)), (1, (0, 1)), (4, (0, 1, 2, 3, 4)), (9, (0, 5, 10))])
def test_charts_begin_at_zero_and_end_above_the_highest_bar(highest: int, marks: tuple[int, ...]) -> None:
    assert scale(highest) == marks


@pytest.mark.parametrize("highest", [17, 99, 100, 12_345, 999_999])
def test_a_scale_has_few_marks(highest: int) -> None:
    marks = scale(highest)
    assert marks[0] == 0 and marks[-1] >= highest and len(marks) <= 6


def test_a_chart_escapes_what_it_is_given() -> None:
    drawn = stacked("<b>", "a & b", [Bar("<i>", '"x"', (1, 2))], ["one", "two"], "x")
    assert "<b>" not in drawn and "<i>" not in drawn and "a &amp; b" in drawn
    assert drawn.count("<rect") == 3
    assert 'width="50%"' in row_bar(1, 2)
    assert 'width="0%"' in row_bar(1, 0)


def test_a_document_line_by_line(baa: Release) -> None:
    def of(kind: Kind, label: str) -> Key:
        return Key(baa.digest, kind.value, label, "")

    found = heat_map(
        baa,
        {
            of(Kind.STANDING, Standing.LEFT.value): 10,
            of(Kind.STANDING, Standing.SILENT.value): 5,
            of(Kind.REACHED, "1a"): 9,
            of(Kind.REACHED, "2e.i"): 4,
            of(Kind.CALLED, "provide_list_of_zero_retention_endpoints"): 4,
            of(Kind.FAILED, "provide_list_of_zero_retention_endpoints"): 1,
            of(Kind.LEFT, "1a"): 3,
            of(Kind.READ, "1a"): 12,
            of(Kind.MISSED, "1a"): 6,
            Key("another", Kind.REACHED.value, "3a", ""): 99,
        },
    )
    by_label = {heat.label: heat for line in found.lines for heat in line.heats}
    assert "\n".join(line.text for line in found.lines) == baa.document.text
    assert found.cases == 10
    assert (by_label["1a"].reached, by_label["1a"].left, by_label["1a"].missed) == (9, 3, 6)
    assert by_label["2"].reached == 4, "a step counts as its most reached line"
    assert (by_label["2e.i"].calls, by_label["2e.i"].failed) == (4, 1)
    assert "3a" in {label for _, label in found.never} and "1a" not in {label for _, label in found.never}
    assert found.strength(10) == 5 and found.strength(1) == 1 and found.strength(0) == 0


def test_one_case_marks_its_lines(baa: Release) -> None:
    found = marked(baa, frozenset({"2", "2a", "article:2"}))
    reached = {heat.label for line in found.lines for heat in line.heats if heat.reached}
    assert reached == {"2", "2a", "article:2"}

"""Results of conversation tests as JUnit XML, which build servers read."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from bythebook.cli.suites import Played


def junit(played: Sequence[Played]) -> str:
    """Return one `testsuite` for each file, one `testcase` for each conversation."""
    root = Element("testsuites", name="bythebook test")
    for one in played:
        for file in one.suite.files:
            results = [result for result in one.results if result.file == file]
            failed = sum(result.departure is not None for result in results)
            seconds = f"{sum(result.seconds for result in results):.3f}"
            suite = SubElement(
                root, "testsuite", name=str(file), tests=str(len(results)), failures=str(failed), time=seconds
            )
            for result in results:
                case = SubElement(
                    suite,
                    "testcase",
                    classname=file.stem,
                    name=_clean(result.script.title),
                    file=str(file),
                    line=str(result.script.line),
                    time=f"{result.seconds:.3f}",
                )
                if result.departure is not None:
                    failure = SubElement(case, "failure", message=f"line {result.departure.line}")
                    failure.text = _clean(str(result.departure))
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _clean(text: str) -> str:
    """Return the text without what XML cannot hold."""
    return "".join(char for char in text if char in "\t\n" or (char >= " " and not "\ud800" <= char <= "\udfff"))

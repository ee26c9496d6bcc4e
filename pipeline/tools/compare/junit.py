"""What a check says as JUnit XML, which CI systems show: a suite for each folder, a test case for each sample."""

import re
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from pipeline.tools.compare.samples import Checked

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_junit(checked: Sequence[Checked], path: Path) -> None:
    """Write the report; an `OSError` where it cannot be written."""
    by_folder = attrgetter("path.parent")
    suites = Element("testsuites", _counts(checked))
    for folder, of_folder in groupby(sorted(checked, key=by_folder), key=by_folder):
        samples = list(of_folder)
        suite = SubElement(suites, "testsuite", {"name": _xml(folder.name or "samples"), **_counts(samples)})
        for sample in samples:
            names = {"classname": _xml(folder.as_posix()), "name": _xml(sample.path.name)}
            case = SubElement(suite, "testcase", names)
            if not sample.is_right:
                SubElement(case, "failure", {"message": _xml(sample.summary())}).text = _xml(sample.text())
    indent(suites)
    ElementTree(suites).write(path, encoding="utf-8", xml_declaration=True)


def _counts(samples: Sequence[Checked]) -> dict[str, str]:
    failures = sum(not sample.is_right for sample in samples)
    return {"tests": str(len(samples)), "failures": str(failures), "errors": "0"}


def _xml(text: str) -> str:
    """Text without the signs that XML has no way to write."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)

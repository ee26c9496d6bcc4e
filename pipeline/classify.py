"""The document's form: by the titles that parsers declare, else by their blocks."""

from rapidfuzz import fuzz

from normalizers.look_alikes import folded
from parsers import UNKNOWN, Form, forms
from pipeline.likeness import CLOSE
from pipeline.model import Pages
from pipeline.openings import opened_blocks


def classify(document: Pages) -> Form:
    """The form whose title the document prints most often; `UNKNOWN` where it is none of ours."""
    titles = [
        folded(document.text[line.start : line.end])[0]
        for page in document.pages
        for line in page.lines
        if line.role == "title"
    ]
    ranked = [(sum(_is_titled(title, form) for title in titles), form) for form in forms()]
    best, form = max(ranked, key=lambda scored: scored[0], default=(0, UNKNOWN))
    return form if best else _by_blocks(document)


def _by_blocks(document: Pages) -> Form:
    """The form most of whose blocks a document prints, where it has no title or OCR lost it."""
    known = [form for form in forms() if not form.mentions or any(word in document.text for word in form.mentions)]
    scored = [(opened_blocks(document, form) / form.least_blocks, form) for form in known]
    best, form = max(scored, key=lambda one: one[0], default=(0.0, UNKNOWN))
    return form if best >= 1 else UNKNOWN


def _is_titled(printed: str, form: Form) -> bool:
    return any(fuzz.ratio(printed, folded(title)[0]) >= CLOSE for title in form.titles)

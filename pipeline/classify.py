"""The document's form, by the titles that parsers declare."""

from rapidfuzz import fuzz

from normalizers.look_alikes import folded
from parsers import UNKNOWN, Form, forms
from pipeline.likeness import CLOSE
from pipeline.model import Pages


def classify(document: Pages) -> Form:
    """The form whose title the document prints most often; `UNKNOWN` where it prints none."""
    titles = [
        folded(document.text[line.start : line.end])[0]
        for page in document.pages
        for line in page.lines
        if line.role == "title"
    ]
    ranked = [(sum(_is_titled(title, form) for title in titles), form) for form in forms()]
    best, form = max(ranked, key=lambda scored: scored[0], default=(0, UNKNOWN))
    return form if best else UNKNOWN


def _is_titled(printed: str, form: Form) -> bool:
    return any(fuzz.ratio(printed, folded(title)[0]) >= CLOSE for title in form.titles)

"""What forms declare: parser, template and samples share a name; a label survives repair, means one column, is seen."""

from collections.abc import Iterator
from importlib import import_module
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest

from normalizers.fuzzy_match import folded
from normalizers.text import compact
from parsers import UNKNOWN, Form, forms
from parsers.base import (
    Block,
    Bullets,
    Entries,
    Labelled,
    LabelledRows,
)
from parsers.declarations import slips_of
from parsers.declarations.rules import pattern_slips
from parsers.openers import Heading, NumberedName
from parsers.phrases import wordings_of
from pipeline.document.repair import repair
from pipeline.model import CopyBlock, Span
from schemas.base import Choice, Label, Table, columns_with
from tests.support.small_report import split_of

ROOT = Path(__file__).parents[1]
BLOCKS = [pytest.param(form, block, id=f"{form.name}.{block.name}") for form in forms() for block in form.blocks]


class Printed(NamedTuple):
    """Words that a form prints, any of `names`, what they stand for, and the object that declares them."""

    form: str
    means: str
    names: tuple[str, ...]
    label: object


def printed_words(form: Form) -> Iterator[Printed]:
    """All words that a form declares: titles, openers, labels, sub-heads and phrases of choices."""
    yield from (Printed(form.name, "title", (title,), title) for title in form.titles)
    for block in form.blocks:
        yield from _openers(form.name, block)
        yield from _labels(form.name, block)


def _openers(form: str, block: Block) -> Iterator[Printed]:
    for opener in block.opens:
        words = (opener.word,) if isinstance(opener, NumberedName) else wordings_of(opener)
        yield from (Printed(form, f"{block.name} opens by {one}", (one,), opener) for one in words)


def _labels(form: str, block: Block) -> Iterator[Printed]:
    for reads in block.readings:
        match reads:
            case LabelledRows(labels=labels) | Bullets(sub_heads=labels):
                yield from (Printed(form, f"{block.name}.{key}", names, names) for key, names in labels.items())
            case Labelled(model) | Entries(model):
                for column, label in columns_with(model, Label).items():
                    yield Printed(form, f"{block.name}.{column}", label.names, label)


def choices(form: Form) -> Iterator[Printed]:
    """Each option of each choice."""
    for block in form.blocks:
        for model in models_of(block):
            for column, choice in columns_with(model, Choice).items():
                for option, phrases in choice.phrases.items():
                    yield Printed(form.name, f"{block.name}.{column}.{option}", phrases, phrases)


def models_of(block: Block) -> list[type[Table]]:
    return [reads.model for reads in block.readings]


WORDS = [
    pytest.param(words, id=f"{words.form}: {words.means}")
    for form in forms()
    for words in (*printed_words(form), *choices(form))
]


def samples_of(form: str) -> list[str]:
    """The samples' letters, repaired, without blanks and dots."""
    paths = sorted((ROOT / "samples" / form).glob("*.txt"))
    return [compact(repair(path.read_text(encoding="utf-8")).text) for path in paths]


def is_seen(words: Printed) -> bool:
    return any(compact(name) in text for name in words.names for text in samples_of(words.form))


def modules(folder: str) -> set[str]:
    vocabulary = {"__init__", "attachments", "base", "blocks", "openers", "phrases", "tables", "unknown", "wordings"}
    return {path.stem for path in (ROOT / folder).glob("*.py")} - vocabulary


def test_parsers_templates_and_samples_share_their_names() -> None:
    samples = {path.name for path in (ROOT / "samples").iterdir() if path.is_dir()}
    assert modules("parsers") == modules("schemas/forms") == samples


def test_every_parser_module_is_found_and_named_as_its_module() -> None:
    assert [form.name for form in forms()] == sorted(modules("parsers"))
    assert UNKNOWN.name not in modules("parsers")
    for form in forms():
        declared: Form = import_module(f"parsers.{form.name}").FORM
        assert (form.titles, form.blocks) == (declared.titles, declared.blocks)


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.name)
def test_no_two_options_share_a_phrase(form: Form) -> None:
    for one, other in combinations(choices(form), 2):
        assert {folded(name) for name in one.names}.isdisjoint(folded(name) for name in other.names), (one, other)


@pytest.mark.parametrize(("form", "block"), BLOCKS)
def test_no_two_labels_of_a_block_share_words(form: Form, block: Block) -> None:
    for one, other in combinations(_labels(form.name, block), 2):
        shared = {folded(name) for name in one.names} & {folded(name) for name in other.names}
        assert not shared or one.label == other.label, (one, other)


def test_every_form_is_declared_rightly_and_so_are_its_patterns() -> None:
    assert slips_of(forms()) == []
    assert [slip.line(form.name) for form in (*forms(), UNKNOWN) for slip in pattern_slips(form)] == []


@pytest.mark.parametrize("words", WORDS)
def test_declared_words_survive_repair_unchanged(words: Printed) -> None:
    for name in words.names:
        assert repair(name).text == name
        assert repair(f"{name} : {name}").text == f"{name} : {name}"


@pytest.mark.parametrize("words", WORDS)
def test_declared_words_are_tidy_and_differ(words: Printed) -> None:
    assert words.names
    assert all(name == " ".join(name.split()) and folded(name) for name in words.names)
    assert len({compact(name) for name in words.names}) == len(words.names)


SEEN = [pytest.param(words, id=f"{words.form}: {words.means}") for form in forms() for words in printed_words(form)]


@pytest.mark.parametrize("words", SEEN)
def test_declared_words_occur_in_a_sample_or_open_their_block_in_the_place_of_others(words: Printed) -> None:
    if not is_seen(words):
        assert isinstance(words.label, Heading), f"no sample of {words.form} prints any of {words.names}"
        text, block = in_place_of_another(words, words.label)
        found = split_of(text)
        opened = [one for _, one in found.blocks() if one.declaration.name == block]
        assert any(words.names[0] in found.document.text[slice(*span)] for one in opened for span in beginnings(one)), (
            text
        )


def beginnings(block: CopyBlock) -> list[Span]:
    """Where the headings of a block stand, and its first words, for a heading may be part of what it says."""
    return [*block.headings, *block.pieces[:1]]


def in_place_of_another(words: Printed, heading: Heading) -> tuple[str, str]:
    """A sample that prints another wording of a block's heading, with this one in its place, and the name of the block.

    What may stand behind every form is put behind a sample, in bold where it is no heading unless it is set apart.
    """
    name = words.means.partition(" opens by ")[0]
    attached = f"**{words.names[0]}**" if heading.is_set_apart else words.names[0]
    paths = sorted((ROOT / "samples" / words.form).glob("*.txt"))
    own = (block for form in forms() if form.name == words.form for block in form.blocks)
    if any(block.name == name and block.is_attached for block in own):
        return f"{paths[0].read_text(encoding='utf-8')}\n\n{attached}\nภาพที่ 1 วันเปิดงาน\n", name
    for path in paths:
        found = split_of(path.read_text(encoding="utf-8"))
        for _, block in found.blocks():
            name, text = block.declaration.name, found.document.text
            alike = [
                one for one in block.declaration.opens if isinstance(one, Heading) and one.is_text == heading.is_text
            ]
            others = (*heading.wordings, *(other for one in alike for other in one.wordings))
            for printed in sorted(others, key=len, reverse=True) if words.means.startswith(f"{name} opens by") else ():
                starts = [text.find(printed, *span) for span in beginnings(block)]
                if (start := max(starts, default=-1)) >= 0:
                    return text[:start] + words.names[0] + text[start + len(printed) :], name
    pytest.fail(f"no sample of {words.form} prints any wording of {heading.wordings}")


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.name)
def test_every_choice_occurs_in_a_sample_with_one_of_its_options(form: Form) -> None:
    seen = {words.means.rsplit(".", 1)[0] for words in choices(form) if is_seen(words)}
    assert seen == {words.means.rsplit(".", 1)[0] for words in choices(form)}


def test_the_template_modules_hold_only_models_of_tables() -> None:
    for name in modules("schemas/forms"):
        module = import_module(f"schemas.forms.{name}")
        own = [
            found for found in vars(module).values() if isinstance(found, type) and found.__module__ == module.__name__
        ]
        assert own
        assert all(issubclass(found, Table) for found in own)
        assert all(found.__doc__ for found in own)

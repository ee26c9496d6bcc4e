"""What forms declare: parser, template and samples share a name; a label survives repair, means one column, is seen."""

import re
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
    Calendar,
    Entries,
    Grid,
    Labelled,
    LabelledRows,
    Links,
    Priced,
    Reading,
    SingleField,
    Steps,
    Total,
    WholeText,
)
from parsers.openers import Heading, Headline, Numbered, NumberedName, Phrase
from pipeline.document.repair import repair
from pipeline.document.split.openings import worded_blocks
from schemas import TABLES
from schemas.base import Choice, FirstInBlock, Label, Table, columns_with

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
        match opener:
            case Heading(number, wording):
                yield Printed(form, f"{block.name} opens {number}", (f"{number} {wording}",), opener)
            case Numbered(words) | Phrase(words) | NumberedName(words):
                yield Printed(form, f"{block.name} opens", (words,), opener)
            case Headline(wordings):
                yield from (Printed(form, f"{block.name} opens by {words}", (words,), opener) for words in wordings)


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
    return {path.stem for path in (ROOT / folder).glob("*.py")} - {"__init__", "base", "openers", "unknown"}


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
def test_a_form_has_a_title_or_many_headings_and_blocks_of_different_names(form: Form) -> None:
    names = [block.name for block in form.blocks]
    assert form.titles or len(worded_blocks(form)) >= 8
    assert names
    assert len(set(names)) == len(names)
    assert "furniture" not in names


@pytest.mark.parametrize(("form", "block"), BLOCKS)
def test_a_block_has_openers_and_reads_into_a_table_of_the_contract(form: Form, block: Block) -> None:
    assert block.opens, f"nothing opens {form.name}.{block.name}"
    for model in models_of(block):
        assert issubclass(model, Table)
        assert sum(issubclass(model, table) for table in TABLES) == 1


@pytest.mark.parametrize(("form", "block"), BLOCKS)
def test_a_template_adds_no_column_to_its_table(form: Form, block: Block) -> None:
    for model in models_of(block):
        (table,) = (table for table in TABLES if issubclass(model, table))
        assert set(model.model_fields) == set(table.model_fields), form.name


@pytest.mark.parametrize(("form", "block"), BLOCKS)
def test_a_block_names_columns_that_its_table_has(form: Form, block: Block) -> None:
    for reads in block.readings:
        assert named_by(reads) <= set(reads.model.model_fields), form.name


def named_by(reads: Reading) -> set[str]:
    """The columns that a reading fills by their names."""
    match reads:
        case LabelledRows(column=column):
            return {column, "text"}
        case WholeText(constants=constants):
            return {*constants, "text", "heading"}
        case Bullets(kind=kind):
            return {"label", "text"} | ({"kind"} if kind else set())
        case Steps():
            return {"label", "text"}
        case Links(constants=constants):
            return {*constants, "text"}
        case Entries(number_column=column) | SingleField(column=column) | Total(column=column):
            return {column}
        case Grid(columns=columns) | Priced(grid=Grid(columns=columns)) | Calendar(grid=Grid(columns=columns)):
            return {filled for column in columns for filled in column.fills}
        case _:
            return set()


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


@pytest.mark.parametrize(("form", "block"), BLOCKS)
def test_no_two_columns_of_a_block_claim_the_same_words(form: Form, block: Block) -> None:
    for one, other in combinations(_labels(form.name, block), 2):
        shared = {folded(name) for name in one.names} & {folded(name) for name in other.names}
        assert not shared or one.label == other.label, f"{one.means} and {other.means} both claim {shared}"


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.name)
def test_no_two_options_share_a_phrase(form: Form) -> None:
    for one, other in combinations(choices(form), 2):
        assert {folded(name) for name in one.names}.isdisjoint(folded(name) for name in other.names), (one, other)


def test_no_two_blocks_open_with_the_same_words_and_no_two_forms_share_a_title() -> None:
    for form in forms():
        opened = [folded(words.names[0]) for block in form.blocks for words in _openers(form.name, block)]
        assert len(set(opened)) == len(opened)
    titles = [folded(title) for form in forms() for title in form.titles]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(
    "words",
    [pytest.param(words, id=f"{words.form}: {words.means}") for form in forms() for words in printed_words(form)],
)
def test_declared_words_occur_in_a_sample(words: Printed) -> None:
    assert is_seen(words), f"no sample of {words.form} prints any of {words.names} for {words.means}"


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.name)
def test_every_choice_occurs_in_a_sample_with_one_of_its_options(form: Form) -> None:
    seen = {words.means.rsplit(".", 1)[0] for words in choices(form) if is_seen(words)}
    assert seen == {words.means.rsplit(".", 1)[0] for words in choices(form)}


@pytest.mark.parametrize(("form", "block"), BLOCKS)
def test_a_value_that_leads_is_known_by_a_pattern_without_groups(form: Form, block: Block) -> None:
    leads = (
        (column, shape) for model in models_of(block) for column, shape in columns_with(model, FirstInBlock).items()
    )
    for column, shape in leads:
        assert re.compile(shape.pattern).groups == 0, f"{form.name}.{block.name}.{column}"


def test_the_template_modules_hold_only_models_of_tables() -> None:
    for name in modules("schemas/forms"):
        module = import_module(f"schemas.forms.{name}")
        own = [
            found for found in vars(module).values() if isinstance(found, type) and found.__module__ == module.__name__
        ]
        assert own
        assert all(issubclass(found, Table) for found in own)
        assert all(found.__doc__ for found in own)

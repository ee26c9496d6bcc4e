"""Why a form claims a document or not, as text and as JSON."""

import json
from pathlib import Path

import pytest

from parsers.base import Form
from pipeline.document.classify import Score, score
from pipeline.errors import DocumentError
from pipeline.tools.explain import block_names, explain_form, reason
from tests.support.small_proposal import FORM as PROPOSAL
from tests.support.small_proposal import proposal
from tests.support.small_report import FORM as REPORT
from tests.support.small_report import matches_of, report


def score_of(text: str, form: Form) -> Score:
    """How well a form fits a text."""
    matches = matches_of(text)
    return score(matches, matches.pages.pages, form)


@pytest.fixture
def both(tmp_path: Path) -> Path:
    """A document with two forms in it."""
    path = tmp_path / "both.txt"
    path.write_text(f"{report()}\f{proposal()}", encoding="utf-8")
    return path


def test_every_region_and_every_form_is_explained(both: Path) -> None:
    explanation = explain_form(both)
    assert explanation.source == "both.txt"
    assert [region.form for region in explanation.regions] == [REPORT, PROPOSAL]
    assert [one.form for one in explanation.scores if one.claims] == [REPORT, PROPOSAL]


def test_a_script_gets_plain_values_that_are_json(both: Path) -> None:
    plain = explain_form(both).plain()
    assert json.loads(json.dumps(plain)) == plain
    assert plain["regions"] == [
        {"form": REPORT.name, "first_page": 1, "last_page": 1},
        {"form": PROPOSAL.name, "first_page": 2, "last_page": 2},
    ]


def test_blocks_are_listed_in_the_order_of_the_form(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(proposal().replace("1. หลักการและเหตุผล", "1. ......"), encoding="utf-8")
    scores = explain_form(path).plain()["scores"]
    assert isinstance(scores, list)
    (mine,) = [one for one in scores if one["form"] == PROPOSAL.name]
    order = [block.name for block in PROPOSAL.blocks]
    assert mine["claims"] is True
    assert "rationale" in mine["missing"]
    assert not set(mine["found"]) & set(mine["missing"])
    assert mine["found"] == sorted(mine["found"], key=order.index)
    assert mine["missing"] == sorted(mine["missing"], key=order.index)


def test_an_unreadable_file_is_reported_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    with pytest.raises(DocumentError, match="the file is empty"):
        explain_form(tmp_path / "empty.txt")


@pytest.mark.parametrize(("times", "said"), [(1, "its title occurs once"), (2, "its title occurs 2 times")])
def test_a_title_is_reason_enough(times: int, said: str) -> None:
    assert reason(score_of("\f".join([report()] * times), REPORT)) == said


def test_without_a_title_the_share_of_blocks_is_the_reason() -> None:
    found = score_of(proposal(), PROPOSAL)
    assert reason(found) == (
        f"{len(found.blocks)} of {len(found.worded)} blocks, {found.share:.0%}; {PROPOSAL.least_blocks:.0%} needed"
    )


def test_too_few_blocks_are_the_reason_against_a_form() -> None:
    found = score_of("สำนักงานเขตตัวอย่าง กรุงเทพมหานคร\n1. หลักการและเหตุผล\nรั้วเก่า", PROPOSAL)
    assert not found.claims
    assert reason(found).startswith("1 of ")
    assert reason(found).endswith(f"{PROPOSAL.least_blocks:.0%} needed")


def test_a_form_without_its_keywords_is_not_claimed() -> None:
    header = "ชื่อโครงการ : โครงการทาสีรั้วสนาม\nหน่วยงานที่รับผิดชอบ : เทศบาลตัวอย่าง"
    found = score_of(proposal(header=header), PROPOSAL)
    assert (found.has_keyword, found.claims) == (False, False)
    assert f"but none of {', '.join(PROPOSAL.keywords)} is mentioned" in reason(found)


def test_an_unknown_form_has_no_blocks() -> None:
    assert block_names(frozenset(), score_of("ก", PROPOSAL)) == []

"""Why a form claims a document or not, for a person and for a script."""

import json
from pathlib import Path

import pytest

from pipeline.document.classify import score
from pipeline.errors import DocumentError
from pipeline.tools.explain import explain, in_order, why
from tests.support.small_proposal import FORM as PROPOSAL
from tests.support.small_proposal import proposal
from tests.support.small_report import FORM as REPORT
from tests.support.small_report import pages_of, report


@pytest.fixture
def both(tmp_path: Path) -> Path:
    """A document with two forms in it."""
    path = tmp_path / "both.txt"
    path.write_text(f"{report()}\f{proposal()}", encoding="utf-8")
    return path


def test_every_region_and_every_form_is_explained(both: Path) -> None:
    explanation = explain(both)
    assert explanation.source == "both.txt"
    assert [region.form for region in explanation.regions] == [REPORT, PROPOSAL]
    assert [one.form for one in explanation.scores if one.claims] == [REPORT, PROPOSAL]


def test_a_script_gets_plain_values_that_are_json(both: Path) -> None:
    plain = explain(both).plain()
    assert json.loads(json.dumps(plain)) == plain
    assert plain["regions"] == [
        {"form": REPORT.name, "first_page": 1, "last_page": 1},
        {"form": PROPOSAL.name, "first_page": 2, "last_page": 2},
    ]


def test_found_and_missing_blocks_are_told_in_the_order_of_the_form(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(proposal().replace("1. หลักการและเหตุผล", "1. ......"), encoding="utf-8")
    scores = explain(path).plain()["scores"]
    assert isinstance(scores, list)
    (mine,) = [one for one in scores if one["form"] == PROPOSAL.name]
    order = [block.name for block in PROPOSAL.blocks]
    assert mine["claims"] is True
    assert "rationale" in mine["missing"]
    assert not set(mine["found"]) & set(mine["missing"])
    assert mine["found"] == sorted(mine["found"], key=order.index)
    assert mine["missing"] == sorted(mine["missing"], key=order.index)


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    with pytest.raises(DocumentError, match="the file is empty"):
        explain(tmp_path / "empty.txt")


@pytest.mark.parametrize(("times", "said"), [(1, "its title stands once"), (2, "its title stands 2 times")])
def test_a_title_is_reason_enough(times: int, said: str) -> None:
    assert why(score(pages_of("\f".join([report()] * times)), REPORT)) == said


def test_without_a_title_the_share_of_blocks_is_the_reason() -> None:
    found = score(pages_of(proposal()), PROPOSAL)
    assert why(found) == (
        f"{len(found.blocks)} of {len(found.worded)} blocks, {found.share:.0%}; {PROPOSAL.least_blocks:.0%} needed"
    )


def test_too_few_blocks_are_the_reason_against_a_form() -> None:
    found = score(pages_of("สำนักงานเขตตัวอย่าง กรุงเทพมหานคร\n1. หลักการและเหตุผล\nรั้วเก่า"), PROPOSAL, is_complete=True)
    assert not found.claims
    assert why(found).startswith("1 of ")
    assert why(found).endswith(f"{PROPOSAL.least_blocks:.0%} needed")


def test_a_form_that_is_not_mentioned_says_so() -> None:
    header = "ชื่อโครงการ : โครงการทาสีรั้วสนาม\nหน่วยงานที่รับผิดชอบ : เทศบาลตัวอย่าง"
    found = score(pages_of(proposal(header=header)), PROPOSAL, is_complete=True)
    assert (found.is_mentioned, found.claims) == (False, False)
    assert f"but none of {', '.join(PROPOSAL.mentions)} is mentioned" in why(found)


def test_blocks_of_no_form_are_in_no_order() -> None:
    assert in_order(frozenset(), score(pages_of("ก"), PROPOSAL)) == []

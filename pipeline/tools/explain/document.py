"""Which form scored how for one document, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.document.classify import Score, classify, scores
from pipeline.document.paginate import paginate
from pipeline.document.repair import repair
from pipeline.model import Region
from pipeline.sources.read import read


@dataclass(frozen=True, slots=True)
class Explanation:
    """The regions of a document, each on one form, and how well every form fits."""

    source: str
    regions: tuple[Region, ...]
    scores: tuple[Score, ...]

    def plain(self) -> dict[str, object]:
        """What a script needs."""
        return {
            "source": self.source,
            "regions": [
                {"form": region.form.name, "first_page": region.pages[0].number, "last_page": region.pages[-1].number}
                for region in self.regions
            ],
            "scores": [_plain(score) for score in self.scores],
        }


def explain(path: Path) -> Explanation:
    """Read a document as far as its forms; a `DocumentError` where it cannot be read."""
    source = read(path, name=path.name)
    document = paginate(source, repair(source.text))
    return Explanation(source.name, classify(document), scores(document))


def why(score: Score) -> str:
    """In a sentence why a form claims a document, or not.

    Blocks whose openers have no words of their own, such as a cover, count for nothing here.
    """
    if score.titles:
        return f"its title stands {score.titles} times" if score.titles > 1 else "its title stands once"
    said = f"{len(score.blocks)} of {len(score.worded)} blocks, {score.share:.0%}; {score.form.least_blocks:.0%} needed"
    if score.claims or score.share < score.form.least_blocks:
        return said
    return f"{said}, but none of {', '.join(score.form.mentions)} is mentioned"


def in_order(names: frozenset[str], score: Score) -> Sequence[str]:
    """Blocks in the order of the form."""
    return [block.name for block in score.form.blocks if block.name in names]


def _plain(score: Score) -> dict[str, object]:
    return {
        "form": score.form.name,
        "claims": score.claims,
        "titles": score.titles,
        "share_of_blocks": round(score.share, 4),
        "least_share": score.form.least_blocks,
        "is_mentioned": score.is_mentioned,
        "found": in_order(score.blocks, score),
        "missing": in_order(score.worded - score.blocks, score),
        "why": why(score),
    }

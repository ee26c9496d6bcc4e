"""The benchmark: its arithmetic on commands of known cost, a small run of it, and the documents that quote it."""

import re
import sys
from itertools import product
from pathlib import Path

import pytest

from tests.benchmarks import bench
from tests.benchmarks.archive import HEADER as ARCHIVE_HEADER
from tests.benchmarks.archive import archive_rows
from tests.benchmarks.bench import (
    AS_TYPED,
    DOCLING,
    MIXED,
    ONE_PROCESS,
    RATES,
    SPEED_HEADER,
    START,
    WAIT_HEADER,
    Corpus,
    in_words,
    markdown,
    rows_of,
    speed_row,
    wait_row,
)
from tests.benchmarks.fresh_text import fresh_report, write_reports
from tests.benchmarks.measures import NOT_MEASURED, Cost, cost
from tests.conftest import ROOT, run_over
from tests.synthesizer import FORMS, words

BURN = "import time\nwhile time.process_time() < {seconds}: pass\n"
ORPHAN = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {BURN.format(seconds=1)!r}])"
"""A command that ends at once; the process that it started goes on."""
FIGURE = r"\d+\.\d\d \(\d+\.\d\d–\d+\.\d\d\)"


@pytest.fixture
def raingan() -> str:
    """The installed command."""
    script = Path(sys.executable).with_name("raingan")
    if not script.exists():
        pytest.skip("raingan is not installed beside this Python")
    return str(script)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux hands the processes of others over")
def test_the_work_of_a_process_that_outlives_its_command_counts() -> None:
    assert cost([sys.executable, "-c", ORPHAN]).processor_seconds > 1


def test_sleep_is_waiting_and_no_work() -> None:
    taken = cost([sys.executable, "-c", "import time; time.sleep(1)"])
    assert taken.processor_seconds < 1 <= taken.seconds


def test_the_memory_is_that_of_the_largest_process() -> None:
    large = "held = bytearray(b'x') * (120 * 2**20)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {large!r}])"
    assert 120 < cost([sys.executable, "-c", parent]).peak_mib < 200


def test_a_command_that_fails_has_no_cost() -> None:
    command = [sys.executable, "-c", "import sys; sys.exit('out of paper')"]
    assert cost(command, accepted=(0, 1)).seconds > 0
    with pytest.raises(RuntimeError, match="ended with exit code 1: out of paper"):
        cost(command)


def test_fresh_reports_share_no_topic_and_the_synthesizer_keeps_its_own() -> None:
    before = words.TOPICS
    texts = [fresh_report(form, number, rate=0.0) for form in FORMS for number in range(2)]
    assert words.TOPICS is before
    names = {topic.name for topic in before}
    assert not [name for name in names for text in texts if name in text]
    assert texts[0] == fresh_report(FORMS[0], 0, rate=0.0) != fresh_report(FORMS[0], 0, rate=0.03)


@pytest.mark.parametrize("form", FORMS)
def test_fresh_reports_are_read_as_their_form_with_their_projects(form: str, tmp_path: Path) -> None:
    write_reports(tmp_path / "in", [form], rate=0.0, megabytes=0.08)
    tables = run_over(tmp_path / "in").tables
    documents, projects = tables["documents"], tables["projects"]
    assert set(documents["form"].to_pylist()) == {form}
    named = {row["project_id"][:16] for row in projects.to_pylist() if row["project_name"]}
    assert named == set(documents["document_id"].to_pylist())


def test_a_mixed_corpus_has_as_many_bytes_of_each_form(tmp_path: Path) -> None:
    megabytes = write_reports(tmp_path / "in", FORMS, rate=0.01, megabytes=0.6)
    sizes = {form: sum(path.stat().st_size for path in (tmp_path / "in").glob(f"{form}-*")) / 1e6 for form in FORMS}
    assert sum(sizes.values()) == pytest.approx(megabytes)
    assert all(0.1 < size < 0.3 for size in sizes.values())


def test_the_start_is_taken_off_and_the_waiting_is_by_the_clock() -> None:
    corpus = Corpus(MIXED, 0.01, 2.0, Path("in"))
    taken = {ONE_PROCESS: Cost(6.0, 5.0, 1.0), AS_TYPED: Cost(3.0, 5.5, 1.0), DOCLING: Cost(9.0, 8.0, 1.0)}
    costs = {(name, "in"): [one] for name, one in taken.items()}
    costs |= {(ONE_PROCESS, START): [Cost(1.0, 1.0, 1.0)], (DOCLING, START): [Cost(4.0, 4.0, 1.0)]}
    medians = [cell.split()[0] for cell in speed_row(corpus, costs)[2:]]
    assert medians == ["0.40", "0.50", "0.25", "0.50", "1.60", "1.00"]
    row = wait_row(corpus, costs)
    assert [row[0], *(cell.split()[0] for cell in row[2:])] == ["all three, 2.0 MB", "3.00", "5.50", "9.00"]
    alone = {key: found for key, found in costs.items() if key[0] != DOCLING}
    assert speed_row(corpus, alone)[4:] == [NOT_MEASURED] * 4
    assert wait_row(corpus, alone)[4] == NOT_MEASURED


def test_a_small_benchmark_without_docling_puts_its_figures_into_the_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = tmp_path / "raingan"
    size = "sum(file.stat().st_size for file in os.scandir(sys.argv[2]))"
    command.write_text(f"#!{sys.executable} -IS\nimport os, sys\n{BURN.format(seconds=f'0.02 + 2e-6 * {size}')}")
    command.chmod(0o755)
    for name, document in (("DOCUMENT", bench.DOCUMENT), ("README", bench.README)):
        copy = tmp_path / document.name
        copy.write_bytes((ROOT / document).read_bytes())
        monkeypatch.setattr(bench, name, copy)
    quick = ["--rounds", "1", "--megabytes", "0.02", "--documents", "0", "--write"]
    bench.main(["--raingan", str(command), "--docling-python", "/nowhere/python", *quick])
    printed = capsys.readouterr()
    assert "docling does not run here" in printed.err
    assert "docling was not measured" in printed.err
    must_quote(bench.DOCUMENT.read_text(encoding="utf-8"), bench.README.read_text(encoding="utf-8"))
    assert quoted(bench.DOCUMENT.read_text(encoding="utf-8"), "speed") in printed.out


def test_a_small_archive_is_read_complete_and_its_unchanged_run_costs_less(raingan: str, tmp_path: Path) -> None:
    small, large, again = archive_rows(raingan, tmp_path, count=40)
    assert [row[1] for row in (small, large, again)] == ["10", "40", "40"]
    assert float(again[3]) < float(large[3])
    assert float(again[5]) == float(large[5]) > 0


def test_the_documents_hold_the_tables_of_the_benchmark() -> None:
    must_quote((ROOT / bench.DOCUMENT).read_text(encoding="utf-8"), (ROOT / bench.README).read_text(encoding="utf-8"))


def quoted(document: str, name: str) -> str:
    """What stands in a marked place of a document."""
    (text,) = re.findall(f"(?s)<!-- bench: {name} -->\n(.*?)\n<!-- end -->", document)
    return str(text)


def must_quote(document: str, readme: str) -> None:
    """Both documents have the figures of one run, for every form and every rate of noise."""
    speed, wait, archive = (quoted(document, name) for name in ("speed", "wait", "archive"))
    rates = [f"{rate:.0%}" for rate in RATES]
    for header, table in ((SPEED_HEADER, speed), (WAIT_HEADER, wait), (ARCHIVE_HEADER, archive)):
        assert table.splitlines()[:2] == markdown(header, []).splitlines()
    assert [tuple(row[:2]) for row in rows_of(speed)] == list(product((*FORMS, MIXED), rates))
    assert [row[1] for row in rows_of(wait)][-len(rates) :] == rates
    for row in (*rows_of(speed), *rows_of(wait)):
        assert all(re.fullmatch(f"{FIGURE}|{NOT_MEASURED}", cell) for cell in row[2:]), row
    assert len(rows_of(archive)) == 3
    assert quoted(readme, "words") == in_words(rows_of(speed), rows_of(wait))

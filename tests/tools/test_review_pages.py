"""The review pages in headless Chromium: mouse, keyboard, narrow screen, no requests to other hosts."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from pipeline.archive.corrections_file import read_corrections
from pipeline.archive.engines import in_process
from pipeline.archive.run import run
from pipeline.tools.output_tables import RunTables
from pipeline.tools.review.serve import ReviewServer
from pipeline.tools.review.site import Site, index_rows, write_site
from schemas.evidence import Evidence
from tests.benchmarks.review import Larger, seconds_until_sorted
from tests.conftest import PROGRESS_REPORTS
from tests.support.chromium import CHROMIUM, FLAGS
from tests.support.small_report import report

SCRIPT = "<script>document.title=1</script>"
PATIENCE = 300_000
"""Milliseconds; nothing here takes one second, but the machine may be busy."""
expect.set_options(timeout=PATIENCE)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the path: apt-get install chromium")


@dataclass
class Watched:
    """A page, what its console said, and what it asked other hosts for."""

    page: Page
    start: str
    troubles: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(self.start + path)
        return self.page


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables of reports: copies that differ and `\\r\\n`, one behind many pages, a script in a name, a sound one."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "in").mkdir()
    copies = f"{report()}\f{report(header={'งบประมาณที่ได้รับ': '700,000 บาท'})}".replace("\n", "\r\n")
    (folder / "in" / "copies.txt").write_text(copies, encoding="utf-8", newline="")
    named = report(header={"ชื่อโครงการ/กิจกรรม": f"โครงการ {SCRIPT} จบ", "รหัสโครงการ...": "11000000-0002"})
    (folder / "in" / "script.txt").write_text(named, encoding="utf-8")
    pages = ["บันทึกข้อความ\n" * lines for lines in range(1, 120, 4)]
    named = report(header={"ชื่อโครงการ/กิจกรรม": "โครงการหลังสุด", "รหัสโครงการ...": "11000000-0003"})
    (folder / "in" / "long.txt").write_text("\f".join([*pages, named]), encoding="utf-8")
    shutil.copy(PROGRESS_REPORTS[0], folder / "in" / "sound.txt")
    run([folder / "in"], folder / "out")
    write_site(Site(folder / "out"), folder / "site", in_process, lambda _: None)
    return folder / "out"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


def watched(browser: Browser, start: str, *, width: int = 1300) -> Iterator[Watched]:
    page = browser.new_page(viewport={"width": width, "height": 800}, locale="en-GB")
    page.set_default_timeout(PATIENCE)
    watch = Watched(page, start)
    page.on("console", lambda said: watch.troubles.append(said.text))
    page.on("pageerror", lambda error: watch.troubles.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(start) else watch.troubles.append(asked.url))
    yield watch
    page.close()
    assert watch.troubles == []


@pytest.fixture
def site(browser: Browser, out: Path) -> Iterator[Watched]:
    yield from watched(browser, f"{out.with_name('site').as_uri()}/")


@pytest.fixture
def phone(browser: Browser, out: Path) -> Iterator[Watched]:
    yield from watched(browser, f"{out.with_name('site').as_uri()}/", width=380)


@pytest.fixture
def served(browser: Browser, out: Path) -> Iterator[Watched]:
    with ReviewServer(out, by="ผู้ตรวจ") as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield from watched(browser, server.url)
        server.shutdown()


def document(out: Path, source: str) -> str:
    return next(f"documents/{one.document_id}.html" for one in index_rows(RunTables(out)) if one.source == source)


def names(page: Page) -> list[str]:
    return page.locator("#documents tbody a").all_inner_texts()


def marked(page: Page) -> str:
    return "".join(page.locator("mark.chosen").evaluate_all("marks => marks.map(mark => mark.textContent)"))


def test_the_index_sorts_and_filters(site: Watched) -> None:
    page = site.open("index.html")
    assert names(page) == ["copies.txt", "long.txt", "script.txt", "sound.txt"]
    page.click("[data-sort=file]")
    assert names(page) == ["sound.txt", "script.txt", "long.txt", "copies.txt"]
    assert page.locator("th[aria-sort=descending]").inner_text().strip() == "File"
    page.focus("[data-sort=confidence]")
    page.keyboard.press("Enter")
    assert names(page)[0] == "copies.txt"
    page.select_option("#finding", "copies_disagree")
    assert names(page) == ["copies.txt"]
    assert page.inner_text("#tally") == "1"
    page.reload()
    assert names(page) == ["copies.txt"], "the address keeps the filters"
    page.click("[type=reset]")
    page.fill("#search", "SCRIPT>")
    assert names(page) == ["script.txt"]
    page.fill("#search", "nothing is called so")
    assert "No matching documents." in page.inner_text("#documents tbody")


def test_an_index_of_many_documents_is_shown_by_the_hundred(browser: Browser, out: Path, tmp_path: Path) -> None:
    index = Larger(out, count=250).write_index(tmp_path)
    assert seconds_until_sorted(browser, index) > 0
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(index.as_uri())
    assert (page.inner_text("#tally"), page.inner_text("#pages")) == ("250", "1 / 3")
    page.click("#next")
    assert len(names(page)) == 100
    page.close()


def test_a_value_shows_the_very_text_that_it_was_read_from(site: Watched, out: Path) -> None:
    page = site.open(document(out, "copies.txt"))
    cells = json.loads(page.locator("#cells").text_content() or "")
    raw = {
        (row["table_name"], row["row_key"], row["column_name"], row["part"]): row["raw_text"]
        for row in RunTables(out).columns(Evidence, *Evidence.model_fields).to_pylist()
    }
    seen = 0
    for cell_id, cell in cells.items():
        said = [raw.get((cell["table"], cell["row_key"], cell["column"], part)) for part in range(1, 9)]
        if any(said):
            page.evaluate("id => choose(id)", cell_id)
            assert marked(page) == "".join(filter(None, said)), cell
            seen += 1
    assert seen > 30


def test_a_click_and_the_keyboard_go_from_a_value_to_its_span_and_back(site: Watched, out: Path) -> None:
    page = site.open(document(out, "copies.txt"))
    page.get_by_role("button", name="11000000-0001", exact=True).click()
    assert marked(page) == "11000000-0001"
    assert "Page 1, line 8: " in page.inner_text("#detail-spans")
    assert "raingan correct" in page.inner_text("#command")
    page.locator("mark", has_text="2017-10-01").first.click()
    assert page.evaluate("document.activeElement.textContent") == "2017-10-01"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "2018-09-30"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MARK"
    assert marked(page) == "2018-09-30 00:00:00"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "2018-09-30"
    assert page.locator("#detail").is_hidden()


def test_copies_are_shown_side_by_side_and_lead_to_their_pages(site: Watched, out: Path) -> None:
    page = site.open(document(out, "copies.txt"))
    assert page.locator(".findings li").first.inner_text().startswith("warning copies disagree")
    readings = page.locator(".disagreement .reading")
    assert [one.split("\n")[0] for one in readings.all_inner_texts()] == ["copy 1 · used", "copy 2"]
    assert readings.nth(1).locator("em.differs").first.inner_text() == "7"
    readings.nth(1).locator("button").click()
    assert marked(page) == "700,000 บาท"
    assert page.locator("mark.chosen").locator("xpath=ancestor::section[1]").get_attribute("id") == "page-2"
    assert page.locator("figure.timeline circle.progress").count() == 2


def test_a_script_in_a_report_is_shown_and_not_executed(site: Watched, out: Path) -> None:
    for path in ("index.html", "overview.html", document(out, "script.txt")):
        page = site.open(path)
        assert page.title().endswith("· raingan")
    assert page.locator(".project h3 [lang=th]").inner_text() == f"โครงการ {SCRIPT} จบ"
    assert SCRIPT in (page.locator(".pane.source").text_content() or "")


def test_the_language_is_switched_and_kept(site: Watched, out: Path) -> None:
    page = site.open("index.html")
    page.click("#language")
    assert page.evaluate("document.documentElement.lang") == "th"
    assert page.inner_text("h1") == "เอกสาร"
    page = site.open(document(out, "sound.txt"))
    assert page.inner_text("#values-head") == "ค่าที่อ่านได้"
    assert page.locator("#language").inner_text() == "English"


def test_on_a_phone_one_pane_is_shown_and_nothing_overflows(phone: Watched, out: Path) -> None:
    for path in ("index.html", "overview.html", document(out, "copies.txt")):
        page = phone.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 380, path
    assert page.locator(".pane.source").is_hidden()
    page.get_by_role("button", name="11000000-0001", exact=True).click()
    assert page.locator(".pane.source").is_visible()
    assert page.locator("mark.chosen").is_visible()
    page.click("#back")
    assert page.locator(".pane.values").is_visible()


@pytest.mark.parametrize("kind", ["site", "phone"])
def test_a_span_on_a_late_page_is_scrolled_to(kind: str, out: Path, request: pytest.FixtureRequest) -> None:
    page = request.getfixturevalue(kind).open(document(out, "long.txt"))
    for code in ("11000000-0003", "2017-10-01"):
        page.get_by_role("button", name=code, exact=True).click()
        expect(page.locator("mark.chosen").first).to_be_in_viewport()
        if kind == "phone":
            page.click("#back")


def test_each_part_has_a_label_for_screen_readers(site: Watched, out: Path) -> None:
    page = site.open("overview.html")
    assert page.get_by_role("table", name="Findings by code").count() == 1
    page = site.open("index.html")
    file = page.get_by_role("table", name="Documents").get_by_role("columnheader", name="File", exact=True)
    assert file.get_attribute("aria-sort") == "ascending"
    page = site.open(document(out, "copies.txt"))
    main = page.get_by_role("main")
    assert main.get_by_role("heading", level=1).inner_text() == "copies.txt"
    for name in ("Source", "Values"):
        assert main.get_by_role("region", name=name, exact=True).count() == 1
    assert main.get_by_role("img", name="Progress and money over time").count() == 1
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content", "the first link skips what all pages have"


def test_a_served_page_takes_a_correction(served: Watched, out: Path) -> None:
    page = served.open(document(out, "sound.txt"))
    value = page.locator("dl > div", has=page.get_by_text("spent", exact=True)).locator("button")
    value.click()
    page.click("#correct")
    page.fill("[name=value]", "1,700,000 บาท")
    page.fill("[name=why]", "the scan shows it")
    page.click("#correction [type=submit]")
    page.locator(".value.waiting").wait_for()
    assert "→ 1700000.00: applied by the next run" in value.inner_text()
    (kept,) = read_corrections(out)
    assert (kept.column, kept.value, kept.why, kept.by) == (
        "budget_spent_baht", "1700000.00", "the scan shows it", "ผู้ตรวจ",
    )  # fmt: skip

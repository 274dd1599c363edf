"""The HTML report in a real browser: what a reader does with it, and that it asks for nothing. Skipped where there is no Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from empathy_audit.reports import View, report

from tests.reports.elsewhere import everything, with_figures

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
AXE = next(
    (p for p in (os.environ.get("AXE_CORE"), "node_modules/axe-core/axe.min.js") if p and Path(p).is_file()), None
)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
sync_api = pytest.importorskip("playwright.sync_api")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> str:
    one = report("html")
    assert one is not None
    text = one.render(with_figures(everything()), View())
    path: Path = tmp_path_factory.mktemp("html") / "report.html"
    path.write_text(str(text), "utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with sync_api.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser, made):
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.asked, page.complaints = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(made)
    yield page
    page.close()


def test_it_asks_for_nothing_and_nothing_complains(page, made):
    assert [url for url in page.asked if not url.startswith("data:")] == [made]
    assert page.complaints == []


def test_hostile_words_are_text(page):
    assert page.evaluate("document.querySelectorAll('script').length") == 1
    assert page.evaluate("document.querySelectorAll('img, iframe, object, embed, form[action]').length") == 0


def test_a_filter_by_text_hides_the_other_conversations(page):
    rows = page.locator("#list tbody tr")
    everyone = rows.count()
    page.fill("#by-text", "third time")
    sync_api.expect(page.locator("#list tbody tr:visible")).not_to_have_count(everyone)
    assert "c-17" in " ".join(page.locator("#list tbody tr:visible").all_inner_texts())
    page.fill("#by-text", "no such words anywhere")
    sync_api.expect(page.locator("#nothing")).to_be_visible()
    assert page.locator("#list tbody tr:visible").count() == 0


def test_a_deep_link_opens_its_turn(page, made):
    page.goto(made + "#c1-t5")
    sync_api.expect(page.locator("#c1-t5")).to_be_visible()
    assert "I am so sick of this" in page.locator("#c1-t5").inner_text()


def test_a_phone_scrolls_one_way_only(browser, made):
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(made)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


def test_without_its_script_it_is_whole(browser, made):
    page = browser.new_page(java_script_enabled=False)
    page.goto(made)
    assert page.locator("#c1-t5").count() == 1
    page.close()


@pytest.mark.skipif(AXE is None, reason="axe-core is not installed; npm install axe-core")
@pytest.mark.parametrize("width", [1200, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(browser, made, scheme, width):
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(made)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.evaluate(Path(str(AXE)).read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert len(found["passes"]) > 20
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    page.close()


def test_printed_it_is_no_wider_than_the_paper(browser, made):
    page = browser.new_page(viewport={"width": 700, "height": 900})  # what A4 leaves between its margins
    page.emulate_media(media="print")
    page.goto(made)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    wide = page.evaluate(
        "[...document.querySelectorAll('table, svg, .text')].filter(one => one.getBoundingClientRect().right > 701).map(one => [one.outerHTML.slice(0, 60), one.getBoundingClientRect().right])"
    )
    assert wide == []
    page.close()

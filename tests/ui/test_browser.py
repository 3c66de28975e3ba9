"""The parts in a real Chromium: nothing overflows, keys and focus work, and the page works without its script."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

from scripts import gallery

pytestmark = pytest.mark.browser
NAMES = sorted(gallery.PAGES)
# A box that scrolls in itself may be wider than the page; a checkbox in a table has a row's room round it.
SMALL = """els => els.filter(e => e.offsetParent && !e.matches('.sr-only, .table input, [type=hidden]'))
  .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
  .filter(([, r]) => r.height && (r.height < 23.5 || r.width < 23.5)).map(([t]) => t)"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        return


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("gallery")
    gallery.main(str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    one = context.new_page()
    troubles: list[str] = []
    one.on("pageerror", lambda error: troubles.append(str(error)))
    one.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    yield one
    context.close()
    assert troubles == []


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_nothing_is_wider_than_the_screen(width: int, site: str, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for name in NAMES:
        for ending in ("", "_large"):
            page.goto(f"{site}/{name}{ending}.html")
            root = "document.documentElement"
            assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") <= 0, f"{name}{ending} at {width}"


@pytest.mark.parametrize("name", NAMES)
def test_targets_are_big_enough(name: str, site: str, page: Page) -> None:
    page.goto(f"{site}/{name}.html")
    targets = page.locator("button, .btn, .tool, .chip, summary, .form-control, .form-select, .table a, .dropdown-item")
    assert targets.evaluate_all(SMALL) == []
    page.goto(f"{site}/{name}_large.html")
    heights = page.locator(".btn, .tool, .form-control, .form-select, .bottom a")
    low = heights.evaluate_all("els => els.map(e => e.getBoundingClientRect().height).filter(h => h && h < 59.5)")
    assert low == []


def test_filter_as_you_type_keeps_the_cursor(site: str, page: Page) -> None:
    page.goto(f"{site}/list.html")
    page.fill("#q-q", "zs")
    page.wait_for_url("**q=zs**")
    assert "sort=name" in page.url
    assert page.evaluate("document.activeElement.id") == "q-q"
    page.wait_for_function("document.getElementById('live').textContent.includes('43')")
    page.locator("thead a").nth(1).click()
    page.wait_for_url("**sort=branch**")
    assert page.locator("#list").count() == page.locator("#main").count() == 1


def test_keys(site: str, page: Page) -> None:
    page.goto(f"{site}/list.html")
    for key in ("j", "j", "k", "j", "x"):
        page.keyboard.press(key)
    assert page.locator("tr.at").get_attribute("id") == "r1"
    assert page.locator("tr.chosen").count() == 1
    page.keyboard.press("?")
    assert page.locator("#keys[open]").count() == 1
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("j?x")
    assert page.input_value(".navbar-search input") == "j?x"
    assert page.locator("tr.chosen").count() == 1


def test_keys_can_be_switched_off(site: str, page: Page) -> None:
    page.goto(f"{site}/list.html")
    page.evaluate("document.body.dataset.keys = 'off'")
    page.keyboard.press("j")
    assert page.locator("tr.at").count() == 0


def test_menus_close_outside_and_by_escape(site: str, page: Page) -> None:
    page.goto(f"{site}/list.html")
    summary = page.locator(".navbar details summary")
    summary.click()
    assert page.locator("details.dropdown[open]").count() == 1
    page.mouse.click(700, 820)
    assert page.locator("details.dropdown[open]").count() == 0
    summary.click()
    page.keyboard.press("ArrowDown")
    assert "dropdown-item" in str(page.evaluate("document.activeElement.className"))
    page.keyboard.press("Escape")
    assert page.locator("details.dropdown[open]").count() == 0


def test_errors_take_the_focus_and_lead_to_the_field(site: str, page: Page) -> None:
    page.goto(f"{site}/form.html")
    assert page.evaluate("document.activeElement.id") == "errors"
    page.locator(".summary a").first.click()
    assert page.evaluate("document.activeElement.id") == "f-day"
    page.click("[data-add]")
    assert page.locator(".lines-table tbody tr").count() == 3
    assert page.evaluate("document.activeElement.name") == "line-2-topic"


def test_one_press_sends_once(site: str, page: Page) -> None:
    page.goto(f"{site}/form.html")
    sent: list[str] = []
    page.route("**/form.html", lambda route: sent.append(route.request.method))
    page.evaluate("for (let i = 0; i < 3; i++) document.querySelector('form.form').requestSubmit()")
    page.wait_for_timeout(300)
    assert sent == ["POST"]


def test_without_script(site: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/list.html")
    page.fill("#q-q", "zs")
    page.click(".filter .btn-primary")
    assert "q=zs" in page.url
    assert "sort=name" in page.url
    assert page.locator("[data-dismiss], [data-all], [data-dialog]").evaluate_all("els => els.every(e => e.hidden)")
    page.locator(".navbar details summary").click()
    assert page.locator(".navbar .dropdown-item").first.is_visible()
    context.close()

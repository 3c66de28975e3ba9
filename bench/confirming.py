"""Confirming a plan's proposals at the keyboard: every key and pointer move counted, priced by the keystroke-level model.

Chromium does on the confirm page what a practised clerk does: reads each proposal of the demo's plan, corrects what
differs from the plan as the office confirmed it (owner, date, rule, target), confirms, goes on. The server's answers are
waited for and measured; the person's part is counted in operators of Card, Moran and Newell (1983). No person was
watched: this is a model with its constants below, not a stop-watch.
"""

import os
import sys
import time
from collections import Counter
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
os.environ["LUOSHI_DEMO"] = "1"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the driver of Chromium brings an event loop; nothing runs beside it here
PORT, LIMIT = 8391, 30.0
# Seconds: key of a practised typist, pointing, hand between mouse and keys, a decision; and characters read in a minute.
SECONDS = {"key": 0.20, "point": 1.1, "hand": 0.4, "decide": 1.35}
READ = 250


def build() -> tuple[Any, list[Any], list[Any]]:
    """The demo, the same text drafted once more, its proposals and beside each the measure as confirmed."""
    import django

    django.setup()
    from luoshi.config import starting
    from luoshi.config.demo import build as demo
    from luoshi.config.demo import plan, units
    from luoshi.engine.actor import system_actor
    from luoshi.plan import drafting
    from luoshi.plan.models import Plan
    from luoshi.plan.progress import with_parts

    starting.set_up()
    actor = system_actor()
    tree = demo.build(units.S, actor=actor)
    right = list(with_parts(drafting.proposals(Plan.objects.get())).order_by("start", "id"))
    draft = plan.draft(actor, tree)
    return draft, list(drafting.proposals(draft).order_by("start", "id")), right


class Clerk:
    """A page, and the operators spent on it."""

    def __init__(self, page: Any) -> None:
        self.page, self.spent, self.waited, self.read = page, Counter[str](), 0.0, 0

    def point(self, name: str) -> Any:
        self.spent.update(point=1, hand=2, key=1)
        box = self.page.locator(f"li.proposal.open [name={name}]")
        if not box.is_visible():
            self.spent.update(point=1, key=1)
            self.page.locator("li.proposal.open details.folded summary").click()
        box.click()
        return box

    def type(self, name: str, words: str) -> None:
        box = self.point(name)
        box.fill("")
        box.press_sequentially(words)
        self.spent.update(key=len(words) + 1)

    def choose(self, name: str, value: str) -> None:
        self.spent.update(point=2, hand=2, key=2, decide=2)
        box = self.page.locator(f"li.proposal.open select[name={name}]")
        if not box.is_visible():
            self.spent.update(point=1, key=1)
            self.page.locator("li.proposal.open details.folded summary").click()
        box.select_option(value)

    def pick(self, name: str, words: str, shown: str) -> None:
        """The beginning of a unit's name, then its line in the list that comes up."""
        self.type(f"{name}_q", words)
        began = time.monotonic()
        self.page.locator(f"li.proposal.open [data-shown='{shown}']").first.click()
        self.waited += time.monotonic() - began
        self.spent.update(point=1, key=1, decide=1)

    def go_on(self) -> None:
        here = self.page.locator("li.proposal.open").get_attribute("id")
        began = time.monotonic()
        self.page.keyboard.press("Control+Enter")
        self.page.wait_for_function("id => !document.querySelector('#' + id + '.open')", arg=here)
        self.waited += time.monotonic() - began
        self.spent.update(key=2)


def correct(clerk: Clerk, row: Any, right: Any) -> None:
    """Read one proposal, check its owner, date and rule, change what is not as it should be, confirm."""
    clerk.read += len(row.text)
    clerk.spent.update(decide=3)
    form = clerk.page.locator("li.proposal.open form.terms")
    if form.locator("[name=supplied]").is_visible() and right.supplied:
        clerk.type("supplied", right.supplied)
    if row.owner_id != right.owner_id:
        clerk.pick("owner", right.owner.name[:6], right.owner.name)
    if row.due != right.due:
        clerk.type("due", right.due.strftime("%m%d%Y"))
    for i, rule in enumerate(right.rules.all()):
        wanted = rule.indicator or "milestones"
        if form.locator(f"[name=indicator{i}]").input_value() != wanted:
            clerk.choose(f"indicator{i}", wanted)
        for name, value in (("target", rule.target), ("words", rule.words), ("tenths", rule.tenths)):
            said = "" if value is None else str(value)
            box = form.locator(f"[name={name}{i}]")
            if said and wanted != "milestones" and box.input_value() != said:
                clerk.type(f"{name}{i}", said)
    clerk.go_on()


def main() -> None:
    from playwright.sync_api import sync_playwright

    from bench import load, page

    draft, rows, right = build()
    from luoshi.foundation.accounts import Account

    account = Account.objects.get(demo=True, login="office")
    server = page.serve(PORT)
    try:
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            tab = browser.new_page(base_url=f"http://127.0.0.1:{PORT}", locale="en-US", viewport={"width": 1440, "height": 900})
            tab.goto("/sign-in/")
            tab.locator(f"form[action='/sign-in/demo/{account.pk}/'] button").click()
            tab.wait_for_url("**/")
            tab.goto(f"/plan/{draft.pk}/confirm/?m={rows[0].pk}")
            clerk = Clerk(tab)
            for row, one in zip(rows, right, strict=True):
                correct(clerk, row, one)
            left = draft.measures.exclude(state="accepted").count()
            browser.close()
    finally:
        server.terminate()
        server.wait()
    if left:
        sys.exit(f"{left} proposals were not confirmed")
    report(load, clerk, len(rows))


def report(load: Any, clerk: Clerk, size: int) -> None:
    parts = {name: clerk.spent[name] * SECONDS[name] / 60 for name in SECONDS}
    parts |= {"read": clerk.read / READ, "wait": clerk.waited / 60}
    print(f"{'what':<10}{'times':>8}{'minutes':>10}")
    for name, minutes in parts.items():
        times = {"read": clerk.read, "wait": size}.get(name, clerk.spent[name])
        print(f"{name:<10}{times:>8}{minutes:>10.1f}")
    total = sum(parts.values())
    print(f"{'all':<10}{'':>8}{total:>10.1f}   for {size} proposals; {total / size * 90:.1f} for 90")
    load.last_line("confirming", {"limit_over_ours": LIMIT / (total / size * 90)}, {"proposals": size},
                   ["django", "playwright"])


if __name__ == "__main__":
    main()

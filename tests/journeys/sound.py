"""What every page of the public must be: readable, pressable, light, and quiet."""

import re
from pathlib import Path
from typing import Any

from tests.journeys.conftest import Visitor

AXE = next((Path(__file__).resolve().parents[1] / "vendor").glob("axe-core-*/axe.min.js")).read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HEAVIEST = 150 * 1024
ERROR_TWICE = re.compile("(错误：|Error: ){2}")

MEASURE = """(floor) => {
  const seen = (e) => { const s = getComputedStyle(e), r = e.getBoundingClientRect(); return r.width > 1 && r.height > 1 && s.visibility !== 'hidden'; };
  const name = (e) => (e.textContent.trim() || e.name || e.tagName).slice(0, 20);
  const small = [], tiny = [];
  for (const e of document.querySelectorAll('body *')) {
    if (!seen(e) || e.closest('svg')) continue;
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (own && parseFloat(getComputedStyle(e).fontSize) < floor.text) small.push(name(e));
  }
  const pressed = 'button, select, input:not([type=hidden]), .key, .link, .choice, .tab, .tile label, nav a, .days a, .room-name a';
  for (const e of document.querySelectorAll(pressed)) {
    const r = e.getBoundingClientRect();
    if (seen(e) && (r.height < floor.target - 0.5 || r.width < 44)) tiny.push(name(e) + ' ' + Math.round(r.width) + '×' + Math.round(r.height));
  }
  return {small, tiny, lang: document.documentElement.lang, dialogs: document.querySelectorAll('dialog[open], [role=dialog]').length};
}"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
FINDINGS = "async (rules) => (await axe.run(document, {runOnly: rules})).violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ')).join(', '))"


def findings(visitor: Visitor) -> dict[str, Any]:
    """Everything wrong with the page on show; an empty dictionary when it is sound. Without script: only what can be seen from outside."""
    page = visitor.page
    wrong: dict[str, Any] = {"console": visitor.complaints, "heavy": max(visitor.bytes_loaded - HEAVIEST, 0)}
    if ERROR_TWICE.search(page.title()):
        wrong["title"] = page.title()
    if page.locator("h1").count() != 1:
        wrong["h1"] = page.locator("h1").count()
    if visitor.has_script:
        measured = page.evaluate(MEASURE, {"text": 20 if visitor.is_elder else 16, "target": 60 if visitor.is_elder else 44})
        wrong |= {"small": measured["small"], "tiny": measured["tiny"], "dialogs": measured["dialogs"]}
        wrong["lang"] = [] if measured["lang"] == ("en" if visitor.view == "en" else "zh-Hans") else measured["lang"]
        wrong["sideways"] = [width for width in (360, 320) if sideways(visitor, width)]
        if visitor.view != "largest":  # the same page as "elder", only larger
            page.evaluate(AXE)
            wrong["axe"] = page.evaluate(FINDINGS, RULES)
    return {name: found for name, found in wrong.items() if found}


def sideways(visitor: Visitor, width: int) -> bool:
    """Whether the page must be pushed sideways at this width."""
    visitor.page.set_viewport_size({"width": width, "height": 740})
    return bool(visitor.page.evaluate(SIDEWAYS) > 0)

"""The page reads itself aloud: the browser's voice is put in place of by one that writes down what it is given."""

from typing import Any

import pytest

from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

A_VOICE_THAT_WRITES = """
window.spoken = [];
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
Object.defineProperty(window, "speechSynthesis", {value: {
  speaking: true, cancel: function () {}, getVoices: function () { return []; },
  speak: function (piece) { window.spoken.push([piece.lang, piece.text]); piece.onstart(); setTimeout(piece.onend, 0); }
}});
"""


def test_what_stands_on_the_page_is_said_and_what_is_chosen_too(visitor: Visitor, room: Any) -> None:
    if visitor.has_script:
        visitor.page.add_init_script(A_VOICE_THAT_WRITES)
    visitor.go("/rooms/")
    keys = visitor.page.locator("[data-speak]").locator("visible=true")
    if not visitor.has_script:
        assert keys.count() == 0
        return
    chosen = visitor.page.evaluate("[...document.querySelectorAll('#main select')].map(e => e.options[e.selectedIndex].text.trim())")
    label = keys.first.inner_text()

    keys.first.click()
    visitor.page.wait_for_function("label => document.querySelector('[data-speak]').textContent.trim() === label && window.spoken.length", arg=label)

    spoken = visitor.page.evaluate("window.spoken")
    said = [text for _lang, text in spoken]
    assert {lang for lang, _text in spoken} == {"en-GB" if visitor.view == "en" else "zh-CN"}
    assert visitor.page.inner_text("#main h1").strip() in said
    meant = [text for text in chosen if text != "—"]
    assert meant
    assert [text for text in meant if text not in said] == []
    assert said.index(meant[0]) > said.index(visitor.page.inner_text("#main h1").strip())

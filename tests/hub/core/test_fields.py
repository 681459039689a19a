"""Form fields as a browser meets them."""

from datetime import date

import pytest
from django import forms
from django.utils.translation import override

from hub.core.fields import DayInput, YuanField


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_day_that_stands_already_is_written_as_a_browser_reads_it(language: str) -> None:
    class DayForm(forms.Form):
        day = forms.DateField(widget=DayInput)

    with override(language):
        shown = str(DayForm(initial={"day": date(2026, 11, 28)})["day"])
    assert ('type="date"' in shown, 'value="2026-11-28"' in shown) == (True, True)


@pytest.mark.parametrize(("typed", "fen"), [("20", 2000), ("20.50", 2050), ("２０元", 2000), ("abc", None), ("1e3", None), ("-1", None), ("20.505", None)])
def test_an_amount_is_read_in_yuan_and_its_refusal_says_how(typed: str, fen: int | None) -> None:
    class AmountForm(forms.Form):
        amount = YuanField()

    form = AmountForm({"amount": typed})
    assert (form.is_valid(), form.cleaned_data.get("amount")) == (fen is not None, fen)
    with override("en"):
        says = ["Please write the amount in yuan with digits, for example 20 or 20.50."]
        assert [str(said) for said in form.errors.get("amount", [])] == ([] if fen else says)

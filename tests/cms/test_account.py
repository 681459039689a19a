"""Staff's own settings: a language is chosen without a name or an e-mail being asked for."""

from typing import Any

import pytest
from wagtail.users.models import UserProfile

from tests.cast import user_with

pytestmark = [pytest.mark.django_db]


def test_a_language_is_chosen_and_nothing_else_asked(hub: Any, as_role: Any) -> None:
    clerk, user = as_role("clerk"), user_with("clerk", hub)
    page = clerk.get("/admin/account/").content.decode()
    assert ("first_name" in page, "last_name" in page, 'name="name_email-email"' in page) == (False, False, True)
    sent = {"name_email-email": "", "locale-preferred_language": "en", "locale-current_time_zone": "Asia/Shanghai", "theme-theme": "system"}
    sent |= {"theme-contrast": "system", "theme-density": "default"}
    assert clerk.post("/admin/account/", sent).status_code == 302
    user.refresh_from_db()
    assert (UserProfile.get_for_user(user).preferred_language, user.email) == ("en", "")
    assert "Take in" in clerk.get("/admin/garment/").content.decode()


@pytest.mark.parametrize(("typed", "kept"), [("zhou@example.org", "zhou@example.org"), ("zhou", "")])
def test_an_e_mail_is_optional_and_looked_at(hub: Any, as_role: Any, typed: str, kept: str) -> None:
    user = user_with("clerk", hub)
    as_role("clerk").post("/admin/account/", {"name_email-email": typed, "locale-preferred_language": "", "locale-current_time_zone": "Asia/Shanghai",
                                              "theme-theme": "system", "theme-contrast": "system", "theme-density": "default"})  # fmt: skip
    user.refresh_from_db()
    assert user.email == kept

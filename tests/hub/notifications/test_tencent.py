"""What is said to Tencent Cloud, and how its answers are read. Nothing leaves this machine."""

from typing import Any

import pytest

from hub.notifications import tencent
from hub.notifications.channels import NotNow, Refused
from hub.notifications.models import Message


@pytest.fixture
def templates(settings: Any) -> None:
    settings.SMS_TENCENT_APP_ID, settings.SMS_TENCENT_SIGN = "1400006666", "西大街社区之家"
    settings.SMS_TENCENT_TEMPLATES = {"sign_in_code": "100", "*": "200"}


@pytest.mark.parametrize(("kind", "template"), [("sign_in_code", "100"), ("booking_confirmed", "200")])
def test_the_kind_chooses_the_template(templates: None, kind: str, template: str) -> None:
    message = Message(key="k", kind=kind, phone="13800001234", text="您好")
    assert tencent.parameters(message) == {
        "PhoneNumberSet": ["+8613800001234"],
        "SmsSdkAppId": "1400006666",
        "SignName": "西大街社区之家",
        "TemplateId": template,
        "TemplateParamSet": ["您好"],
        "SessionContext": "k",
    }


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("LimitExceeded.PhoneNumberDailyLimit", NotNow),
        ("InternalError.Timeout", NotNow),
        ("InvalidParameterValue.IncorrectPhoneNumber", Refused),
        ("FailedOperation.PhoneNumberInBlacklist", Refused),
        ("UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone", Refused),
    ],
)
def test_their_codes_say_whether_to_try_again(code: str, answer: type[Exception]) -> None:
    with pytest.raises(answer, match=code):
        tencent.judge(code)


def test_ok_is_ok() -> None:
    assert tencent.judge("Ok") is None

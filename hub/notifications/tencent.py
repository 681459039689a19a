"""Text messages by Tencent Cloud (the extra `sms`). Their rules: every text goes through a template they have approved.

A template holds one variable, {1}, which is the whole text; SMS_TENCENT_TEMPLATES maps kinds of message to template numbers, `*`
is for all others. Their API has no dedupe key: the message's key travels as SessionContext and is found in their log.
https://cloud.tencent.com/document/product/382/55981
"""

import json
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from hub.notifications.channels import NotNow, Refused
from hub.notifications.models import Message

SECONDS = 10
COUNTRY = "+86"
NEVER = ("InvalidParameterValue.IncorrectPhoneNumber", "FailedOperation.PhoneNumberInBlacklist", "UnsupportedOperation.")


def setting(name: str, default: Any = None) -> Any:
    """SMS_TENCENT_<name>; ImproperlyConfigured when it is missing and has no default."""
    value = getattr(settings, f"SMS_TENCENT_{name}", default)
    if value is None:
        raise ImproperlyConfigured(f"The setting SMS_TENCENT_{name} is missing: docs/features/notifications.md says what it is.")
    return value


def send_sms(message: Message) -> None:
    """Send one text message. Raises Refused for a number they will never serve, NotNow for anything else they say."""
    from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
    from tencentcloud.sms.v20210111.models import SendSmsRequest

    request = SendSmsRequest()
    request.from_json_string(json.dumps(parameters(message)))
    try:
        answer = client().SendSms(request)
    except TencentCloudSDKException as error:
        raise NotNow(str(error.get_code())[:80]) from None
    judge(answer.SendStatusSet[0].Code)


def parameters(message: Message) -> dict[str, Any]:
    """The request's parameters for a message."""
    templates = setting("TEMPLATES")
    return {
        "PhoneNumberSet": [COUNTRY + message.phone],
        "SmsSdkAppId": setting("APP_ID"),
        "SignName": setting("SIGN"),
        "TemplateId": templates.get(message.kind) or templates["*"],
        "TemplateParamSet": [message.text],
        "SessionContext": message.key,
    }


def judge(code: str) -> None:
    """Their code for one number: Ok, or raise."""
    if code == "Ok":
        return
    raise Refused(code[:80]) if code.startswith(NEVER) else NotNow(code[:80])


def client() -> Any:
    """Their client, with a limit on waiting that is shorter than our lease."""
    from tencentcloud.common.credential import Credential
    from tencentcloud.common.profile.client_profile import ClientProfile
    from tencentcloud.common.profile.http_profile import HttpProfile
    from tencentcloud.sms.v20210111.sms_client import SmsClient

    credential = Credential(setting("SECRET_ID"), setting("SECRET_KEY"))
    profile = ClientProfile(httpProfile=HttpProfile(reqTimeout=SECONDS))
    return SmsClient(credential, setting("REGION", "ap-guangzhou"), profile)

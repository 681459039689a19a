"""Settings from the environment: what is missing or wrong stops the start with its own name."""

import subprocess
import sys

import pytest

GOOD = {
    "SECRET_KEY": "k" * 60,
    "FIELD_KEYS": "a" * 44,
    "INDEX_KEY": "b" * 44,
    "BASE_URL": "https://hub.example",
    "ALLOWED_HOSTS": "hub.example",
    "DATABASE_URL": "sqlite:///:memory:",
    "HUB_DEMO": "0",
    "STAFF_NEEDS_TOTP": "1",
    "PATH": "/usr/bin",
}
TENCENT = {
    "SMS_PROVIDER": "tencent",
    "SMS_TENCENT_SECRET_ID": "id",
    "SMS_TENCENT_SECRET_KEY": "key",
    "SMS_TENCENT_APP_ID": "1400000000",
    "SMS_TENCENT_SIGN": "西大街",
    "SMS_TENCENT_TEMPLATES": "booking_made=1001,*=1000",
}


def started(environment, say="DEBUG"):
    """The last line a start says: a setting's value, or why it did not come about."""
    command = [sys.executable, "-W", "ignore", "-c", f"from hub.settings import production; print(production.{say})"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return (done.stdout or done.stderr).strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"FIELD_KEYS": ""}, "FIELD_KEYS and INDEX_KEY are missing"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name"),
        ({"BASE_URL": "http://hub.example"}, "BASE_URL must begin with https://"),
        ({"HUB_DEMO": "1"}, "HUB_DEMO is for the demo alone"),
        ({"HUB_DEMO": "perhaps"}, "The setting HUB_DEMO is 'perhaps'"),
        ({"EMAIL_PORT": "smtp"}, "The setting EMAIL_PORT is 'smtp'"),
        (TENCENT | {"SMS_TENCENT_SIGN": ""}, "The setting SMS_TENCENT_SIGN is missing"),
        (TENCENT | {"SMS_TENCENT_TEMPLATES": "1001"}, "write name=value"),
    ],
)
def test_what_is_missing_or_wrong_is_named(changed, named):
    # An empty variable counts as missing: .env files are filled in by hand.
    assert named in started(GOOD | changed)


@pytest.mark.parametrize(
    ("environment", "setting", "value"),
    [
        (GOOD, "DEBUG", "False"),
        (GOOD, "SMS_PROVIDER", "outbox"),
        (GOOD | TENCENT, "SMS_TENCENT_TEMPLATES", "{'booking_made': '1001', '*': '1000'}"),
        (GOOD | {"EMAIL_HOST": "mail.example"}, "EMAIL_HOST", "mail.example"),
    ],
)
def test_what_is_given_is_used(environment, setting, value):
    assert started(environment, setting) == value

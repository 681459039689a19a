"""What somebody can be at a hub."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Roles(models.TextChoices):
    """What a member of staff or a helper does at one hub."""

    OPERATOR = "operator", _("hotline operator")
    CLERK = "clerk", _("counter clerk")
    PROVIDER = "provider", _("household helper")
    VOLUNTEER = "volunteer", _("volunteer")
    COORDINATOR = "coordinator", _("volunteer coordinator")
    REVIEWER = "reviewer", _("monthly reviewer")
    EDITOR = "editor", _("editor")
    PUBLISHER = "publisher", _("publisher")
    DIRECTOR = "director", _("director")
    ADMIN = "admin", _("system administrator")


SERVES_RESIDENTS = frozenset({Roles.OPERATOR, Roles.CLERK, Roles.DIRECTOR})
USES_THE_ADMIN = frozenset(set(Roles) - {Roles.PROVIDER, Roles.VOLUNTEER})


class Channels(models.TextChoices):
    """How something reached the house."""

    WEB = "web", _("website")
    PHONE = "phone", _("telephone")
    COUNTER = "counter", _("counter")
    VISIT = "visit", _("home visit")
    API = "api", _("programme interface")
    WECHAT = "wechat", _("WeChat")


class IdKinds(models.TextChoices):
    """Which paper an ID number stands on."""

    RESIDENT = "resident", _("resident ID card")
    HK_MACAU = "hk_macau", _("Hong Kong or Macau permit")
    TAIWAN = "taiwan", _("Taiwan permit")
    FOREIGN = "foreign", _("passport or foreigner's card")


class RelationKinds(models.TextChoices):
    """What one person is to another."""

    GUARDIAN = "guardian", _("guardian")
    FAMILY = "family", _("family")
    PROXY = "proxy", _("proxy")
    EMERGENCY = "emergency", _("emergency contact")


CAN_ACT = frozenset({RelationKinds.GUARDIAN, RelationKinds.FAMILY, RelationKinds.PROXY})


class EntitlementKinds(models.TextChoices):
    """Why somebody pays less or nothing."""

    LOW_INCOME = "low_income", _("minimum income")
    DISABLED = "disabled", _("disabled")
    LONE_ELDER = "lone_elder", _("lone elder")
    HARDSHIP = "hardship", _("household in hardship")


class ProofKinds(models.TextChoices):
    """What an entitlement rests on."""

    CERTIFICATE = "certificate", _("certificate")
    COMMITTEE = "committee", _("the committee's written word")


class ConsentPurposes(models.TextChoices):
    """What somebody agreed to. Each is asked for by itself."""

    BASIC = "basic", _("keeping name, phone and address")
    SENSITIVE = "sensitive", _("keeping ID number and entitlements")
    ACT_FOR_ME = "act_for_me", _("being represented by a named person")
    CHILD = "child", _("keeping the data of a child under 14")
    MESSAGES = "messages", _("messages about what the house offers")
    PICTURES = "pictures", _("pictures of me being shown")
    SWAP = "swap", _("a child taking part in the swap shop")
    VOLUNTEER_CHILD = "volunteer_child", _("somebody under 18 volunteering")
    THANKED = "thanked", _("being thanked in public for what I gave")


SENSITIVE_PURPOSES = frozenset({ConsentPurposes.SENSITIVE, ConsentPurposes.CHILD})
CONSENT_TEXT_VERSION = "2026-11"  # of the wording read out at the counter; a new wording is a new version
GIVEN_ELSEWHERE = frozenset(  # with a link, or with what it is for
    {ConsentPurposes.ACT_FOR_ME, ConsentPurposes.CHILD, ConsentPurposes.SWAP, ConsentPurposes.VOLUNTEER_CHILD, ConsentPurposes.THANKED}
)
LETS_ANOTHER_ACT = frozenset({ConsentPurposes.ACT_FOR_ME, ConsentPurposes.CHILD})


class WaysToReach(models.TextChoices):
    """How somebody wants to be told; empty means by the kind of number."""

    BY_RULE = "", _("as the number allows")
    SMS = "sms", _("text message")
    CALL = "call", _("a call")
    ON_SITE = "onsite", _("on the website")


class Flags(models.TextChoices):
    """What to mind when serving somebody."""

    HARD_OF_HEARING = "hard_of_hearing", _("hard of hearing: speak slowly and close")
    POOR_SIGHT = "poor_sight", _("poor sight: read it out")
    WHEELCHAIR = "wheelchair", _("wheelchair: lift and ramp")
    FORGETFUL = "forgetful", _("forgetful: write it down, tell the family too")
    LIVES_ALONE = "lives_alone", _("lives alone: ring back when unreachable")
    READS_LITTLE = "reads_little", _("reads little: explain and fill in together")


class Languages(models.TextChoices):
    """What somebody likes to be spoken to in."""

    MANDARIN = "zh-hans", _("Chinese")
    ENGLISH = "en", _("English")


class OrganisationKinds(models.TextChoices):
    """What sort of organisation."""

    PUBLIC = "public", _("public body")
    FIRM = "firm", _("firm")
    SOCIAL = "social", _("social organisation")

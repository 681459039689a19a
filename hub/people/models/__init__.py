"""Who there is. One module a noun; import from here."""

from hub.people.models.api_token import ApiToken
from hub.people.models.behalf import OnBehalf
from hub.people.models.consent import Consent
from hub.people.models.entitlement import Entitlement
from hub.people.models.household import Household
from hub.people.models.organisation import Organisation, OrganisationContact
from hub.people.models.phone import ContactPhone
from hub.people.models.relationship import Relationship
from hub.people.models.resident import Resident
from hub.people.models.role import Role
from hub.people.models.user import User

__all__ = [
    "ApiToken",
    "Consent",
    "ContactPhone",
    "Entitlement",
    "Household",
    "OnBehalf",
    "Organisation",
    "OrganisationContact",
    "Relationship",
    "Resident",
    "Role",
    "User",
]

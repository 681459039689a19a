"""Where people appear elsewhere."""

from hub.core import errors
from hub.core.joins import (
    DemoSeed,
    HubOpener,
    IntegrityCheck,
    PeriodicJob,
    PersonalFields,
    demo_seeds,
    hub_openers,
    integrity_checks,
    periodic_jobs,
    personal_fields,
)
from hub.people import checks, demo, personal
from hub.people.actions.roles import open_groups
from hub.people.importing.vault import forget_old
from hub.people.sentences import SENTENCES

errors.SENTENCES.update(SENTENCES)

hub_openers.register(HubOpener("groups", open_groups, order=10))

personal_fields.register(
    PersonalFields("people.account", ("username", "phone", "name", "email"), personal.export_account, personal.erase_account)
)
personal_fields.register(
    PersonalFields("people.phones", ("number", "note"), personal.export_phones, personal.erase_phones)
)
personal_fields.register(
    PersonalFields(
        "people.relatives", ("relative_name", "relative_phone", "kind", "note"), personal.export_relatives, personal.erase_relatives
    )
)
personal_fields.register(
    PersonalFields("people.entitlements", ("kind", "proof", "document"), personal.export_entitlements, personal.erase_entitlements)
)
personal_fields.register(
    PersonalFields("people.consents", ("purpose", "text_version"), personal.export_consents, personal.erase_consents)
)
personal_fields.register(
    PersonalFields(
        "people.resident",
        ("name", "birth_on", "id_kind", "id_number", "building", "door", "flags", "flag_note"),
        personal.export_resident,
        personal.erase_resident_row,
    )
)

integrity_checks.register(IntegrityCheck("people.ids", checks.ids_known_twice))
integrity_checks.register(IntegrityCheck("people.sealed", checks.ids_that_cannot_be_read))
integrity_checks.register(IntegrityCheck("people.verified", checks.entitlements_without_verifier))
integrity_checks.register(IntegrityCheck("people.acting", checks.links_acting_without_consent))
integrity_checks.register(IntegrityCheck("people.hubs", checks.rows_across_hubs))
integrity_checks.register(IntegrityCheck("people.erased", checks.erased_with_traces))

periodic_jobs.register(
    PeriodicJob("people.forget_imports", forget_old, 10, "Removes uploaded lists that nobody confirmed within an hour.")
)
periodic_jobs.register(PeriodicJob("people.clear_sessions", personal.clear_sessions, 24 * 60, "Removes sessions that have run out."))

demo_seeds.register(DemoSeed("people", demo.seed, order=20))

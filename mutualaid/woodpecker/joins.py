"""Where the woodpecker board appears elsewhere."""

from django.utils.translation import gettext_lazy as _

from hub.core import errors
from hub.core.joins import ClosingKind, IntegrityCheck, PersonalFields, closing_kinds, integrity_checks, personal_fields
from mutualaid.volunteers.schemes import Scheme, schemes
from mutualaid.woodpecker import checks, personal, results
from mutualaid.woodpecker.actions.credits import SCHEME
from mutualaid.woodpecker.actions.writing import KIND, REPORT
from mutualaid.woodpecker.sentences import SENTENCES

errors.SENTENCES.update(SENTENCES)
schemes.register(Scheme(SCHEME, _("errors found in the newspaper")))
closing_kinds.register(ClosingKind(KIND, _("Edition of the newspaper"), results.words, results.period_words, results.staff_url))
integrity_checks.register(IntegrityCheck("woodpecker.reports", checks.without_reports))
integrity_checks.register(IntegrityCheck("woodpecker.credit", checks.other_credit))
integrity_checks.register(IntegrityCheck("woodpecker.budget", checks.other_sums))
integrity_checks.register(IntegrityCheck("woodpecker.frozen", checks.other_winners))
integrity_checks.register(IntegrityCheck("woodpecker.strayed", checks.strayed))
personal_fields.register(PersonalFields(REPORT, personal.FIELDS, personal.export_reports, personal.erase))

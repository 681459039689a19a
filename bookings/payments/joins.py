"""Where money appears elsewhere."""

from django.utils.translation import gettext_lazy as _

from bookings.payments import checks, jobs, queries
from bookings.payments.actions.refunds import FOLLOW_UP
from hub.core.joins import (
    IntegrityCheck,
    MoneyBook,
    PeriodicJob,
    PromiseKind,
    integrity_checks,
    money_books,
    periodic_jobs,
    promise_kinds,
)

money_books.register(MoneyBook("payments", queries.booked, queries.opened, queries.oddities, queries.takings, queries.waived))
promise_kinds.register(PromiseKind(FOLLOW_UP, _("Look at this money")))
integrity_checks.register(IntegrityCheck("payments.sums", checks.sums_that_differ))
integrity_checks.register(IntegrityCheck("payments.refunds", checks.refunds_that_differ))
integrity_checks.register(IntegrityCheck("payments.surplus", checks.money_not_owed))
integrity_checks.register(IntegrityCheck("payments.settled", checks.paid_without_money))
periodic_jobs.register(PeriodicJob("payments.look_again", jobs.look_at_the_silent, 5, "Asks about online payments nobody came back from."))
periodic_jobs.register(PeriodicJob("payments.send_refunds", jobs.send_refunds, 1, "Sends refunds, and asks how they went."))

"""Where promises appear elsewhere."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from hub.core.joins import DemoSeed, IntegrityCheck, PromiseKind, demo_seeds, integrity_checks, promise_kinds
from hub.promises import demo
from hub.promises.models import Promise


def unknown_kinds() -> Iterable[str]:
    """One sentence for every kind of promise that no app has registered."""
    known = [kind.name for kind in promise_kinds]
    for kind in Promise.objects.exclude(kind__in=known).order_by("kind").values_list("kind", flat=True).distinct():
        yield f"promises.Promise: nobody has registered the kind {kind}"


promise_kinds.register(PromiseKind("call_back", _("Call somebody back")))
integrity_checks.register(IntegrityCheck("promise_kinds_are_known", unknown_kinds))
demo_seeds.register(DemoSeed("promises", demo.seed, order=80))

"""Promises for tests."""

from datetime import timedelta

import factory

from hub.core import clock
from hub.promises.models import Promise


class PromiseFactory(factory.django.DjangoModelFactory):
    """A call-back due in two hours; give it a `hub`."""

    class Meta:
        model = Promise

    kind = "call_back"
    subject_label = "tests.thing"
    subject_ref = factory.Sequence(lambda n: f"{n:08d}")
    made_at = factory.LazyFunction(clock.now)
    due_at = factory.LazyAttribute(lambda promise: promise.made_at + timedelta(hours=2))

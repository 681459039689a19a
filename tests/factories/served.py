"""Service events for tests."""

import factory

from hub.core import clock
from hub.served.models import ServiceEvent
from hub.served.states import Posts


class ServiceEventFactory(factory.django.DjangoModelFactory):
    """Something done for nobody known; give it a `hub`."""

    class Meta:
        model = ServiceEvent

    post = Posts.CULTURE
    what = "使用书画活动室"
    subject_label = "tests.thing"
    subject_ref = factory.Sequence(lambda n: f"{n:08d}")
    happened_at = factory.LazyFunction(clock.now)
    recorded_at = factory.LazyFunction(clock.now)

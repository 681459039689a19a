"""The door for gunicorn. With `--preload` what is loaded here is shared by its workers, and nobody's first request waits for it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings.production")
application = get_wsgi_application()


def load_what_requests_need() -> None:
    """Every address with its views and what they import, and the payment gateway: a worker met them in its first request, which took a second."""
    from django.urls import reverse

    from bookings.payments.gateway import the_gateway

    reverse("payments_webhook")
    the_gateway()


load_what_requests_need()

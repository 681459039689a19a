"""Includes each app's urls; nothing else."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.documents import urls as wagtaildocs_urls

from bookings.payments.views import webhook
from cms import views as cms_views
from hub.api import urls as api_urls
from hub.core import views as core_views
from hub.desk import urls as desk_urls
from hub.people.signin.urls import admin_urlpatterns
from hub.review import urls as review_urls

handler400 = core_views.bad_request

urlpatterns = [
    path("healthz", core_views.healthz),
    path("readyz", core_views.readyz),
    path("api/v1/", include(api_urls)),
    path("payments/stripe/webhook/", webhook, name="payments_webhook"),
    *admin_urlpatterns,
    path("admin/", include("cms.admin_urls")),
    path("desk/", include(desk_urls)),
    path("review/", include(review_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:name>", cms_views.media, name="media"),
    path("sitemap.xml", cms_views.sitemap, name="sitemap"),
]
urlpatterns += i18n_patterns(
    path("", include("hub.people.signin.urls")),
    path("", include("hub.me.urls")),
    path("rooms/", include("bookings.rooms.urls")),
    path("payments/", include("bookings.payments.urls")),
    path("services/", include("bookings.orders.urls")),
    path("jobs/", include("bookings.dispatch.urls")),
    path("swap/", include("mutualaid.swapshop.urls")),
    path("volunteer/", include("mutualaid.volunteers.urls")),
    path("clothing/", include("mutualaid.clothing.urls")),
    path("vanguard/", include("mutualaid.vanguard.urls")),
    path("parcels/", include("mutualaid.clothing.parcel_urls")),
    path("woodpecker/", include("mutualaid.woodpecker.urls")),
    path("", include("cms.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

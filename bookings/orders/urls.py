"""Below /services/."""

from django.urls import path

from bookings.orders.views import order, orders, services

app_name = "orders"
OUR_WORDS = frozenset({"sheet", "orders"})  # no service can be called so
urlpatterns = [
    path("", services.menu, name="menu"),
    path("sheet/", services.sheet, name="sheet"),
    path("orders/<str:token>/", orders.order, name="order"),
    path("orders/<str:token>/cancel/", orders.cancel, name="cancel"),
    path("orders/<str:token>/reschedule/", orders.reschedule, name="reschedule"),
    path("orders/<str:token>/rate/", orders.rate, name="rate"),
    path("orders/<str:token>/extra/", orders.extra, name="extra"),
    path("<slug:slug>/", services.service, name="service"),
    path("<slug:slug>/order/", order.order, name="place"),
]

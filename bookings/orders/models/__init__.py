"""The menu, and what was ordered from it. One module a noun; import from here."""

from bookings.orders.models.order import Order
from bookings.orders.models.service import Service, ServicePrice, ServiceWaiver, ServiceWindow
from bookings.orders.models.step import OrderCall, OrderStep

__all__ = ["Order", "OrderCall", "OrderStep", "Service", "ServicePrice", "ServiceWaiver", "ServiceWindow"]

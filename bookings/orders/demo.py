"""The menu and a month of orders for the demo, in every state. The same seed gives the same demo."""

from datetime import date, datetime, time, timedelta
from typing import Any

from bookings.orders import rules
from bookings.orders.actions.writing import PURPOSE
from bookings.orders.demo_menu import ADDRESSES, ALL_FREE, CALL_OUT_EN, CALL_OUT_ZH, EXTRA_EN, EXTRA_ZH, HELPERS, MENU, PRAISE, REASONS, WORDS, Dish
from bookings.orders.facts import day_of, facts_of
from bookings.orders.models import Order, OrderCall, OrderStep, Service, ServicePrice, ServiceWaiver, ServiceWindow
from bookings.orders.states import IS_OPEN, OrderStates, StepKinds
from bookings.payments.actions import cancel_charge, open_charge, record_payment
from bookings.payments.models import Charge, Payment
from hub.core import clock
from hub.core.references import new_door_code, new_reference, new_token
from hub.people.models import Resident
from hub.people.queries import entitlements_on
from hub.people.states import Channels
from hub.places.models import Community
from hub.served.actions import record_service
from hub.served.states import Posts

DAYS_BACK, ORDERS_A_DAY = 30, 3
ROAD = ("taken", "assigned", "on_the_way", "arrived", "done", "rated")
PAST = [(OrderStates.RATED, 60), (OrderStates.DONE, 26), (OrderStates.CANCELLED, 9), (OrderStates.DECLINED, 5)]
TO_SHOW = (OrderStates.TAKEN, OrderStates.TAKEN, OrderStates.ASSIGNED, OrderStates.ON_THE_WAY, OrderStates.ARRIVED)


def seed(world: Any) -> None:
    """Fourteen services at the first hub, one at the second; orders unless there are some already."""
    services = [put_service(world.hub, dish, order) for order, dish in enumerate(MENU)]
    put_service(world.second_hub, MENU[3], 0)
    if Order.objects.at(world.hub).exists():
        return
    wanted = [service.pk for service in services if service.can_be_ordered]
    menu = list(Service.objects.filter(pk__in=wanted).with_rules())
    people = list(Resident.objects.at(world.hub).living().order_by("pk")[:40])
    today = clock.local(world.now).date()
    for n in range(DAYS_BACK, 0, -1):
        for _each in range(ORDERS_A_DAY):
            states, weights = zip(*PAST, strict=True)
            put_order(world, world.random.choice(menu), today - timedelta(days=n), world.random.choices(states, weights)[0], world.random.choice(people))
    put_orders_to_come(world, menu, people)
    put_orders_of_the_cast(world, {service.slug: service for service in menu}, today)


def put_service(hub: Any, dish: Dish, order: int) -> Service:
    """One service with its windows, price and waivers; an existing one is left as staff have made it."""
    service = Service.objects.at(hub).filter(slug=dish.slug).first()
    if service:
        return service
    service = Service.objects.create(
        hub=hub, slug=dish.slug, name_zh=dish.name_zh, name_en=dish.name_en, line_zh=dish.line_zh, line_en=dish.line_en, group=dish.group, place=dish.place,
        station_zh=dish.station_zh, station_en=dish.station_en, included_zh=dish.included_zh, included_en=dish.included_en,
        not_included_zh=dish.not_included_zh, not_included_en=dish.not_included_en, call_out_zh=CALL_OUT_ZH if dish.call_out else "",
        call_out_en=CALL_OUT_EN if dish.call_out else "", extra_zh=EXTRA_ZH if dish.has_parts else "", extra_en=EXTRA_EN if dish.has_parts else "",
        days=dish.days, lead_hours=dish.lead, most=dish.most, drawing=dish.drawing, sort_order=order * 10,
    )  # fmt: skip
    for window in dish.windows:
        start, end = (time.fromisoformat(clock_text) for clock_text in window.split("-"))
        ServiceWindow.objects.create(service=service, starts_at=start, ends_at=end)
    ServicePrice.objects.create(service=service, valid_from=date(2026, 1, 1), fen=dish.price, unit=dish.unit, call_out_fen=dish.call_out)
    if dish.price:
        for kind, percent in ALL_FREE.items():
            ServiceWaiver.objects.create(service=service, kind=kind, percent=50 if kind == dish.half_price else percent)
    return service


def put_order(world: Any, service: Service, day: date, state: str, person: Resident | None, *, extra_fen: int = 0) -> Order:
    """One order as it would stand had it been walked to `state`: with its steps, charge, money and ledger row."""
    chance, facts = world.random, facts_of(service)
    start, end = chance.choice(facts.windows)
    starts_at, ends_at = clock.at(day, start), clock.at(day, end)
    quantity = chance.randint(1, min(service.most, 3))
    held = entitlements_on(person.pk, day) if person else []
    found = rules.quote(facts, day, quantity, [entitlement.kind for entitlement in held])
    price = rules.price_on(facts, day)
    walked = ROAD[: ROAD.index(state) + 1] if state in ROAD else ROAD[:1]
    made_at = min(starts_at, world.now) - timedelta(hours=chance.randint(3, 60))
    done_at = min(ends_at, world.now) if "done" in walked else None
    is_over = state in {OrderStates.CANCELLED, OrderStates.DECLINED}
    helper = world.notes.get("users", {}).get("provider") if chance.random() < 0.4 else None
    name, phone = chance.choice(HELPERS)
    rating = chance.choices([5, 4, 3, 2], [60, 30, 8, 2])[0]
    order: Order = Order.objects.create(
        hub=world.hub, service=service, reference=new_reference("order"), token=new_token(), state=state, what=chance.choice(WORDS), quantity=quantity,
        unit=price.unit if price else "time", community=Community.objects.at(world.hub).first() if service.is_at_home else None,
        address=chance.choice(ADDRESSES) if service.is_at_home else "", starts_at=starts_at, ends_at=ends_at,
        contact_name=person.name if person else "何大爷", contact_phone=f"1380000{chance.randrange(10_000):04d}", for_person=person, asked_by=person,
        channel=chance.choice([Channels.WEB, Channels.PHONE, Channels.PHONE, Channels.COUNTER]), list_fen=found.list_fen, price_fen=found.price_fen,
        price_reason=found.reason, waived_for=found.kind, entitlement=next((one for one in held if one.kind == found.kind), None),
        extra_fen=extra_fen, extra_what="水龙头一个" if extra_fen else "", extra_agreed_by="本人" if extra_fen else "",
        extra_agreed_at=min(starts_at, world.now) if extra_fen else None, helper=helper if len(walked) > 1 else None,
        helper_name=name if len(walked) > 1 and helper is None else "", helper_phone=phone if len(walked) > 1 and helper is None else "",
        rating=rating if state == OrderStates.RATED else None, rating_words=chance.choice(PRAISE) if state == OrderStates.RATED else "",
        cancel_by=rules.cancel_deadline(starts_at, service.cancel_hours), created_at=made_at, done_at=done_at,
        closed_at=made_at + timedelta(hours=1) if is_over else None, reason=chance.choice(REASONS) if is_over else "",
        door_code=new_door_code() if state in IS_OPEN else "",
    )  # fmt: skip
    put_steps(order, [*walked, *([state] if is_over else [])], min(starts_at, world.now))
    put_money(world, order)
    if done_at:
        record_service(
            hub_id=world.hub.pk, post=Posts.LIVING, what=service.name_zh, subject=PURPOSE, ref=order.reference, happened_at=done_at, for_person_id=order.for_person_id
        )  # fmt: skip
    return order


def put_steps(order: Order, states: list[str], started_at: datetime) -> None:
    """The steps with times that follow each other."""
    at = {"taken": order.created_at, "assigned": order.created_at + timedelta(minutes=50), "on_the_way": started_at - timedelta(minutes=20)}
    at |= {"arrived": started_at, "done": order.done_at or started_at, "rated": (order.done_at or started_at) + timedelta(minutes=40)}
    for state in states:
        OrderStep.objects.create(order=order, kind=StepKinds.STATE, state=state, at=at.get(state) or order.closed_at or started_at)


def put_money(world: Any, order: Order) -> None:
    """The order's charge as it would stand; most of what is done was paid at the door."""
    charge = open_charge(hub_id=order.hub_id, purpose=PURPOSE, ref=order.reference, list_fen=order.list_fen, due_fen=order.due_fen, waived_for=order.waived_for)
    waived = order.list_fen - order.price_fen
    Charge.objects.filter(pk=charge.pk).update(opened_at=order.created_at, waived_fen=waived, waived_for=order.waived_for if waived else "")
    if order.closed_at:
        cancel_charge(charge=charge, reason=order.reason)
    elif order.was_done and order.due_fen and world.random.random() < 0.95:
        clerk = world.notes["users"]["clerk"]
        way = world.random.choice(["door_cash", "door_qr", "door_qr", "counter_cash"])
        paid = record_payment(charge=charge, method=way, amount_fen=order.due_fen, receipt_no=f"S{order.reference}", by=clerk)
        Payment.objects.filter(pk=paid.pk).update(received_at=order.done_at, created_at=order.done_at)


def put_orders_to_come(world: Any, menu: list[Service], people: list[Resident]) -> None:
    """Orders of the coming days, and some of today on their way; one of them was asked about again."""
    today = clock.local(world.now).date()
    for n, state in enumerate(TO_SHOW * 2):
        service = world.random.choice(menu)
        is_under_way = state in {OrderStates.ON_THE_WAY, OrderStates.ARRIVED}
        days = [today] if is_under_way else rules.open_days(facts_of(service), clock.day_bounds(today)[1], day_of(world.hub))
        order = put_order(world, service, days[n % min(len(days), 5)], state, world.random.choice(people))
        if n == 0:
            OrderCall.objects.create(order=order, at=world.now, channel=Channels.PHONE, words="问师傅什么时候来")
            OrderStep.objects.create(order=order, kind=StepKinds.CALLED, state=order.state, at=world.now)


def put_orders_of_the_cast(world: Any, menu: dict[str, Service], today: date) -> None:
    """What the people of the demo see under their own things."""
    people = world.notes.get("residents", {})
    elder, resident = people.get("elder"), people.get("resident")
    if elder:
        put_order(world, menu["repair"], today - timedelta(days=2), OrderStates.DONE, elder, extra_fen=2500)
        put_order(world, menu["haircut-home"], today + timedelta(days=2), OrderStates.ASSIGNED, elder)
    if resident:
        put_order(world, menu["cleaning"], today + timedelta(days=3), OrderStates.TAKEN, resident)
        put_order(world, menu["appliances"], today - timedelta(days=5), OrderStates.RATED, resident)

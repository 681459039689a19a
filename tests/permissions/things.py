"""One of everything at a hub, and how an address's parameters are filled with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile
from django.urls import URLPattern, get_resolver
from django.utils.translation import override
from wagtail.models import Task

from bookings.dispatch.models import Proof
from cms.models.notice import board_of
from hub.audit.models import Line
from hub.closings.actions import close
from hub.desk.actions import note_missed, open_call
from hub.desk.models import WrapUpCode
from hub.people.models import Role
from hub.workdays.states import Sources
from mutualaid.swapshop import actions
from mutualaid.swapshop.models import BannedWord, HandoverHour
from mutualaid.woodpecker.actions import add_photo as put_photo
from mutualaid.woodpecker.models import ErrorKind, Reader
from tests.cast import user_with
from tests.factories import clothing, vanguard, woodpecker
from tests.factories.cms import HubDocumentFactory, HubImageFactory, put_up
from tests.factories.dispatch import ProviderFactory, a_statement, apart, offered
from tests.factories.notifications import CallFactory, MessageFactory
from tests.factories.orders import ServiceFactory, order
from tests.factories.payments import RefundFactory
from tests.factories.people import (
    BORN,
    ConsentFactory,
    EntitlementFactory,
    HouseholdFactory,
    OrganisationContactFactory,
    OrganisationFactory,
    RelationshipFactory,
    ResidentFactory,
    UserFactory,
    id_number,
)
from tests.factories.places import BuildingFactory, ServicePointFactory
from tests.factories.promises import PromiseFactory
from tests.factories.rooms import RoomFactory, book, past_booking
from tests.factories.served import ServiceEventFactory
from tests.factories.swapshop import a_swapper, an_offer, in_the_shop, photo, promised
from tests.factories.volunteers import MemberFactory, TrainingFactory, VisitRoundFactory, a_certificate, a_contribution, a_shift, confirmed, joined
from tests.factories.workdays import SpecialDayFactory

NO_NUMBER, NO_WORD = 987_654_321, "no-such-thing"
PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")

# Parameters that choose a screen, not a row: the same for one's own, another hub's and an absent row.
CHOOSES_A_SCREEN = {
    "content_type_app_name": "cms",
    "content_type_model_name": "noticepage",
    "app_label": "cms",
    "model_name": "noticepage",
    "app_name": "cms",
    "action": "delete",
    "action_name": "approve",
    "filter_spec": "max-100x100",
    "revision_id_a": "earliest",
    "revision_id_b": "latest",
    "year": 2026,
    "uidb64": "MQ",
}


def things_at(hub: Any) -> SimpleNamespace:
    """One row of every kind, whole enough for every button to open."""
    building = BuildingFactory(hub=hub)
    account = UserFactory()
    resident = ResidentFactory(hub=hub, phone="13800001234", id_number=id_number(), birth_on=BORN, building=building, user=account)
    staff = user_with("volunteer", hub, f"{hub.slug}-colleague")
    room = RoomFactory(hub=hub, slug=f"{hub.slug}-room", is_by_approval=True, drawing="dance")
    pending = book(hub, room, "09:00", "10:00", asked_by=resident, for_person=resident)
    published, draft = HubDocumentFactory(hub=hub), HubDocumentFactory(hub=hub)
    page = put_up(hub, "停水通知", slug=f"{hub.slug}-notice", text=f'<a linktype="document" id="{published.pk}">表</a>')
    english = put_up(hub, "Water off", slug=f"{hub.slug}-notice", english_of=page)
    revision = page.save_revision(user=user_with("editor", hub))
    revision.publish()
    workflow = page.get_workflow()
    submitted = put_up(hub, "待审", slug=f"{hub.slug}-submitted")
    submitted.save_revision()
    state = workflow.start(submitted, user_with("editor", hub))
    image = HubImageFactory(hub=hub)
    for file in (image, published, draft):
        file.get_file_size()  # which Wagtail notes when it is first asked
    organisation = OrganisationFactory(hub=hub)
    service = ServiceFactory(hub=hub, slug=f"{hub.slug}-service", price=3000)
    refund = RefundFactory(hub=hub, payment__charge__subject_ref=pending.reference)
    ordered = order(hub, service, asked_by=resident, for_person=resident)
    helper = ProviderFactory(hub=hub, services=[service])
    swapper = a_swapper(hub, f"{hub.slug}换客")
    actions.join(person=resident, nickname=f"{hub.slug}居民")
    thing = in_the_shop(swapper, photos=[photo()])
    barter = promised(in_the_shop(swapper), in_the_shop(resident))
    wish = actions.make_wish(person=resident, kind=None, words="口琴")
    report = actions.report(item=thing, person=resident, reason="false")
    member = MemberFactory(hub=hub, resident=resident)
    shift = a_shift(hub)
    hours = confirmed(resident)
    post = vanguard.a_post(hub, account=user_with("clerk", hub))
    low = vanguard.shown(vanguard.rated(hub, 2, by=user_with("clerk", hub)))
    prize = woodpecker.an_award(hub, readers=1)
    Reader.objects.filter(pk=prize.reader_id).update(resident=resident, phone="")
    found = woodpecker.report(woodpecker.edition(hub))
    put_photo(report=found, photo=b"photo")
    return SimpleNamespace(
        hub=hub,
        post=post,
        term=vanguard.with_picture(post.terms.get()),
        low=low,
        free_code=vanguard.a_code(hub),
        strike=vanguard.struck(post),
        closed_month=vanguard.a_closed_month(hub),
        visit=vanguard.a_visit(hub),
        card=vanguard.a_card(hub),
        tag=vanguard.TagFactory(hub=hub),
        prize=prize,
        found=found,
        newspaper_error=woodpecker.error_of(found),
        past_winner=woodpecker.past_winner(hub),
        account=account,
        resident=resident,
        phone=resident.phones.get(),
        relationship=RelationshipFactory(person=resident, relative=ResidentFactory(hub=hub)),
        consent=ConsentFactory(resident=resident),
        entitlement=EntitlementFactory(resident=resident),
        household=HouseholdFactory(hub=hub, building=building),
        organisation=organisation,
        contact=OrganisationContactFactory(hub=hub, organisation=organisation, name="王芳", phone="13800002222"),
        role=Role.objects.get(user=staff, hub=hub),
        building=building,
        point=ServicePointFactory(hub=hub),
        room=room,
        pending=pending,
        over=past_booking(hub, room),
        swapper=swapper.swapper,
        thing=thing,
        asked_for=an_offer(thing, in_the_shop(resident)),
        barter=barter,
        wish=wish,
        report=report,
        service=service,
        order=ordered,
        offer=offered(ordered, helper),
        proof=Proof.objects.create(order=ordered, kind="photo", file=ContentFile(b"photo", "photo.png"), at=ordered.created_at),
        apart=apart(ProviderFactory(hub=hub), resident),
        statement=a_statement(hub, provider=helper),
        member=member,
        training=TrainingFactory(presenter=member),
        round=VisitRoundFactory(member=member),
        shift=shift,
        sign_up=joined(shift, resident),
        hours=hours,
        certificate=a_certificate(hours),
        contribution=a_contribution(resident),
        charge=refund.payment.charge,
        payment=refund.payment,
        refund=refund,
        promise=PromiseFactory(hub=hub),
        message=MessageFactory(hub=hub, state="failed"),
        call=CallFactory(hub=hub),
        closing=close(hub=hub, kind="volunteers.month", period="2026-10", result={"minutes": 120, "people": 1, "rows": []}),
        at_the_desk=open_call(hub=hub, by=user_with("operator", hub), person=resident),
        missed=note_missed(hub=hub, phone="037166218834"),
        call_back=PromiseFactory(hub=hub, kind="call_back"),
        code=WrapUpCode.objects.at(hub).first(),
        event=ServiceEventFactory(hub=hub, for_person=resident),
        parcel=clothing.parcel(hub),
        intake=clothing.intake(hub, size="M", refused_count=1, fault="torn", end="recycled"),
        hour=clothing.collection_hour(hub),
        line=Line.objects.filter(hub=hub).first(),
        day=SpecialDayFactory(hub=hub, source=Sources.STAFF),
        page=page,
        english=english,
        board=board_of(hub),
        revision=revision,
        submitted=submitted,
        state=state,
        workflow=workflow,
        task=Task.objects.get(workflow_tasks__workflow=workflow),
        image=image,
        rendition=image.get_rendition("max-100x100").file.name,
        document=published,
        draft=draft,
        collection=image.collection,
        site=hub.site,
        group=staff.groups.first() or user_with("editor", hub).groups.get(),
    )


# What fills the parameters below an address; the longest beginning counts.
ROWS: dict[str, Any] = {
    "/admin/residents/": lambda t: {"pk": t.resident.pk},
    "/admin/residents/remove-phone/": lambda t: {"pk": t.phone.pk},
    "/admin/residents/end-link/": lambda t: {"pk": t.relationship.pk},
    "/admin/residents/withdraw-consent/": lambda t: {"pk": t.consent.pk},
    "/admin/households/": lambda t: {"pk": t.household.pk},
    "/admin/entitlements/": lambda t: {"pk": t.entitlement.pk},
    "/admin/organisations/": lambda t: {"pk": t.organisation.pk},
    "/admin/organisation_contacts/": lambda t: {"pk": t.contact.pk},
    "/admin/staff/": lambda t: {"pk": t.role.pk},
    "/admin/communities/": lambda t: {"pk": t.building.grid.community.pk},
    "/admin/grids/": lambda t: {"pk": t.building.grid.pk},
    "/admin/buildings/": lambda t: {"pk": t.building.pk},
    "/admin/service_points/": lambda t: {"pk": t.point.pk},
    "/admin/room/": lambda t: {"pk": t.room.pk},
    "/admin/booking/": lambda t: {"pk": t.pending.pk},
    "/admin/charge/": lambda t: {"pk": t.charge.pk},
    "/admin/charge/invoice-paid/": lambda t: {"pk": t.payment.pk},
    "/admin/charge/give-back/": lambda t: {"pk": t.payment.pk},
    "/admin/charge/reverse-payment/": lambda t: {"pk": t.payment.pk},
    "/admin/refund/": lambda t: {"pk": t.refund.pk},
    "/admin/promises/": lambda t: {"pk": t.promise.pk},
    "/admin/special_days/": lambda t: {"pk": t.day.pk},
    "/admin/outbox/": lambda t: {"pk": t.message.pk},
    "/admin/call_list/": lambda t: {"pk": t.call.pk},
    "/desk/calls/": lambda t: {"token": t.at_the_desk.token},
    "/desk/missed/": lambda t: {"token": t.missed.token},
    "/desk/call-backs/": lambda t: {"pk": t.call_back.pk},
    "/desk/rung/": lambda t: {"pk": t.call.pk},
    "/admin/call/": lambda t: {"pk": t.at_the_desk.pk},
    "/admin/wrap_up_code/": lambda t: {"pk": t.code.pk},
    "/admin/served/": lambda t: {"pk": t.event.pk},
    "/admin/audit/": lambda t: {"pk": t.line.pk},
    "/admin/pages/": lambda t: {
        "page_id": t.page.pk,
        "pk": t.page.pk,
        "parent_page_id": t.board.pk,
        "page_to_move_id": t.page.pk,
        "destination_id": t.board.pk,
        "revision_id": t.revision.pk,
    },
    "/admin/pages/workflow/": lambda t: {"page_id": t.submitted.pk, "task_state_id": t.state.current_task_state.pk, "task_id": t.task.pk},
    "/admin/pages/<int:page_id>/workflow_history/": lambda t: {"page_id": t.submitted.pk, "workflow_state_id": t.state.pk},
    "/admin/api/main/^pages/": lambda t: {"pk": t.page.pk},
    "/admin/api/main/^images/": lambda t: {"pk": t.image.pk},
    "/admin/api/main/^documents/": lambda t: {"pk": t.document.pk},
    "/admin/choose-page/": lambda t: {"parent_page_id": t.board.pk},
    "/admin/collections/": lambda t: {"pk": t.collection.pk, "collection_id": t.collection.pk},
    "/admin/workflows/": lambda t: {"pk": t.workflow.pk, "workflow_pk": t.workflow.pk, "page_pk": t.page.pk},
    "/admin/workflows/tasks/": lambda t: {"pk": t.task.pk},
    "/admin/workflows/task_chooser/": lambda t: {"task_id": t.task.pk},
    "/admin/editing-sessions/": lambda t: {"object_id": t.page.pk, "session_id": NO_NUMBER},
    "/admin/tag-autocomplete/": lambda t: {"app_name": "taggit", "model_name": "tag"},
    "/admin/redirects/": lambda t: {"redirect_id": NO_NUMBER},
    "/admin/settings/": lambda t: {"pk": t.site.pk},
    "/admin/translation/": lambda t: {"page_id": t.page.pk, "pk": t.page.pk},
    "/admin/documents/": lambda t: {"document_id": t.document.pk, "doc_id": t.document.pk, "pk": t.document.pk, "uploaded_file_id": NO_NUMBER},
    "/admin/images/": lambda t: {"image_id": t.image.pk, "pk": t.image.pk, "uploaded_file_id": NO_NUMBER},
    "/admin/sites/": lambda t: {"pk": t.site.pk},
    "/admin/users/": lambda t: {"pk": t.role.user.pk},
    "/admin/groups/": lambda t: {"pk": t.group.pk},
    "/admin/locales/": lambda t: {"pk": t.page.locale_id},
    "/admin/password_reset/": lambda t: {"token": NO_WORD},
    "/api/v1/rooms/": lambda t: {"slug": t.room.slug},
    "/api/v1/bookings/": lambda t: {"reference": t.pending.reference},
    "/documents/": lambda t: {"restriction_id": NO_NUMBER},
    "/media/": lambda t: {"name": t.rendition},
    "/rooms/": lambda t: {"slug": t.room.slug},
    "/services/": lambda t: {"slug": t.service.slug},
    "/swap/": lambda t: {"reference": t.thing.reference},
    "/swap/photos/": lambda t: {"token": t.thing.photos.get().token, "size": "small"},
    "/swap/own/": lambda t: {"token": t.thing.token, "place": 0, "size": "small"},
    "/swap/offers/": lambda t: {"token": t.asked_for.token},
    "/swap/barters/": lambda t: {"token": t.barter.taker_token},
    "/swap/wishes/": lambda t: {"pk": t.wish.pk},
    "/admin/swap_item/": lambda t: {"pk": t.thing.pk},
    "/admin/swap_item/photo/": lambda t: {"pk": t.thing.photos.get().pk},
    "/admin/swap_barter/": lambda t: {"pk": t.barter.pk},
    "/admin/swap_report/": lambda t: {"pk": t.report.pk},
    "/admin/swapper/": lambda t: {"pk": t.swapper.pk},
    "/admin/swap_wish/": lambda t: {"pk": t.wish.pk},
    "/admin/swap_kind/": lambda t: {"pk": t.thing.kind_id},
    "/admin/swap_word/": lambda t: {"pk": BannedWord.objects.at(t.hub).first().pk},
    "/admin/swap_hour/": lambda t: {"pk": HandoverHour.objects.at(t.hub).first().pk},
    "/services/orders/": lambda t: {"token": t.order.token},
    "/admin/service/": lambda t: {"pk": t.service.pk},
    "/admin/order/": lambda t: {"pk": t.order.pk},
    "/jobs/": lambda t: {"token": t.offer.token},
    "/admin/dispatch/": lambda t: {"pk": t.order.pk},
    "/admin/dispatch/proof/": lambda t: {"pk": t.proof.pk},
    "/admin/provider/": lambda t: {"pk": t.offer.provider.pk},
    "/admin/offer/": lambda t: {"pk": t.offer.pk},
    "/admin/keptapart/": lambda t: {"pk": t.apart.pk},
    "/admin/statement/": lambda t: {"pk": t.statement.pk},
    "/volunteer/shifts/": lambda t: {"ref": t.shift.ref},
    "/volunteer/signups/": lambda t: {"token": t.sign_up.token},
    "/volunteer/here/": lambda t: {"code": t.shift.code},
    "/volunteer/hours/": lambda t: {"token": t.hours.token},
    "/volunteer/certificate/": lambda t: {"number": t.certificate.grouped_number},
    "/admin/team/": lambda t: {"pk": t.member.team.pk},
    "/admin/member/": lambda t: {"pk": t.member.pk},
    "/admin/training/": lambda t: {"pk": t.training.pk},
    "/admin/visitround/": lambda t: {"pk": t.round.pk},
    "/admin/opportunity/": lambda t: {"pk": t.shift.opportunity.pk},
    "/admin/shift/": lambda t: {"pk": t.shift.pk},
    "/admin/signup/": lambda t: {"pk": t.sign_up.pk},
    "/admin/hoursentry/": lambda t: {"pk": t.hours.pk, "month": "2026-10"},
    "/admin/results/": lambda t: {"pk": t.closing.pk},
    "/review/closings/": lambda t: {"pk": t.closing.pk},
    "/admin/certificate/": lambda t: {"pk": t.certificate.pk},
    "/admin/contribution/": lambda t: {"pk": t.contribution.pk},
    "/woodpecker/reports/": lambda t: {"token": t.found.token},
    "/woodpecker/editions/": lambda t: {"key": t.prize.edition.key},
    "/woodpecker/certificate/": lambda t: {"number": t.prize.grouped_number},
    "/admin/newspaper/": lambda t: {"pk": t.found.edition.newspaper_id},
    "/admin/woodpecker_edition/": lambda t: {"pk": t.found.edition_id},
    "/admin/woodpecker_prize/": lambda t: {"pk": t.prize.prize_id},
    "/admin/woodpecker_kind/": lambda t: {"pk": ErrorKind.objects.filter(hub=t.hub).first().pk},
    "/admin/woodpecker_report/": lambda t: {"pk": t.found.pk},
    "/admin/woodpecker_error/": lambda t: {"pk": t.newspaper_error.pk},
    "/admin/woodpecker_award/": lambda t: {"pk": t.prize.pk},
    "/admin/past_winner/": lambda t: {"pk": t.past_winner.pk},
    "/parcels/": lambda t: {"token": t.parcel.token},
    "/admin/garment/": lambda t: {"pk": t.intake.garment_id},
    "/admin/parcel/": lambda t: {"pk": t.parcel.pk},
    "/admin/intake/": lambda t: {"pk": t.intake.pk},
    "/admin/movement/": lambda t: {"pk": t.intake.garment.movements.get().pk},
    "/admin/collectionhour/": lambda t: {"pk": t.hour.pk},
    "/vanguard/": lambda t: {"number": t.post.number},
    "/vanguard/rate/": lambda t: {"code": t.free_code},
    "/vanguard/said/": lambda t: {"token": t.low.token},
    "/vanguard/months/": lambda t: {"period": t.closed_month},
    "/vanguard/pictures/": lambda t: {"pk": t.term.pk},
    "/vanguard/words/": lambda t: {"pk": t.low.pk},
    "/admin/vanguard_post/": lambda t: {"pk": t.post.pk},
    "/admin/vanguard_term/": lambda t: {"pk": t.term.pk},
    "/admin/vanguard_rating/": lambda t: {"pk": t.low.pk, "period": t.closed_month},
    "/admin/vanguard_strike/": lambda t: {"pk": t.strike.pk},
    "/admin/ratingtag/": lambda t: {"pk": t.tag.pk},
    "/admin/countervisit/": lambda t: {"pk": t.visit.pk, "batch": t.card.batch},
    "/admin/dutyday/": lambda t: {"pk": NO_NUMBER},
    "/admin/boxcount/": lambda t: {"pk": NO_NUMBER},
    "/payments/": lambda t: {"token": t.charge.token, "session_id": NO_WORD},
    "/rooms/bookings/": lambda t: {"token": t.pending.token},
    "/_util/": lambda t: {"page_view_restriction_id": NO_NUMBER, "page_id": t.page.pk},
}
# Patterns written as regular expressions: (pattern, address in words, what fills it).
EXPRESSIONS: dict[str, tuple[str, Any]] = {
    r"/documents/^(\d+)/(.*)$": ("/documents/{}/{}", lambda t: (t.document.pk, t.document.filename)),
    r"/^((?:[\w\-]+/)*)$": ("/notices/{}/", lambda t: (t.page.slug,)),  # the English one has the same last word
    r"/admin/^.*/$": ("/admin/{}/", lambda t: (NO_WORD,)),
    r"/admin/pages/^(?P<pk>\d+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$": (
        "/admin/pages/{}/revisions/compare/earliest...latest/",
        lambda t: (t.page.pk,),
    ),
}


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver: `template` as it is written there, without the language."""

    template: str
    language: str
    pattern: URLPattern

    def __str__(self) -> str:
        return self.prefix + self.template

    @property
    def prefix(self) -> str:
        return "/en" if self.language == "en" else ""

    @property
    def view(self) -> Any:
        return self.pattern.callback


def addresses() -> list[Address]:
    """Every pattern of the resolver in both languages, the same one once."""
    found: dict[str, Address] = {}
    for language in ("zh-hans", "en"):
        with override(language):
            for address in _below(get_resolver(), "/", language):
                found.setdefault(str(address), address)
    return list(found.values())


def _below(resolver: Any, start: str, language: str) -> Iterator[Address]:
    """English is walked for what is spoken in it alone."""
    for entry in resolver.url_patterns:
        written = str(entry.pattern)
        if isinstance(entry, URLPattern):
            template = start + written
            if language == "zh-hans" or template.startswith("/en/"):
                yield Address(template.removeprefix("/en") if language == "en" else template, language, entry)
        else:
            yield from _below(entry, start + written, language)


def rows_for(template: str) -> Any:
    """What fills the parameters of this address: the longest beginning in ROWS."""
    starts = [start for start in ROWS if template.startswith(start)]
    return ROWS[max(starts, key=len)] if starts else lambda _things: {}


def fill(address: Address, things: SimpleNamespace) -> str:
    """The address of these things; LookupError when nobody has said what fills it."""
    if address.template in EXPRESSIONS:
        words, values = EXPRESSIONS[address.template]
        return address.prefix + words.format(*values(things))
    known = {**CHOOSES_A_SCREEN, **rows_for(address.template)(things)}
    missing = {found["name"] for found in PARAMETER.finditer(address.template)} - known.keys()
    if missing:
        raise LookupError(f"{address}: say in ROWS what fills {', '.join(sorted(missing))}")
    return address.prefix + PARAMETER.sub(lambda found: str(known[found["name"]]), address.template.replace("/^", "/"))


def fill_with_nothing(address: Address) -> str:
    """The same address of rows that do not exist."""
    if address.template in EXPRESSIONS:
        words, values = EXPRESSIONS[address.template]
        return address.prefix + words.format(*(NO_NUMBER for _ in range(words.count("{}"))))
    return address.prefix + PARAMETER.sub(_absent, address.template.replace("/^", "/"))


def _absent(found: Any) -> str:
    if found["name"] in CHOOSES_A_SCREEN:
        return str(CHOOSES_A_SCREEN[found["name"]])
    return str(NO_NUMBER) if found["kind"] in {"int", None} or found["name"] in {"pk", "reference"} else NO_WORD

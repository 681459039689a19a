"""Editors write, publishers publish, and another hub's pages do not exist."""

import json

import pytest
from wagtail.models import Page, TaskState, Workflow

from cms.models import NoticePage
from cms.models.notice import board_of
from cms.permissions import user_can_write_pages
from tests.cast import user_with
from tests.factories.cms import HubDocumentFactory, HubImageFactory, put_up

pytestmark = [pytest.mark.django_db]


def filled(**more):
    return {"title": "停水通知", "slug": "", "intro": "", "published_on": "2026-11-21", "body-count": "0", **more}


def write(client, hub, **more):
    return client.post(f"/admin/pages/add/cms/noticepage/{board_of(hub).pk}/", filled(**more))


@pytest.mark.parametrize(
    ("role", "is_granted"),
    [("editor", True), ("publisher", True), ("director", True), ("clerk", False), ("operator", False), ("admin", False), ("volunteer", False)],
)
def test_who_writes_pages(hub, second_hub, role, is_granted):
    user = user_with(role, hub)
    user.acting_at = hub
    assert user_can_write_pages(user) == is_granted
    user.acting_at = second_hub
    assert user_can_write_pages(user) is False


def test_an_editors_draft_gets_a_pinyin_address_and_stays_a_draft(hub, as_role):
    assert write(as_role("editor"), hub).status_code == 302
    page = NoticePage.objects.get()

    assert (page.slug, page.live) == ("ting-shui-tong-zhi", False)


@pytest.mark.parametrize(
    ("typed", "slug"),
    [("", "ting-shui-tong-zhi"), ("u505cu6c34u901au77e5", "ting-shui-tong-zhi"), ("water", "water"), ("2026", "2026")],
)
def test_an_address_somebody_chose_stays(hub, as_role, typed, slug):
    write(as_role("editor"), hub, slug=typed)

    assert NoticePage.objects.get().slug == slug


def test_the_same_title_twice_gives_two_addresses(hub, as_role):
    client = as_role("editor")
    write(client, hub)
    write(client, hub)

    assert list(NoticePage.objects.order_by("pk").values_list("slug", flat=True)) == ["ting-shui-tong-zhi", "ting-shui-tong-zhi-2"]


@pytest.mark.parametrize(("role", "is_live"), [("editor", False), ("publisher", True), ("director", True)])
def test_only_publishers_and_the_director_publish(hub, as_role, role, is_live):
    write(as_role(role), hub, **{"action-publish": "1"})

    assert [page.live for page in NoticePage.objects.all()] == [is_live]


def test_an_editor_submits_and_a_publisher_approves(hub, second_hub, as_role):
    write(as_role("editor"), hub, **{"action-submit": "1"})
    page = NoticePage.objects.get()
    task = TaskState.objects.get()
    address = f"/admin/pages/workflow/action/{page.pk}/approve/{task.pk}/"

    assert page.live is False
    as_role("editor").post(address)
    as_role("publisher", at=second_hub).post(address)
    page.refresh_from_db()
    assert page.live is False
    as_role("publisher").post(address)
    page.refresh_from_db()
    assert page.live is True


def test_the_dashboard_leads_to_a_new_notice_in_one_press(hub, as_role):
    dashboard = as_role("editor").get("/admin/").content.decode()

    assert f'href="/admin/pages/add/cms/noticepage/{board_of(hub).pk}/"' in dashboard


OTHERS = "北苑的通知"


@pytest.fixture
def others(second_hub):
    """Page, picture and file of the other hub, and a way to publication with somebody's name."""
    page = put_up(second_hub, OTHERS, slug="others")
    page.save_revision(user=user_with("editor", second_hub), log_action=True)
    return {
        "page": page,
        "board": board_of(second_hub),
        "image": HubImageFactory(hub=second_hub, title="北苑的图"),
        "document": HubDocumentFactory(hub=second_hub, title="北苑的表"),
    }


LISTS = [
    "/admin/",
    "/admin/pages/",
    "/admin/pages/search/?q=北苑",
    "/admin/pages/usage/cms/noticepage/",
    "/admin/choose-page/",
    "/admin/choose-page/search/?q=北苑",
    "/admin/choose-page/?page_type=cms.NoticePage",
    "/admin/api/main/pages/",
    "/admin/api/main/images/",
    "/admin/api/main/documents/",
    "/admin/images/",
    "/admin/images/?q=北苑",
    "/admin/images/chooser/",
    "/admin/images/chooser/results/?q=北苑",
    "/admin/documents/",
    "/admin/documents/chooser/",
    "/admin/documents/chooser/results/?q=北苑",
    "/admin/reports/site-history/",
    "/admin/reports/locked/",
    "/admin/reports/workflow/",
    "/admin/reports/workflow_tasks/",
    "/admin/reports/aging-pages/",
]
ONE_ROW = [
    "/admin/pages/{page}/",
    "/admin/pages/{page}/edit/",
    "/admin/pages/{page}/delete/",
    "/admin/pages/{page}/history/",
    "/admin/pages/{page}/usage/",
    "/admin/pages/{page}/copy/",
    "/admin/pages/{page}/move/",
    "/admin/pages/{page}/unpublish/",
    "/admin/pages/{page}/view_draft/",
    "/admin/pages/add/cms/noticepage/{board}/",
    "/admin/pages/{board}/add_subpage/",
    "/admin/choose-page/{board}/",
    "/admin/choose-page/chosen-multiple/?id={page}",
    "/admin/api/main/pages/{page}/",
    "/admin/api/main/images/{image}/",
    "/admin/api/main/documents/{document}/",
    "/admin/images/{image}/",
    "/admin/images/{image}/delete/",
    "/admin/images/usage/{image}/",
    "/admin/images/{image}/generate_url/",
    "/admin/images/chooser/{image}/",
    "/admin/images/chooser/{image}/select_format/",
    "/admin/images/chooser/chosen-multiple/?id={image}",
    "/admin/documents/edit/{document}/",
    "/admin/documents/delete/{document}/",
    "/admin/documents/usage/{document}/",
    "/admin/documents/chooser/{document}/",
    "/admin/documents/chooser/chosen-multiple/?id={document}",
]


@pytest.mark.parametrize("role", ["editor", "publisher", "director"])
def test_no_list_in_the_admin_shows_another_hubs_rows(hub, second_hub, others, as_role, role):
    client = as_role(role)
    for address in LISTS:
        page = client.get(address, follow=True).content.decode()
        page = page.replace("?q=北苑", "").replace('value="北苑"', "").replace("“北苑", "").replace("北苑</em>", "")
        assert [word for word in (OTHERS, "北苑的图", "北苑的表", "北苑社区之家", "beiyuan-editor") if word in page] == [], address


@pytest.mark.parametrize("role", ["editor", "publisher", "director"])
def test_no_screen_in_the_admin_opens_another_hubs_row(hub, second_hub, others, as_role, role):
    client = as_role(role)
    numbers = {name: row.pk for name, row in others.items()}
    for address in ONE_ROW:
        response = client.get(address.format(**numbers))
        shown = response.content.decode() if response.status_code == 200 else ""
        assert [word for word in (OTHERS, "北苑的图", "北苑的表", "北苑社区之家") if word in shown or word in json.dumps(shown)] == [], address


def test_nothing_is_moved_or_copied_to_another_hub(hub, second_hub, others, as_role):
    page = put_up(hub, "我们的", slug="ours")
    client = as_role("publisher")
    client.post(f"/admin/pages/{page.pk}/move/{others['board'].pk}/confirm/")
    client.post(f"/admin/pages/{page.pk}/copy/", {"new_title": "我们的", "new_slug": "copied", "new_parent_page": others["board"].pk})

    assert list(others["board"].get_children().values_list("slug", flat=True)) == ["others"]


def test_the_report_that_names_all_hubs_is_closed(hub, as_role):
    assert as_role("publisher").get("/admin/reports/page-types-usage/").status_code == 404


def test_reports_offer_only_colleagues_and_ones_own_workflow(hub, second_hub, others, as_role):
    user_with("publisher", second_hub)
    page = as_role("publisher").get("/admin/reports/workflow/").content.decode()

    assert ("西大街社区之家：发布前" in page, "北苑社区之家：发布前" in page) == (True, False)
    assert Workflow.objects.count() >= 2


@pytest.mark.parametrize("role", ["clerk", "operator", "coordinator"])
def test_who_does_not_write_pages_finds_none(hub, as_role, role):
    client = as_role(role)

    assert write(client, hub).status_code in {302, 404}
    assert NoticePage.objects.count() == 0


def test_the_home_page_of_a_hub_cannot_be_deleted_by_its_staff(hub, as_role):
    client = as_role("director")
    client.post(f"/admin/pages/{hub.site.root_page_id}/delete/")

    assert Page.objects.filter(pk=hub.site.root_page_id).exists()


@pytest.mark.parametrize(("view", "role", "is_shown"), [("", "editor", True), ("elder", "editor", False), ("", None, False)])
def test_the_userbar_is_for_staff_on_plain_pages(hub, as_role, client, view, role, is_shown):
    visitor = as_role(role) if role else client
    if view:
        visitor.cookies["view"] = view

    assert ("wagtail-userbar" in visitor.get("/about/").content.decode()) == is_shown

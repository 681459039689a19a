"""Making a hub's public site."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page, Site, WorkflowPage

from cms.actions import open_public_site
from cms.models import HomePage, Library, NoticeIndexPage, StandardPage

pytestmark = pytest.mark.django_db


def tree(hub):
    """(path of slugs, language, kind) of every page."""
    homes = [hub.site.root_page, *hub.site.root_page.get_translations()]
    return [(page.url_path, page.locale.language_code, page.specific_class.__name__) for home in homes for page in home.get_descendants(inclusive=True)]


def test_a_hub_opens_with_the_same_pages_in_both_languages(hub):
    assert tree(hub) == [
        ("/xidajie/zh/", "zh-hans", "HomePage"),
        ("/xidajie/zh/notices/", "zh-hans", "NoticeIndexPage"),
        ("/xidajie/zh/accessibility/", "zh-hans", "StandardPage"),
        ("/xidajie/zh/privacy/", "zh-hans", "StandardPage"),
        ("/xidajie/zh/about/", "zh-hans", "StandardPage"),
        ("/xidajie/en/", "en", "HomePage"),
        ("/xidajie/en/notices/", "en", "NoticeIndexPage"),
        ("/xidajie/en/accessibility/", "en", "StandardPage"),
        ("/xidajie/en/privacy/", "en", "StandardPage"),
        ("/xidajie/en/about/", "en", "StandardPage"),
    ]


def test_every_page_is_the_translation_of_its_twin(hub):
    for kind in (HomePage, NoticeIndexPage, StandardPage):
        chinese = list(kind.objects.filter(locale__language_code="zh-hans").order_by("path").values_list("translation_key", flat=True))
        english = list(kind.objects.filter(locale__language_code="en").order_by("path").values_list("translation_key", flat=True))
        assert chinese == english


def test_opening_again_changes_nothing(hub):
    def everything():
        return (
            list(Page.objects.order_by("pk").values_list("pk", "path", "title", "latest_revision_id")),
            list(GroupPagePermission.objects.order_by("pk").values_list("pk", flat=True)),
            list(GroupCollectionPermission.objects.order_by("pk").values_list("pk", flat=True)),
            list(WorkflowPage.objects.order_by("pk").values_list("page_id", "workflow_id")),
            list(Library.objects.values_list("hub_id", "collection_id")),
        )

    before = everything()
    open_public_site(hub=hub)

    assert everything() == before


def test_what_staff_have_written_stays(hub):
    page = StandardPage.objects.descendant_of(hub.site.root_page).get(slug="about")
    page.title = "我们"
    page.save()

    open_public_site(hub=hub)

    page.refresh_from_db()
    assert page.title == "我们"


def test_the_site_begins_at_the_chinese_home_page(hub):
    assert Site.objects.get(pk=hub.site_id).root_page.specific == HomePage.objects.get(url_path="/xidajie/zh/")


def test_the_welcome_page_of_the_package_is_gone(hub, second_hub):
    assert list(Page.objects.filter(depth=2).order_by("path").values_list("slug", flat=True)) == ["xidajie", "beiyuan"]
    assert list(Site.objects.order_by("pk").values_list("hostname", flat=True)) == ["testserver", "beiyuan.localhost"]


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        ("editor", ["add_page", "change_page"]),
        ("publisher", ["add_page", "change_page", "lock_page", "publish_page", "unlock_page"]),
        ("director", ["add_page", "change_page", "lock_page", "publish_page", "unlock_page"]),
        ("clerk", []),
        ("admin", []),
    ],
)
def test_each_role_has_its_rights_in_its_own_folder(hub, second_hub, role, rights):
    group = Group.objects.get(name=f"xidajie:{role}")
    found = GroupPagePermission.objects.filter(group=group).order_by("page__path", "permission__codename")

    assert list(found.values_list("page__slug", "permission__codename")) == [("xidajie", right) for right in rights]


def test_each_hub_has_a_library_of_its_own(hub, second_hub):
    rows = GroupCollectionPermission.objects.filter(group__name__endswith=":editor").order_by("group__name", "permission__codename")

    assert sorted(set(rows.values_list("group__name", "collection__name"))) == [
        ("beiyuan:editor", "北苑社区之家"),
        ("xidajie:editor", "西大街社区之家"),
    ]
    assert list(rows.filter(group__name="xidajie:editor").values_list("permission__codename", flat=True)) == [
        "add_document",
        "add_image",
        "change_document",
        "change_image",
        "choose_document",
        "choose_image",
    ]


def test_what_editors_submit_goes_to_their_own_publishers_and_director(hub, second_hub):
    rows = WorkflowPage.objects.filter(page__depth=2).order_by("page__path").select_related("page", "workflow")
    groups = [(row.page.slug, sorted(group.name for task in row.workflow.tasks for group in task.specific.groups.all())) for row in rows]

    assert groups == [("xidajie", ["xidajie:director", "xidajie:publisher"]), ("beiyuan", ["beiyuan:director", "beiyuan:publisher"])]

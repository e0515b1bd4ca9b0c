"""Who may delete pictures and documents: those with the right to, and who uploaded them."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import permissions as image_permissions
from wagtail.images.views import chooser, images, multiple
from wagtail.models import Collection

from home.file_permissions import FilePermissionPolicy
from home.models import SiteImage
from tests.commerce.desk import staff_of
from tests.factories.catalog import a_picture
from tests.factories.staff import install_roles

pytestmark = pytest.mark.django_db

EDITORS = ("Catalogue editors", "Merchandisers")


@pytest.fixture(autouse=True)
def roles():
    install_roles()


def delete(browser, picture):
    return browser.post(reverse("wagtailimages:delete", args=[picture.pk]))


def delete_in_bulk(browser, *pictures):
    address = reverse("wagtail_bulk_action", args=["home", "siteimage", "delete"])
    asked = "&".join(f"id={picture.pk}" for picture in pictures)
    return browser.post(f"{address}?next=/admin/images/&{asked}")


@pytest.mark.parametrize("role", EDITORS)
def test_editors_do_not_delete_what_others_have_uploaded(role):
    picture, browser = a_picture(), staff_of(role)

    delete(browser, picture)
    delete_in_bulk(browser, picture)

    assert SiteImage.objects.filter(pk=picture.pk).exists()
    page = browser.get(reverse("wagtailimages:edit", args=[picture.pk]))
    assert reverse("wagtailimages:delete", args=[picture.pk]) not in page.content.decode()


@pytest.mark.parametrize("role", EDITORS)
def test_editors_delete_what_they_have_uploaded_themselves(role):
    browser = staff_of(role)
    own, another = a_picture(), a_picture()
    SiteImage.objects.update(uploaded_by_user=browser.user)

    delete(browser, own)
    delete_in_bulk(browser, another)

    assert not SiteImage.objects.exists()


def test_administrators_delete_any_picture():
    first, second = a_picture(), a_picture()
    browser = staff_of("Administrators")

    delete(browser, first)
    delete_in_bulk(browser, second)

    assert not SiteImage.objects.exists()


def test_editors_still_change_what_others_have_uploaded():
    picture, browser = a_picture(), staff_of("Catalogue editors")
    assert browser.get(reverse("wagtailimages:edit", args=[picture.pk])).status_code == 200


def test_documents_follow_the_same_rule():
    root = Collection.get_first_root_node()
    document = get_document_model().objects.create(
        title="Terms", file=ContentFile(b"terms", name="terms.txt"), collection=root
    )
    address = reverse("wagtaildocs:delete", args=[document.pk])

    staff_of("Catalogue editors").post(address)
    assert get_document_model().objects.exists()
    staff_of("Administrators").post(address)
    assert not get_document_model().objects.exists()


def test_every_view_of_pictures_asks_the_shops_policy():
    asked = [module.permission_policy for module in (image_permissions, images, multiple, chooser)]
    assert [type(policy) for policy in asked] == [FilePermissionPolicy] * 4

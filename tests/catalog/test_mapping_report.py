"""What publishing says about the mapping, and what the nightly check keeps of it."""

from datetime import timedelta
from time import monotonic

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django_q.models import Schedule

from catalog.mapping.services.mapping_checks import check_all_pages, check_page
from catalog.models import Finding, MappingCheck, MappingIssue, ProductGroupPage
from catalog.tasks import check_mapping
from tests.catalog.test_admin import form_data, send_new
from tests.catalog.test_hub_chooser import personalized
from tests.catalog.test_mapping_check import business_cards

pytestmark = pytest.mark.django_db


def publish(editor, sku: str, **block):
    stream = personalized(**{"product_reference": "classic-business-cards", **block})
    response = send_new(editor, form_data([{"sku": sku, "price": "19.00"}], personalization=stream))
    assert response.status_code == 302
    assert ProductGroupPage.objects.get(slug="thank-you-cards").live
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def issues() -> set[tuple[str, str]]:
    return set(MappingIssue.objects.values_list("kind", "sku"))


def test_publishing_an_unmapped_sku_says_what_shoppers_will_see(editor, sandbox):
    said = publish(editor, "OW-NEW")

    assert "OW-NEW: SKU not in the Hub." in said
    assert "see the editor with the product&#x27;s first variant instead" in said


def test_publishing_an_unconnected_product_says_what_shoppers_will_read(editor, sandbox):
    assert "This product cannot be personalized yet" in publish(editor, "OW-A", product_reference="nobody")


def test_publishing_what_is_ready_says_nothing_of_the_hub(editor, sandbox):
    assert "Hub" not in publish(editor, "OW-BC-MATT-50")


def test_publishing_works_at_once_while_the_hub_is_away(editor, hub_is_down):
    said = publish(editor, "OW-A")

    assert "Whether the Hub knows its SKUs could not be checked" in said


def test_a_hub_that_hangs_holds_up_publishing_for_seconds_only(editor, sandbox, monkeypatch):
    monkeypatch.setattr("catalog.mapping.publication_warnings.PATIENCE_SECONDS", 0.5)
    sandbox.control.fail("references.get", "hang", seconds=20)
    started = monotonic()

    said = publish(editor, "OW-A")

    sandbox.control.clear()
    assert "could not be checked" in said
    assert monotonic() - started < 15


def test_a_draft_is_saved_without_a_word_of_the_hub(editor, sandbox):
    stream = personalized(product_reference="nobody")
    send_new(editor, form_data([{"sku": "OW-A"}], personalization=stream), publish=False)

    assert sandbox.control.calls == []


def test_publishing_lets_the_worker_check_the_page(django_capture_on_commit_callbacks, monkeypatch):
    queued = []
    monkeypatch.setattr("catalog.receivers.async_task", lambda *task: queued.append(task))
    with django_capture_on_commit_callbacks(execute=True):
        group = business_cards()

    assert ("catalog.tasks.check_mapping", group.pk) in queued


def test_a_check_keeps_what_it_finds_and_drops_what_is_mended(sandbox):
    group = business_cards("OW-BC-MATT-50", "OW-NEW")
    check_page(group.pk)
    assert (Finding.NOT_IN_HUB, "OW-NEW") in issues()
    long_ago = timezone.now() - timedelta(days=9)
    MappingIssue.objects.update(first_seen_at=long_ago)

    group.variants.filter(sku="OW-NEW").update(sku="OW-BC-MATT-100", price="20.00")
    check_page(group.pk)

    assert (Finding.NOT_IN_HUB, "OW-NEW") not in issues()
    assert MappingIssue.objects.get(kind=Finding.NOT_NOTIFIED).first_seen_at == long_ago
    assert MappingIssue.objects.get(kind=Finding.PRICE_DIFFERS).first_seen_at > long_ago


def test_a_night_without_the_hub_changes_nothing(sandbox, settings, hub_is_down):
    group = business_cards("OW-NEW")
    check = MappingCheck.objects.create(page=group, reference="x")
    MappingIssue.objects.create(check_run=check, kind=Finding.NOT_IN_HUB, sku="OW-NEW")

    assert check_all_pages() == 0

    assert issues() == {(Finding.NOT_IN_HUB, "OW-NEW")}
    assert MappingCheck.objects.get().checked_at == check.checked_at


def test_a_check_after_publishing_survives_an_outage(hub_is_down):
    check_mapping(business_cards().pk)

    assert not MappingCheck.objects.exists()


def test_the_nightly_check_sees_every_live_personalized_page_and_no_other(sandbox):
    live, draft = business_cards("OW-1"), business_cards("OW-2")
    draft.unpublish()
    MappingCheck.objects.create(page=draft, reference="x")

    assert check_all_pages() == 1

    assert [check.page_id for check in MappingCheck.objects.all()] == [live.pk]


def test_one_page_that_the_hub_refuses_does_not_stop_the_others(sandbox):
    _first, second = business_cards("OW-1"), business_cards("OW-2")
    sandbox.control.fail("references.get", status=400)

    assert check_all_pages() == 1

    assert [check.page_id for check in MappingCheck.objects.all()] == [second.pk]


def test_the_check_is_scheduled_once():
    call_command("migrate", verbosity=0)

    schedule = Schedule.objects.get(func="catalog.tasks.check_mappings")
    assert (schedule.schedule_type, schedule.cron) == (Schedule.CRON, "10 4 * * *")


# The report and the tile.


@pytest.fixture
def found(sandbox):
    group = business_cards("OW-NEW", title="Cards")
    check_page(group.pk)
    return group


def test_the_report_lists_filters_and_exports(editor, found):
    report, results = reverse("hub_differences"), reverse("hub_differences_results")

    assert "SKU not in the Hub" in editor.get(report).content.decode()
    filtered = editor.get(results, {"kind": Finding.NAME_DIFFERS}).content.decode()
    assert "Name differs" in filtered
    assert "OW-NEW" not in filtered
    assert "OW-NEW" in editor.get(results, {"search": "ow-new"}).content.decode()
    sheet = b"".join(editor.get(report, {"export": "csv"}).streaming_content).decode()
    assert sheet.splitlines()[0] == ("Product,SKU,What is the matter,Details,Product reference,Since,Checked")
    assert "Cards,OW-NEW,SKU not in the Hub," in sheet


def test_the_report_leads_to_the_tab_on_which_the_difference_is_put_right(editor, found):
    tab = f"{reverse('wagtailadmin_pages:edit', args=[found.pk])}#tab-personalization"

    assert f'href="{tab}"' in editor.get(reverse("hub_differences")).content.decode()
    assert 'id="tab-personalization"' in editor.get(tab).content.decode()


def test_the_report_names_the_tab_on_which_the_hubs_product_is_chosen(editor, sandbox):
    check_page(business_cards("OW-A", product_reference="nobody").pk)

    said = editor.get(reverse("hub_differences")).content.decode()

    assert "choose the Hub’s product on the page’s tab Personalization" in said
    assert "product above" not in said


def test_the_home_page_counts_products_that_shoppers_stumble_over(editor, found):
    html = editor.get(reverse("wagtailadmin_home")).content.decode()

    assert "1 product has something that shoppers will notice." in html
    assert reverse("hub_differences") in html


def test_without_a_check_the_home_page_says_nothing(editor):
    assert "Products and the Hub" not in editor.get(reverse("wagtailadmin_home")).content.decode()


def test_who_may_not_write_pages_sees_neither_report_nor_tile(client, found):
    packer = get_user_model().objects.create_user("pia", "pia@oakwren.example", "secret")
    packer.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(packer)

    assert client.get(reverse("hub_differences")).status_code == 302
    assert "Products and the Hub" not in client.get(reverse("wagtailadmin_home")).content.decode()

"""What follows from publishing a product, in whatever way it was published."""

from functools import partial

from django.db import transaction
from django.dispatch import receiver
from django_q.tasks import async_task
from wagtail.signals import page_published, page_unpublished

from .models import MappingCheck, ProductGroupPage


@receiver(page_published, sender=ProductGroupPage, dispatch_uid="catalog.check_mapping")
def check_mapping_soon(instance: ProductGroupPage, **kwargs) -> None:
    """The worker compares what was published with the Hub; nobody waits for it."""
    if instance.personalization or MappingCheck.objects.filter(page=instance).exists():
        transaction.on_commit(partial(async_task, "catalog.tasks.check_mapping", instance.pk))


@receiver(page_unpublished, sender=ProductGroupPage, dispatch_uid="catalog.forget_mapping_check")
def forget_mapping_check(instance: ProductGroupPage, **kwargs) -> None:
    """What nobody can buy is no longer compared."""
    MappingCheck.objects.filter(page=instance).delete()

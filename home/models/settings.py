"""What editors set once for the whole site: the brand, the main menu and the footer.

Templates read them through `home.selectors.site_frame`, which keeps them in the cache.
"""

from django.db import models
from django.forms import TextInput
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from core.fields import ContentField
from core.plain_text import PlainTextMixin
from home.blocks.links import FooterColumnBlock, LinkBlock, MenuItemBlock
from home.colours import GREEN, PAPER, validate_background, validate_colour
from home.forms.picture_panels import SHARED_PIXELS, PicturePanel


@register_setting(icon="tag", order=100)
class BrandSettings(PlainTextMixin, BaseSiteSetting):
    """Who the shop is."""

    select_related = ["logo", "social_image"]

    name = models.CharField(_("name"), max_length=60, default="Oakwren")
    tagline = models.CharField(
        _("tagline"),
        max_length=120,
        blank=True,
        help_text=_("A few words, for where there is no room for more."),
    )
    introduction = models.CharField(
        _("about the shop"), max_length=300, blank=True, help_text=_("One or two sentences for the footer.")
    )
    logo = models.ForeignKey(
        "home.SiteImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown 36 pixels high. Without a logo the wren and the name stand there."),
    )
    social_image = models.ForeignKey(
        "home.SiteImage",
        verbose_name=_("picture for sharing"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown where somebody shares a page that has no picture of its own."),
    )
    colour = models.CharField(
        _("colour"),
        max_length=7,
        default=GREEN,
        validators=[validate_colour],
        help_text=_("Buttons, links and headings of the shop and of its e-mails."),
    )
    background = models.CharField(
        _("background"),
        max_length=7,
        default=PAPER,
        validators=[validate_background],
        help_text=_("Behind every page and e-mail, and around the page on telephones."),
    )
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    address = models.TextField(_("address"), max_length=300, blank=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("tagline"),
        FieldPanel("introduction"),
        MultiFieldPanel(
            [FieldPanel("logo"), PicturePanel("social_image", least=SHARED_PIXELS)], heading=_("Pictures")
        ),
        MultiFieldPanel(
            [
                FieldPanel("colour", widget=TextInput(attrs={"type": "color"})),
                FieldPanel("background", widget=TextInput(attrs={"type": "color"})),
            ],
            heading=_("Colours"),
        ),
        MultiFieldPanel(
            [FieldPanel("contact_email"), FieldPanel("phone"), FieldPanel("address")], heading=_("Contact")
        ),
    ]

    class Meta:
        verbose_name = _("brand")


@register_setting(icon="bars", order=110)
class NavigationSettings(PlainTextMixin, BaseSiteSetting):
    """The main menu."""

    menu = ContentField(
        [("item", MenuItemBlock())],
        verbose_name=_("main menu"),
        blank=True,
        max_num=9,
        help_text=_("Up to nine entries; each may open a short list below it."),
    )

    panels = [FieldPanel("menu")]

    class Meta:
        verbose_name = _("navigation")


@register_setting(icon="list-ul", order=120)
class FooterSettings(PlainTextMixin, BaseSiteSetting):
    """The foot of every page."""

    columns = ContentField(
        [("column", FooterColumnBlock())], verbose_name=_("columns"), blank=True, max_num=4
    )
    social_links = ContentField(
        [("link", LinkBlock())], verbose_name=_("social networks"), blank=True, max_num=6
    )
    legal_text = models.CharField(_("small print"), max_length=300, blank=True)

    panels = [FieldPanel("columns"), FieldPanel("social_links"), FieldPanel("legal_text")]

    class Meta:
        verbose_name = _("footer")

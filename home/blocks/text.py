"""Blocks of words."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]
LINE_FEATURES = ["bold", "italic", "link", "ul"]


class ParagraphBlock(blocks.RichTextBlock):
    """Running text."""

    def __init__(self, **kwargs):
        super().__init__(**{"features": TEXT_FEATURES, **kwargs})

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        group = _("Text")
        description = _("Running text with lists, links and small headings.")
        template = "blocks/paragraph.html"
        preview_value = (
            "<p>Paper is the one thing a screen cannot show. So here is the short version of what we tell "
            "people who ring us up.</p><ul><li>Uncoated feels warm.</li><li>Satin is for photos.</li></ul>"
        )


class HeadingBlock(blocks.CharBlock):
    """The heading of a section."""

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": 120, **kwargs})

    class Meta:
        label = _("Heading")
        icon = "title"
        group = _("Text")
        description = _("The heading of a section. The page's title stands above all of them.")
        template = "blocks/heading.html"
        preview_value = "How to choose a paper"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label=_("Words"), max_length=400, rows=3)
    attribution = blocks.CharBlock(label=_("Who said it"), required=False, max_length=100)

    class Meta:
        label = _("Quote")
        icon = "openquote"
        group = _("Text")
        description = _("Somebody's words, set large.")
        template = "blocks/quote.html"
        label_format = "{text}"
        preview_value = {
            "text": "Close your eyes and bend the corner. Your thumb knows.",
            "attribution": "Nora Fennell, who buys our paper",
        }


class QuestionBlock(blocks.StructBlock):
    """A question with its answer."""

    question = blocks.CharBlock(label=_("Question"), max_length=160)
    answer = blocks.RichTextBlock(label=_("Answer"), features=LINE_FEATURES)

    class Meta:
        label = _("Question")
        icon = "help"
        label_format = "{question}"
        is_previewable = False


class FaqBlock(blocks.StructBlock):
    """Questions that open to their answers; search engines read them too."""

    title = blocks.CharBlock(label=_("Title"), default=_("Questions"), max_length=80)
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        label = _("Questions")
        icon = "help"
        group = _("Text")
        description = _("Questions that open to their answers.")
        template = "blocks/faq.html"
        label_format = "{title}"
        preview_value = {
            "title": "Questions",
            "questions": [
                {
                    "question": "How long does it take?",
                    "answer": "<p>We print within two working days.</p>",
                },
                {"question": "Do I need an account?", "answer": "<p>No. An e-mail address is enough.</p>"},
            ],
        }

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context["faq_data"] = {
            "@context": "https://schema.org",
            "@type": "FAQPage",
            "mainEntity": [
                {
                    "@type": "Question",
                    "name": entry["question"],
                    "acceptedAnswer": {"@type": "Answer", "text": str(entry["answer"])},
                }
                for entry in value["questions"]
            ],
        }
        return context


class StepBlock(blocks.StructBlock):
    """One step."""

    title = blocks.CharBlock(label=_("Title"), max_length=60)
    text = blocks.TextBlock(label=_("Text"), required=False, max_length=240, rows=2)

    class Meta:
        label = _("Step")
        icon = "order"
        label_format = "{title}"
        is_previewable = False


class StepsBlock(blocks.StructBlock):
    """How something goes, step by step."""

    title = blocks.CharBlock(label=_("Title"), default=_("How it works"), max_length=80)
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=2, max_num=5)

    class Meta:
        label = _("Steps")
        icon = "order"
        group = _("Sections")
        description = _("How something goes, in two to five numbered steps.")
        template = "blocks/steps.html"
        label_format = "{title}"
        preview_value = {
            "title": "How it works",
            "steps": [
                {"title": "Choose a design", "text": "Every product starts with a finished layout."},
                {"title": "Make it yours", "text": "Change the words, add a photograph."},
                {"title": "We print and post it", "text": "Order with your e-mail address."},
            ],
        }


class NoticeBlock(blocks.StructBlock):
    """Something that readers should not miss."""

    text = blocks.RichTextBlock(label=_("Text"), features=LINE_FEATURES)

    class Meta:
        label = _("Notice")
        icon = "info-circle"
        group = _("Text")
        description = _("Something that readers should not miss, like a last posting date.")
        template = "blocks/notice.html"
        preview_value = {"text": "<p>Order by <b>12 December</b> to have it before Christmas.</p>"}

"""What staff type at the order desk."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from core.plain_text import refuse_control_characters
from personalization.models import PrintFile, RenderProject

SHORT = 500
LONG = 2000


class NoteForm(forms.Form):
    """An internal note."""

    text = forms.CharField(
        label=_("Internal note"),
        max_length=LONG,
        validators=[refuse_control_characters],
        widget=AdminAutoHeightTextInput(attrs={"rows": 2}),
        help_text=_("Only staff can read it. It stays with the order for good."),
    )


class CancelForm(forms.Form):
    """Why an order is cancelled."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=SHORT,
        validators=[refuse_control_characters],
        widget=AdminAutoHeightTextInput(attrs={"rows": 2}),
        help_text=_("For your colleagues: it is written into the order's timeline."),
        error_messages={"required": _("Write why, so that your colleagues understand it later.")},
    )


class ReplaceFileForm(forms.Form):
    """A print file that somebody brought, and the one it takes the place of."""

    replaces = forms.ModelChoiceField(
        label=_("Replaces"),
        queryset=PrintFile.objects.none(),
        required=False,
        empty_label=_("None: add it to the others"),
    )
    upload = forms.FileField(
        label=_("File"),
        help_text=_("A PDF or a picture. It is checked as files from the Hub are."),
        error_messages={"required": _("Choose the file to upload."), "empty": _("This file is empty.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=SHORT,
        validators=[refuse_control_characters],
        widget=AdminAutoHeightTextInput(attrs={"rows": 2}),
        help_text=_("For your colleagues: it is written into the order's timeline."),
        error_messages={"required": _("Write why, so that your colleagues understand it later.")},
    )

    def __init__(self, *args, project: RenderProject, **kwargs):
        super().__init__(*args, **kwargs)
        files = project.files.all()
        if project.status != RenderProject.Status.READY or not files:
            # Of a failed project the new file takes the place of whatever there is.
            del self.fields["replaces"]
            return
        self.fields["replaces"].queryset = files
        self.fields["replaces"].initial = files[0].pk if len(files) == 1 else None

    def clean(self):
        return {"replaces": None} | super().clean()


class ExportForm(forms.Form):
    """The kind of a spreadsheet."""

    file_format = forms.ChoiceField(
        label=_("Format"),
        choices=[("xlsx", _("Excel (XLSX)")), ("csv", _("CSV"))],
        initial="xlsx",
        widget=forms.RadioSelect,
    )

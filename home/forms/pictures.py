"""Forms in which the admin takes a picture."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from core.renditions import check_picture


class PictureField(WagtailImageField):
    """An upload that is a whole picture, of which the shop can make copies in every size."""

    default_error_messages = {
        "unusable": _(
            "This picture cannot be used: the file is damaged, or has a colour profile that cannot be read. "
            "Open it in a picture editor, save it anew as JPEG or PNG in the colours sRGB, and upload that."
        )
    }

    def to_python(self, data):
        if data:
            # The account page makes its forms twice, and the first one has read it.
            data.seek(0)
        try:
            file = super().to_python(data)
            if file:
                check_picture(file)
                file.seek(0)
        except ValidationError:
            raise
        except Exception as reason:  # Wagtail counts frames without expecting that a file may be cut off.
            raise ValidationError(self.error_messages["unusable"], code="unusable") from reason
        return file


class SiteImageForm(BaseImageForm):
    """Wherever the admin takes a picture: one, several at once, or in a chooser."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if upload := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=upload.label, required=upload.required, widget=upload.widget
            )

    def clean(self):
        data = super().clean()
        if "file" not in self.changed_data:
            # Django would measure the file once more, which may be gone meanwhile.
            data.pop("file", None)
        return data

    def save(self, commit=True):
        if "file" in self.changed_data:
            self.instance.trouble = ""
        return super().save(commit=commit)


class AvatarForm(AvatarPreferencesForm):
    """Where staff upload their own picture. Wagtail's form takes whatever Pillow knows, and fails for files
    that are cut off.
    """

    avatar = PictureField(label=_("Upload a profile picture"), required=False)

    def clean_avatar(self):
        try:
            return super().clean_avatar()
        except Exception as reason:  # No small copy of it can be made: it is a mere line, for one.
            raise ValidationError(
                PictureField.default_error_messages["unusable"], code="unusable"
            ) from reason

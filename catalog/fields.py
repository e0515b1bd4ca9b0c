"""The options of a variant: an ordered list of (name, value) pairs that an editor types as plain lines."""

import re
from itertools import chain

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from core.plain_text import refuse_control_characters

Options = list[list[str]]

MAX_OPTIONS = 6
MAX_LENGTH = 60


def parse_options(text: str) -> Options:
    """Reads "Paper: Matt", one option a line or divided by semicolons; raises ValidationError."""
    lines = [line.strip() for line in re.split(r"[\n;]", text)]
    return [_parse_line(line) for line in lines if line]


def _parse_line(line: str) -> list[str]:
    name, colon, value = (part.strip() for part in line.partition(":"))
    if not (name and colon and value):
        raise ValidationError(
            _("Write each option as a name, a colon and a value, like “Paper: Matt”. This is not: “%s”.")
            % line
        )
    return [name, value]


def format_options(options: Options) -> str:
    """The text that `parse_options` reads back."""
    return "\n".join(f"{name}: {value}" for name, value in options)


def validate_options(options: Options) -> None:
    """Raises ValidationError unless this is a short list of named values without repeated names."""
    well_formed = isinstance(options, list) and all(
        isinstance(pair, (list, tuple))
        and len(pair) == 2
        and all(isinstance(part, str) and part for part in pair)
        for pair in options
    )
    if not well_formed:
        raise ValidationError(_("Options are a list of names with values."))
    if len(options) > MAX_OPTIONS:
        raise ValidationError(_("A variant has up to %d options.") % MAX_OPTIONS)
    if any(len(part) > MAX_LENGTH for pair in options for part in pair):
        raise ValidationError(_("Keep names and values of options within %d characters.") % MAX_LENGTH)
    for part in chain.from_iterable(options):
        refuse_control_characters(part)
    names = [name.casefold() for name, _value in options]
    if len(set(names)) < len(names):
        raise ValidationError(_("Name each option once."))


class OptionsFormField(forms.CharField):
    """Shows options as lines of text and hands back pairs."""

    widget = AdminAutoHeightTextInput

    def prepare_value(self, value):
        return format_options(value) if isinstance(value, list) else value

    def to_python(self, value):
        return parse_options(super().to_python(value))

    def validate(self, value):
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value):
        validate_options(value)

    def has_changed(self, initial, data):
        if self.disabled:
            return False
        try:
            return self.to_python(data) != [list(pair) for pair in initial or []]
        except ValidationError:
            return True


class OptionsField(models.JSONField):
    """Ordered (name, value) pairs. A list and not an object, because PostgreSQL sorts an object's keys."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        validate_options(value)

    def formfield(self, **kwargs):
        # Not JSONField's own form field: an editor should never have to type JSON.
        return models.Field.formfield(self, **{"form_class": OptionsFormField, **kwargs})

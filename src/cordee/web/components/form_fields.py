"""A field of a form: its label, its help, what is wrong with it, and where it is filled in."""

from django.forms import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cordee.web.components.markup import markup


def field_html(field: BoundField) -> SafeString:
    """Return a field; several choices stand under a legend, the box of a single one before its label."""
    kind, own = field.widget_type, field.css_classes()
    look = f"field field-{kind}{' bad' if field.errors else ''}{f' {own}' if own else ''}"
    beside = markup("{}{}", _help(field), field.errors or "")
    if field.use_fieldset:
        return markup(
            '<fieldset class="{}"{}><legend>{}</legend>{}{}</fieldset>',
            *(look, _described_by(field), _label(field), beside, field),
        )
    if kind == "checkbox":
        return markup(
            '<div class="{}"><label class="check">{}<span>{}</span></label>{}</div>',
            *(look, field, field.label, beside),
        )
    return markup(
        '<div class="{}"><label for="{}">{}</label>{}{}</div>',
        *(look, field.id_for_label, _label(field), beside, field),
    )


def _label(field: BoundField) -> SafeString:
    if field.field.required or getattr(field.field, "one_of_several", False):
        return markup("{}", field.label)
    return markup('{} <span class="optional">{}</span>', field.label, _("(optional)"))


def _help(field: BoundField) -> SafeString:
    """The help below a label: our own words, which may be HTML."""
    if not field.help_text:
        return SafeString()
    return markup('<p class="help" id="{}_helptext">{}</p>', field.auto_id, SafeString(field.help_text))


def _described_by(field: BoundField) -> SafeString:
    described = field.aria_describedby
    return markup(' aria-describedby="{}"', described) if described else SafeString()

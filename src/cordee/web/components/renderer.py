"""How every Django form is drawn: `FORM_RENDERER = "cordee.web.components.renderer.FormRenderer"`."""

from typing import Any, Final

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.safestring import SafeString

from cordee.web.components.attributes import written
from cordee.web.components.form_fields import field_html
from cordee.web.components.markup import joined, markup, markup_of_each

# Widgets whose stock markup does not suit: thumbs need larger targets, a file needs its current one in sight.
OWN_WIDGETS: Final = {
    "django/forms/widgets/clearable_file_input.html": "forms/widgets/file.html",
    "django/forms/widgets/radio.html": "forms/widgets/choices.html",
    "django/forms/widgets/checkbox_select.html": "forms/widgets/choices.html",
    "django/forms/errors/list/default.html": "forms/errors.html",
}


# A box to type in or to tick, or a hidden value: drawn without templates, a page has a dozen.
PLAIN_INPUTS: Final = frozenset(
    f"django/forms/widgets/{name}.html"
    for name in ("checkbox", "date", "email", "hidden", "number", "password", "search", "text", "time", "url")
)

SELECT: Final = "django/forms/widgets/select.html"
TEXTAREA: Final = "django/forms/widgets/textarea.html"
FIELD: Final = "field"
"""Written without a template."""
ERRORS: Final = "django/forms/errors/list/default.html"


class FormRenderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    formset_template_name = "django/forms/formsets/div.html"
    field_template_name = FIELD

    def get_template(self, template_name: str) -> Any:
        return super().get_template(OWN_WIDGETS.get(template_name, template_name))

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Return a form, a field or a widget as HTML."""
        if template_name == FIELD:
            return field_html(context["field"])
        if template_name in PLAIN_INPUTS:
            return _plain_input(context["widget"])
        if template_name == SELECT:
            return _select(context["widget"])
        if template_name == TEXTAREA:
            return _textarea(context["widget"])
        if template_name == ERRORS and not context["errors"]:
            return SafeString()
        return super().render(template_name, context, request)


def _plain_input(widget: dict[str, Any]) -> SafeString:
    value = False if widget["value"] is None else widget["value"]
    attributes = {"type": widget["type"], "name": widget["name"], "value": value, **widget["attrs"]}
    return markup("<input{}>", written(attributes))


def _textarea(widget: dict[str, Any]) -> SafeString:
    attributes = written({"name": widget["name"], **widget["attrs"]})
    # Browsers drop the first line break: without ours, one that was typed would be lost.
    return markup("<textarea{}>\n{}</textarea>", attributes, widget["value"] or "")


def _select(widget: dict[str, Any]) -> SafeString:
    groups = (
        (name, markup_of_each("<option{}>{}</option>", (_option(option) for option in options)))
        for name, options, _index in widget["optgroups"]
    )
    return markup(
        "<select{}>{}</select>",
        written({"name": widget["name"], **widget["attrs"]}),
        joined(_group(name, options) for name, options in groups),
    )


def _group(name: str | None, options: SafeString) -> SafeString:
    return markup('<optgroup label="{}">{}</optgroup>', name, options) if name else options


def _option(option: dict[str, Any]) -> tuple[SafeString, object]:
    return written({"value": option["value"], **option["attrs"]}), option["label"]

"""How every Django form is drawn: `FORM_RENDERER = "cordee.web.components.renderer.FormRenderer"`."""

from typing import Any, Final

from django.forms.renderers import TemplatesSetting

# Widgets whose stock markup does not suit: thumbs need larger targets, a file needs its current one in sight.
OWN_WIDGETS: Final = {
    "django/forms/widgets/clearable_file_input.html": "forms/widgets/file.html",
    "django/forms/widgets/radio.html": "forms/widgets/choices.html",
    "django/forms/widgets/checkbox_select.html": "forms/widgets/choices.html",
    "django/forms/errors/list/default.html": "forms/errors.html",
}


class FormRenderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    formset_template_name = "django/forms/formsets/div.html"
    field_template_name = "forms/field.html"

    def get_template(self, template_name: str) -> Any:
        return super().get_template(OWN_WIDGETS.get(template_name, template_name))

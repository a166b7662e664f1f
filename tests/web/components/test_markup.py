"""HTML written in Python says what Django's own writer would say."""

import pytest
from django.utils.functional import lazystr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from cordee.web.components.markup import joined, markup, markup_of_each

VALUES = (
    '<b>L\'Aude & "Cie"</b>',
    mark_safe("<b>ours</b>"),
    7,
    True,
    None,
    1.5,
    gettext_lazy("Yes"),
    lazystr("<i>"),
    format_html("{}", "a & b"),
)


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_is_escaped_unless_it_is_html_already(value: object) -> None:
    written = markup('<p title="{}">{}</p>', value, value)
    assert written == format_html('<p title="{}">{}</p>', value, value)
    assert type(written) is SafeString


def test_rows_are_written_one_after_the_other() -> None:
    rows = [(value, "&") for value in VALUES]
    assert markup_of_each("<li>{}{}</li>", rows) == format_html_join("", "<li>{}{}</li>", rows)
    assert joined([SafeString("<b>"), SafeString("</b>")]) == "<b></b>"

"""White space in templates: what is written for readers is not sent, what is meant is."""

import pytest
from django.template import engines
from django.template.loader import get_template

from cordee.web.components.renderer import FormRenderer
from cordee.web.whitespace import compact

NOTHING_BESIDE_A_TAG = [
    ("<p>\n  words\n</p>\n", "<p>words</p>"),
    ("words\n<b>x</b>\nwords", "words<b>x</b>words"),
    ("{% if a %}\n  {{ b }}\n{% endif %}\n", "{% if a %}{{ b }}{% endif %}"),
    ("{# why #}\nwords", "{# why #}words"),
    ("<p>\r\n\twords\r\n</p>", "<p>words</p>"),
]
ONE_SPACE_BETWEEN_WORDS = [
    ("one\n  two", "one two"),
    ("{{ a }}\n  {{ b }}", "{{ a }} {{ b }}"),
    ("one  \n\n  two", "one two"),
    ("one   two", "one two"),
    ("{{ a|default:b\n  }}", "{{ a|default:b }}"),
]
KEPT = [
    ("<b>a</b> <i>b</i>", "<b>a</b> <i>b</i>"),
    ("<p> a </p>", "<p> a </p>"),
    ("\n\u00a0a\n", "\u00a0a"),  # a no-break space is a word
]
A_SPACE_THAT_IS_MEANT = [
    ('a{{ " " }}\n<b>b</b>', "a <b>b</b>"),
    ('a\n{{ " " }}<b>b</b>', "a <b>b</b>"),
    ('{% if a %}\n{{ " " }}\n<b>', "{% if a %} <b>"),
]
TAGS_OVER_SEVERAL_LINES = [
    ('{% button\n  _("a b")\n  url\n  icon="x"\n%}', '{% button _("a b") url icon="x" %}'),
    ('<a\n  href="{% url "x" y %}"\n  class="b"\n>', '<a href="{% url "x" y %}" class="b">'),
    ("<br\n/>", "<br/>"),
    ('<path\n  d="M1 2\n    3 4"\n/>', '<path d="M1 2 3 4"/>'),
    ('<p title="{{ a\n  }}" >', '<p title="{{ a }}">'),
]
ATTRIBUTES_THAT_DEPEND = [
    ("<a\n  b\n  {% if c > 3 %} d{% endif %}\n>", "<a b{% if c > 3 %} d{% endif %}>"),
    ("<a\n  b\n  {% if c %}d{% endif %}\n  e\n>", "<a b {% if c %}d{% endif %} e>"),
    ('<a\n  {% if c == "d" %}\n    e="f"\n  {% endif %}\n>', '<a{% if c == "d" %} e="f"{% endif %}>'),
]
MESSAGES = [
    (
        "{% blocktranslate trimmed with\n  a=b\n%}\n  Hello\n  {{ a }}!\n{% endblocktranslate %}",
        "{% blocktranslate trimmed with a=b %}Hello {{ a }}!{% endblocktranslate %}",
    ),
    (
        "{% blocktranslate trimmed count n=n %}\n one\n{% plural %}\n many\n{% endblocktranslate %}",
        "{% blocktranslate trimmed count n=n %}one{% plural %}many{% endblocktranslate %}",
    ),
    ("{% comment %}\n  a\n  b\n{% endcomment %}", "{% comment %}a b{% endcomment %}"),
]
LEFT_ALONE = [
    "<pre>\n a\n  b\n</pre>",
    "<textarea>\n{{ a }}\n</textarea>",
    "<script>\n  a\n</script>",
    "<style>\n  a\n</style>",
    "{% verbatim %}\n a\n{% endverbatim %}",
    "{% blocktranslate %}\n a\n{% endblocktranslate %}",
]


@pytest.mark.parametrize(
    ("written", "compiled"),
    NOTHING_BESIDE_A_TAG
    + ONE_SPACE_BETWEEN_WORDS
    + KEPT
    + A_SPACE_THAT_IS_MEANT
    + TAGS_OVER_SEVERAL_LINES
    + ATTRIBUTES_THAT_DEPEND
    + MESSAGES
    + [(source, source) for source in LEFT_ALONE],
)
def test_compact(written, compiled):
    assert compact(written) == compiled
    if '{{ " " }}' not in written:
        assert compact(compiled) == compiled


def test_the_rule_is_applied_to_our_pages_and_to_nothing_else():
    def source(name):
        return get_template(name).template.source

    assert "\n" not in source("base.html")
    assert "\n" in source("mail/letter.txt")
    assert "\n" in source("django/forms/widgets/select.html")


def test_our_forms_are_drawn_by_the_same_engine():
    template = FormRenderer().get_template("forms/form.html")
    assert "\n" not in template.template.source
    assert template.backend is engines["django"]

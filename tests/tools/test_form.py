"""The form of templates and stylesheets keeps their meaning, and is the form of itself."""

import pytest

from cordee.web.whitespace import compact
from tools.form import styles, templates
from tools.form.__main__ import LONGEST, files, in_form, main, meaning, too_long
from tools.form.tree import CannotForm

LONG = "word " * 40


@pytest.mark.parametrize(
    ("written", "formed"),
    [
        ("<p>one <b>two</b></p>", "<p>one <b>two</b></p>\n"),
        ("<ul><li>a</li><li>b</li></ul>", "<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>\n"),
        (
            "{% if a %}<p>b</p>{% else %}c{% endif %}",
            "{% if a %}\n  <p>b</p>\n{% else %}\n  c\n{% endif %}\n",
        ),
        ("{% if a %} <p>b</p>{% endif %}", '{% if a %}\n  {{ " " }}<p>b</p>\n{% endif %}\n'),
        (
            "{% load i18n %}{% block a %}b{% endblock %}{% block c %}<p>d</p>{% endblock %}",
            "{% load i18n %}\n{% block a %}b{% endblock %}\n\n{% block c %}\n  <p>d</p>\n{% endblock c %}\n",
        ),
        (
            f'<a class="{"b" * 50}" href="{"c" * 60}"{{% if d %}} e{{% endif %}}>f</a>',
            f'<a\n  class="{"b" * 50}"\n  href="{"c" * 60}"\n  {{% if d %}} e{{% endif %}}\n>\n  f\n</a>\n',
        ),
        (
            f'{{% button _("{"a b" * 20}") url look="{"c" * 30}" icon="{"d" * 30}" %}}',
            f'{{% button _("{"a b" * 20}") url\n  look="{"c" * 30}"\n  icon="{"d" * 30}"\n%}}\n',
        ),
        ("<textarea>\n a\n</textarea>", "<textarea>\n a\n</textarea>\n"),
        ("{# why #}<p>a</p>", "{# why #}\n<p>a</p>\n"),
        ("<br><svg><path d='x'/></svg>", "<br><svg><path d='x'/></svg>\n"),
    ],
)
def test_a_template_in_form(written, formed):
    assert templates.formed(written) == formed


@pytest.mark.parametrize(
    "source",
    [
        f"<p>{LONG}<b>{LONG}</b> {LONG}</p>",
        f"<p>{LONG} <b>{LONG}</b>, {{{{ a }}}} ({{{{ b }}}}) <i>c</i>{LONG}</p>",
        f"<p>{{% if a %}} {LONG}{{% elif b %}}{LONG} {{% else %}} {{% endif %}}{LONG}</p>",
        f"{{% blocktranslate trimmed with a=b %}}{LONG.strip()}{{% plural %}}{LONG.strip()}{{% endblocktranslate %}}",
        f"{{% blocktranslate %}} {LONG} {{% endblocktranslate %}}",
        f'<p title="{LONG}"{{% if a %}} b="{LONG}" c{{% endif %}} {{% if d %}}e{{% endif %}}>a  b</p>',
        f'{{% if a == "{LONG}" and b or c %}}{{% url "x" as y %}} {{{{ y }}}}{{% endif %}}',
        f'<input value="{{% if a %}} {LONG}{{% endif %}}"{{% include "x" %}}>',
        f"{LONG}<textarea>\n\n{LONG}</textarea> {LONG}",
    ],
)
def test_the_form_keeps_the_meaning_and_is_the_form_of_itself(source):
    formed = templates.formed(source)
    assert compact(formed) == compact(source)
    assert templates.formed(formed) == formed


def test_long_words_and_sentences_are_broken_where_it_changes_nothing():
    formed = templates.formed(f"<p>{LONG}<b>{LONG}</b> {LONG}</p>")
    assert not list(too_long(formed))
    assert formed.count('{{ " " }}') == 3  # the three beside a tag


@pytest.mark.parametrize(
    "source", ["<p>a", "a</p>", "{% if a %}<p>{% endif %}</p>", "<p>{% if a %}</p>{% endif %}"]
)
def test_a_template_whose_tags_do_not_nest_is_refused(source):
    with pytest.raises(CannotForm):
        templates.formed(source)


@pytest.mark.parametrize("path", list(files()), ids=lambda path: path.name)
def test_every_file_of_the_house_is_in_form(path):
    source = path.read_text()
    assert in_form(path, source) == source
    if path.suffix == ".html":
        assert meaning(templates.formed(compact(source))) == meaning(source)


def test_a_stylesheet_in_form():
    written = "a,b>c{d:e;&:hover{f:g}}/* why */i{j:k}"
    formed = styles.formed(written)
    assert formed == "a,\nb > c {\n  d: e;\n\n  &:hover {\n    f: g;\n  }\n}\n\n/* why */\ni {\n  j: k;\n}\n"
    assert styles.formed(formed) == formed


def test_the_check_says_what_is_not_in_form_and_fmt_mends_it(tmp_path, monkeypatch, capsys):
    folder = tmp_path / "src" / "room" / "templates"
    folder.mkdir(parents=True)
    page, long = folder / "page.html", folder / "long.html"
    page.write_text("<ul><li>a</li><li>b</li></ul>")
    long.write_text("a" * (LONGEST + 1) + "\n")
    monkeypatch.setattr("tools.form.__main__.ROOT", tmp_path)

    assert main(["--check"]) == 1
    told = capsys.readouterr().out
    assert "page.html is not in form" in told
    assert f"long.html line 1 is longer than {LONGEST} characters" in told

    main([])
    assert page.read_text().count("\n") == 4
    long.unlink()
    assert main(["--check"]) == 0

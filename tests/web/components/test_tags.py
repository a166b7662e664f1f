"""The design system's tags, and how forms are drawn."""

import re
from pathlib import Path

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import Context, Template
from django.utils import translation

from cordee.kernel.refusals import Blocker, Turn
from cordee.web import components
from cordee.web.components.icons import ICONS
from cordee.web.components.menus import MenuItem
from cordee.web.components.renderer import FormRenderer
from cordee.web.components.templatetags import frame
from cordee.web.components.templatetags.cordee import KINDS, TURNS
from cordee.web.components.templatetags.frame import MOST_PLACES
from cordee.web.components.templatetags.pieces import unbroken
from cordee.web.navigation import Place

HERE = Path(components.__file__).parent


def render(source, **context):
    with translation.override("en"):
        return Template("{% load cordee %}" + source).render(Context(context))


def test_a_status_says_it_with_icon_word_and_colour():
    html = render('{% tag "late" label %}', label="<2 Dec.>")
    assert 'class="tag late brief"' in html
    assert "<svg" in html
    assert "&lt;2 Dec.&gt;" in html


def test_an_unknown_status_kind_is_a_mistake():
    with pytest.raises(ValueError, match="not a status kind"):
        render('{% tag "green" "x" %}')


def test_every_kind_has_its_icon():
    assert set(KINDS) <= set(ICONS)


@pytest.mark.parametrize(
    ("name", "initials"), [("Camille Rousset", "CR"), ("Noor van den Berg", "NB"), ("Li", "L"), ("", "")]
)
def test_avatar(name, initials):
    assert f">{initials}</span>" in render("{% avatar name %}", name=name)


def test_button_is_a_link_with_a_url_and_a_submit_without():
    assert re.search(
        r'<a class="btn main" href="/x">.*<span>Go</span></a>', render('{% button "Go" "/x" look="main" %}')
    )
    html = render('{% button "Go" name="state" value=value %}', value="a&b")
    assert '<button class="btn " name="state" value="a&amp;b">' in html


def test_a_menu_offers_buttons_and_says_why_not():
    items = [
        MenuItem(value="yes", label="<b>Yes</b>", hint="At once", kind="done", current=True),
        MenuItem(value="no", label="No", why="It <ended>"),
    ]
    html = render('{% menu "m1" "Ana" "/place/" items %}', items=items, csrf_token="t")
    assert 'action="/place/"' in html
    assert 'name="state" value="yes" aria-current="true"' in html
    assert "&lt;b&gt;Yes&lt;/b&gt;<small>At once</small>" in html
    assert 'value="no"' not in html
    assert "It &lt;ended&gt;" in html


def test_a_figure_beyond_what_was_ordered_stands_out_and_leads_to_its_rows():
    html = render('{% counter_cell "planned" 5 4 "#sessions" %}')
    assert 'class="over"' in html
    assert '<a href="#sessions">5</a>' in html
    assert 'class="over"' not in render('{% counter_cell "planned" 4 4 "" %}')
    assert render('{% counter_cell "paid" nothing 4 "" %}', nothing=None) == ""


def test_crumbs_end_where_we_are():
    html = render('{% crumbs "Missions" "/m/" "Valmont" %}')
    assert '<a href="/m/">Missions</a>' in html
    assert '<li aria-current="page">Valmont</li>' in html


def test_a_card_escapes_its_title_and_keeps_its_content():
    html = render("{% card title %}<b>x</b>{% endcard %}", title="<i>")
    assert "&lt;i&gt;" in html
    assert "<b>x</b>" in html


def test_a_refusal_says_what_to_do_and_whose_turn_it_is():
    blockers = [Blocker("sheet", "A sheet is missing.", fix="Deposit it", turn=Turn.FACILITATOR)]
    html = render('{% include "components/refusal.html" %}', blockers=blockers)
    assert "A sheet is missing." in html
    assert "Deposit it" in html
    assert "the facilitator" in html


def test_every_turn_has_its_words():
    assert set(TURNS) == set(Turn)


class Asked(forms.Form):
    email = forms.EmailField(label="E-mail", help_text="Where to write.")
    half = forms.ChoiceField(
        label="Half-day", choices=[("am", "Morning"), ("pm", "Afternoon")], widget=forms.RadioSelect
    )
    told = forms.BooleanField(label="Told", required=False)


def test_a_field_in_error_is_tied_to_its_sentence():
    form = Asked({"email": "x"}, renderer=FormRenderer())
    html = form["email"].as_field_group()
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'id="id_email_error"' in html
    assert 'id="id_email_helptext"' in html


def test_a_refused_form_starts_with_links_to_its_fields():
    html = Asked({"email": "x"}, renderer=FormRenderer()).render()
    assert 'href="#id_email"' in html
    assert 'href="#id_half"' in html
    assert 'id="id_half"' in html


def test_radios_are_a_named_group():
    html = Asked(renderer=FormRenderer())["half"].as_field_group()
    assert "<fieldset" in html
    assert "<legend>Half-day" in html
    assert html.count('type="radio"') == 2


def test_no_inline_style_or_script_anywhere():
    # The content security policy refuses both; the page would break silently.
    for path in HERE.glob("templates/**/*.html"):
        source = path.read_text()
        assert not re.search(r"\sstyle=|\son\w+=|<style|hx-on", source), path
        assert not re.search(r"<script(?![^>]*\bsrc=)", source), path


class Plain(forms.Form):
    """A widget of every kind that is drawn without templates."""

    text = forms.CharField(initial='<b>"a"</b>', max_length=9)
    nothing = forms.CharField(required=False, widget=forms.TextInput(attrs={"data-x": "&", "readonly": True}))
    hidden = forms.CharField(widget=forms.HiddenInput, initial="1")
    email = forms.EmailField()
    number = forms.IntegerField(initial=1234, min_value=0)
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date", "off": False}))
    secret = forms.CharField(widget=forms.PasswordInput)
    one = forms.ChoiceField(
        choices=[("", "–"), ("a", "<A>"), ("More", [("b", "B"), ("c", "C")])], initial="b"
    )
    many = forms.MultipleChoiceField(
        choices=[("a", "A"), ("b", "B")], widget=forms.SelectMultiple, initial=["a"]
    )


@pytest.mark.parametrize("name", list(Plain().fields))
def test_widgets_drawn_without_templates_are_those_of_django(name):
    def drawn(renderer):
        return re.sub(r"\s*\n\s*", "", str(Plain(renderer=renderer)[name].as_widget()))

    assert drawn(FormRenderer()) == drawn(DjangoTemplates())


@pytest.mark.parametrize(
    ("source", "french"),
    [
        ('{% translate "Save" %}', "Enregistrer"),
        ('{% translate "Save" as word %}[{{ word }}]', "[Enregistrer]"),
        ("{% translate words %}", "Enregistrer"),
        ('{% translate "100%" %}', "100%"),
    ],
)
def test_words_are_said_in_the_language_of_the_page(source, french):
    template = Template("{% load i18n %}" + source)
    for language, expected in (("fr", french), ("en", french.replace("Enregistrer", "Save"))):
        with translation.override(language):
            assert template.render(Context({"words": "Save"})) == expected


@pytest.mark.parametrize("here", [0, 6, 9])
def test_the_desk_shows_what_fits_and_always_where_one_is(here):
    places = [Place(f"P{n}", f"/{n}/", "user", current=n == here) for n in range(10)]
    bar, menu = frame.navigation(Context({"navigation": places})).split('<nav class="menu"')
    hidden = [f"P{n}" for n in range(10) if f'<li class="far"><a href="/{n}/"' in bar]
    assert f"P{here}" not in hidden
    assert len(hidden) == 10 - MOST_PLACES
    assert [name for name in hidden if f">{name}</a>" in menu] == hidden
    assert '<li class="always">' in bar


def test_few_places_need_no_more():
    places = [Place(f"P{n}", f"/{n}/", "user") for n in range(5)]
    assert "nav-more" not in frame.navigation(Context({"navigation": places}))


def test_references_stay_on_one_line_and_words_are_escaped():
    said = unbroken("R-2026-0039-A & <b> M-2026-0053, Nordelec")
    assert said == (
        '<span class="ref">R-2026-0039-A</span> &amp; &lt;b&gt; <span class="ref">M-2026-0053</span>, Nordelec'
    )

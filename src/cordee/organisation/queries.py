"""Reading the organisation."""

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from cordee.kernel.steps import Look
from cordee.organisation.models import Organisation
from cordee.prepared import prepared


def the_organisation() -> Organisation:
    """Return the organisation; before anything was saved, one with the defaults."""
    return next(iter(_saved()), None) or Organisation(pk=1)


@prepared
def _saved() -> QuerySet[Organisation]:
    # The notices are long, and read on few pages.
    return Organisation.objects.defer("privacy_notice_fr", "privacy_notice_en").filter(pk=1)


def policy(_look: Look) -> Organisation:
    """Return the organisation, for its deadlines."""
    return the_organisation()


def privacy_notice(organisation: Organisation, language: str) -> str:
    """Return what people are told of their data: the organisation's own words, or those of the house.

    A blank line separates paragraphs, a line that begins with # is a heading.
    """
    own = organisation.privacy_notice_fr if language == "fr" else organisation.privacy_notice_en
    return own.strip() or default_notice(organisation, language)


def default_notice(organisation: Organisation, language: str) -> str:
    """Return the words of the house, with the organisation's name and address in them."""
    reach = [organisation.address, f"{organisation.postal_code} {organisation.city}".strip()]
    values = {
        "organisation": organisation.name,
        "address": ", ".join(part for part in reach if part),
        "email": organisation.reply_to,
    }
    with translation.override(language):
        contact = (
            _("Write to %(email)s.") if values["email"] else _("Write to %(organisation)s, %(address)s.")
        )
        return "\n\n".join(part % (values | {"contact": contact % values}) for part in _notice())


def _notice() -> list[str]:
    return [
        _("# Who holds your data"),
        _("%(organisation)s, the training organisation that runs the session. %(contact)s"),
        *_which_data(),
        _("# Who reads them"),
        _(
            "Our team, the coordinator and those who run your session. Who ordered the session, and who pays "
            "for it, learn that you were enrolled and whether you were there. Your data are neither sold nor "
            "used for advertising."
        ),
        _("# How long"),
        _(
            "The evidence of your presence: six years after the session, ten when European funds pay for it, "
            "because funders may ask for it as long as that. Your answers, and a registration that came to "
            "nothing: only as long as they serve."
        ),
        _("# Your rights"),
        _(
            "You may read your data, have them corrected, deleted or limited, and object to their use, as far "
            "as the law does not oblige us to keep them. Your name can be corrected on your own page. For all "
            "else: %(contact)s"
        ),
        _("If you think that your rights are not respected, you may turn to the CNIL (www.cnil.fr)."),
    ]


def _which_data() -> list[str]:
    return [
        _("# Which data, and why"),
        _(
            "Your name and your e-mail address, as you gave them or as your employer or school gave them: to "
            "enrol you, to write to you about the session and to make out your certificate. We need them to "
            "do what was ordered from us."
        ),
        _(
            "Your presence and your signature by half-day: the law asks training organisations to prove that "
            "each session took place and who was there (French labour code, article L6362-6)."
        ),
        _(
            "What you answer before and after the session: to adapt it to you and to do better next time; you "
            "are free not to answer. An access need, if you tell one, is read by the person in charge of "
            "disability matters; who runs the session reads what to arrange, never the reason."
        ),
        _(
            "What you complain of: to answer you and to do better. What is about how a person behaved is read by those "
            "in charge of such cases alone. It is erased three years after our decision."
        ),
    ]

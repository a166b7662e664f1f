"""What each placeholder of a mail stands for."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEANINGS: dict[str, Promise] = {
    "account": _("a bank account number, in part"),
    "amount": _("an amount, in euros"),
    "answered": _("how many have answered"),
    "change": _("says that the session has changed, or that the reader was moved to it from another one"),
    "contest_until": _("the last day on which the invoice can be contested"),
    "client": _("the client’s name"),
    "code": _("the code to type in"),
    "coordinator": _("the coordinator’s name, or your organisation’s when nobody is in charge"),
    "day": _("the day it is about, in words: of a session, its first"),
    "due_on": _("the day by which it is to be seen to"),
    "email": _("the reader’s address"),
    "first_name": _("the reader’s first name"),
    "hours": _("the hours that the participant was there"),
    "instructions": _(
        "what to know for the session and the whole order; stays empty when nothing was written"
    ),
    "mission": _("the reference of the mission"),
    "name": _("the name of who declined, or gave a bank account"),
    "names": _("the names of those who have not answered"),
    "news": _("says that the session does not take place, or that the reader is no longer expected"),
    "note": _("what quality wrote beside; stays empty when it wrote nothing"),
    "number": _("the number of the invoice"),
    "organisation": _("your organisation’s name"),
    "paper": _("which legal paper"),
    "participant": _("the participant’s name"),
    "people": _("how many are on the list"),
    "profile": _("what the group answered, question by question"),
    "questions": _("asks for the placement questionnaire; stays empty when there is none or it is answered"),
    "reason": _("the reason that was given; stays empty when there is none"),
    "reference": _("the reference of the payment, as it stands on the statement"),
    "remittance": _("the invoices that the payment is for"),
    "replaced": _("says which invoice it takes the place of; stays empty when there was none"),
    "replaces": _("says which certificate is no longer valid; stays empty when there was none"),
    "request": _("the reference of the fee request"),
    "session": _("the title of the session"),
    "supplier": _("the name of the supplier"),
    "papers": _("the papers that are missing, one a line"),
    "survey": _("asks how it was, on the same page; stays empty when nothing is asked"),
    "title": _("the title of the order"),
    "until": _("the last day on which one can answer"),
    "why": _("why the sheet was refused, or what sent it back"),
}

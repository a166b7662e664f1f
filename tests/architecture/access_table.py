"""Who may open each address of the house, and who may send it a form. Checked by `test_access.py`."""

from dataclasses import dataclass

# --- the roles ------------------------------------------------------------------------------------
OPERATIONS = frozenset({"operations"})
FINANCE = frozenset({"finance"})
ADMINISTRATOR = frozenset({"administrator"})
OFFICE = OPERATIONS | FINANCE | ADMINISTRATOR | {"quality", "auditor"}
QUALITY = frozenset({"quality"})
SEES_TO_COMPLAINTS = QUALITY | ADMINISTRATOR
KEEPS_INDICATORS = QUALITY | ADMINISTRATOR
EVIDENCE = QUALITY | {"auditor"}
DISABILITY_OFFICER = frozenset({"disability officer"})
SEES_MISSIONS = OFFICE | DISABILITY_OFFICER
COORDINATOR = frozenset({"coordinator of this mission"})
ON_SESSION = frozenset({"facilitator on the session"})
FACILITATORS = COORDINATOR | ON_SESSION | {"coordinator of another", "facilitator elsewhere"}
EVERYBODY = SEES_MISSIONS | FACILITATORS
ANYBODY = EVERYBODY | {"anonymous"}
NOBODY: frozenset[str] = frozenset()

# Common answers to "who?"
KEEPS_CATALOGUE = OPERATIONS | ADMINISTRATOR
KEEPS_MAILS = OPERATIONS | ADMINISTRATOR
READS_MAIL = OPERATIONS | ADMINISTRATOR | {"quality"}
SEES_MISSION = SEES_MISSIONS | COORDINATOR
RUNS_MISSION = OPERATIONS | COORDINATOR
SEES_SESSION = SEES_MISSION | ON_SESSION
RUNS_SESSION = RUNS_MISSION | ON_SESSION
CHECKS_SHEETS = frozenset({"quality", "auditor"})
SEES_SURVEYS = OPERATIONS | ADMINISTRATOR | {"quality", "auditor"}
SEES_SUPPLIERS = OPERATIONS | FINANCE
BILLS = COORDINATOR | ON_SESSION
"""Each through a supplier of their own."""
SEES_SHEETS = RUNS_SESSION | CHECKS_SHEETS


@dataclass(frozen=True)
class Page:
    """Who may open an address, and who may send it a form.

    Outside `sees` it does not exist (404); inside, it is forbidden (403) to who may not. Nobody `sends`
    where there is nothing to send: a form is then answered as a visit, or not at all.
    """

    opens: frozenset[str] = NOBODY
    sends: frozenset[str] = NOBODY
    sees: frozenset[str] = ANYBODY


@dataclass(frozen=True)
class Way:
    """A page of the way in: what visitors and those logged in are answered, to a visit and to a form."""

    visitor: tuple[int, int]
    logged_in: tuple[int, int]


def office(opens: frozenset[str] = OFFICE, sends: frozenset[str] = NOBODY) -> Page:
    return Page(opens, sends)


def form(sends: frozenset[str]) -> Page:
    return Page(sends, sends)


def button(sends: frozenset[str], sees: frozenset[str] = ANYBODY) -> Page:
    return Page(NOBODY, sends, sees)


def of_mission(opens: frozenset[str] = SEES_MISSION, sends: frozenset[str] = NOBODY) -> Page:
    return Page(opens, sends, SEES_MISSION)


def of_session(opens: frozenset[str] = SEES_SESSION, sends: frozenset[str] = NOBODY) -> Page:
    return Page(opens, sends, SEES_SESSION)


OWN = Page(FACILITATORS)
OF_THEIR_SUPPLIER = Page(ON_SESSION, ON_SESSION, SEES_MISSIONS | ON_SESSION)
ALL_THE_SAME = Way((200, 200), (200, 200))
IN_THE_DEMO = Way((404, 404), (404, 404))
TO_MY_ACCOUNT = Way((302, 302), (302, 302))
DONE = Way((200, 405), (200, 405))

TABLE: dict[str, Page | Way] = {
    # the way in
    "home": Way((302, 302), (302, 302)),
    "healthz": ALL_THE_SAME,
    "worker": ALL_THE_SAME,
    "seal_keys": ALL_THE_SAME,
    "without_network": ALL_THE_SAME,
    "brand_css": ALL_THE_SAME,
    "organisation_logo": Way((404, 404), (404, 404)),  # none was given: see test_the_logo_is_for_all
    "set_language": Way((302, 302), (302, 302)),
    "sheet_page": Way((200, 405), (200, 405)),  # who runs the session deposits there: see test_giving
    # by a personal link
    "answer": Way((200, 422), (200, 422)),
    "link_signed_sheet": Way((200, 422), (200, 422)),
    "supplier_invoice": ALL_THE_SAME,
    "supplier_invoice_pdf": ALL_THE_SAME,
    "bank_account": ALL_THE_SAME,
    "participant": Way((200, 422), (200, 422)),
    "participant_access": Way((200, 422), (200, 422)),
    "participant_complaint": Way((200, 422), (200, 422)),
    "contact_complaint": Way((200, 422), (200, 422)),
    "placement": Way((200, 422), (200, 422)),
    "participant_survey": Way((200, 422), (200, 422)),
    "survey": Way((200, 422), (200, 422)),
    "room_survey": Way((200, 422), (200, 422)),
    "participant_calendar": ALL_THE_SAME,
    "participant_paper": ALL_THE_SAME,
    "participant_certificate": Way((404, 404), (404, 404)),  # once there is one: see test_certificate
    "certificate_confirmed": Way(
        (404, 405), (404, 405)
    ),  # a code that is on no certificate: see test_confirmation
    "participant_sign": Way((200, 422), (200, 422)),
    "participant_leave": Way((200, 422), (200, 422)),
    "register": Way((200, 422), (200, 422)),
    "registered": ALL_THE_SAME,
    "walked_in": Way((302, 302), (302, 302)),  # on the day only
    "my_registration": ALL_THE_SAME,
    "to_my_page": Way((410, 410), (410, 410)),  # once they are in
    "room_code": Way((200, 422), (200, 422)),
    "room_by_code": Way((422, 422), (422, 422)),  # a code that stands on no screen: see test_room
    "room": ALL_THE_SAME,
    "room_sign": Way((200, 422), (200, 422)),
    "lost_link": Way((200, 422), (200, 422)),
    "lost_link_sent": ALL_THE_SAME,
    "privacy_notice": ALL_THE_SAME,
    "delivery": Way((200, 422), (200, 422)),
    "contact_lists": Way((200, 405), (200, 405)),
    "contact_list": Way((200, 422), (200, 422)),
    "contact_certificates": Way((200, 405), (200, 405)),
    "contact_certificates_file": Way((200, 405), (200, 405)),
    "contact_names": Way((200, 405), (200, 405)),
    "contact_row": Way((302, 422), (302, 422)),
    "persona_login": IN_THE_DEMO,
    "mailbox": IN_THE_DEMO,
    "mailbox_message": IN_THE_DEMO,
    "mailbox_body": IN_THE_DEMO,
    "mailbox_calendar": IN_THE_DEMO,
    "move_clock": IN_THE_DEMO,
    "account_login": Way((200, 422), (302, 302)),
    "account_request_login_code": Way((200, 422), (302, 302)),
    "account_confirm_login_code": Way((302, 302), (302, 302)),
    "account_logout": Way((302, 302), (200, 302)),
    "account_inactive": DONE,
    "account_signup": Way((200, 200), (302, 302)),  # says that it is closed
    "account_reset_password": Way((200, 422), (200, 422)),
    "account_reset_password_done": DONE,
    "account_reset_password_from_key": ALL_THE_SAME,
    "account_reset_password_from_key_done": DONE,
    "account_change_password": Way((302, 302), (302, 302)),  # they have none yet: on to setting one
    "account_set_password": Way((302, 302), (200, 200)),
    "account_email": TO_MY_ACCOUNT,
    "account_email_verification_sent": TO_MY_ACCOUNT,
    "account_confirm_email": TO_MY_ACCOUNT,
    "account_reauthenticate": TO_MY_ACCOUNT,
    "my_account": Page(EVERYBODY),
    "search": Page(EVERYBODY),
    "design": Page(EVERYBODY),
    "help": Page(EVERYBODY),
    "help_article": Page(EVERYBODY),
    "help_roles": Page(EVERYBODY),
    # the office
    "office_todo": office(SEES_MISSIONS),
    "operations_dashboard": office(),
    "quality_dashboard": office(EVIDENCE),
    "finance_dashboard": office(),
    "coming_sessions": office(),
    "access_needs": office(DISABILITY_OFFICER | {"quality", "auditor"}),
    "access_need": form(DISABILITY_OFFICER),
    "finish_access_need": button(DISABILITY_OFFICER),
    "decline_access_need": button(DISABILITY_OFFICER),
    "reopen_access_need": button(DISABILITY_OFFICER),
    "record_access_need": form(DISABILITY_OFFICER),
    "complaints": office(SEES_TO_COMPLAINTS | {"auditor"}),
    "new_complaint": form(SEES_TO_COMPLAINTS),
    "complaint": Page(SEES_TO_COMPLAINTS, SEES_TO_COMPLAINTS),
    "take_complaint": button(SEES_TO_COMPLAINTS),
    "decide_complaint": button(SEES_TO_COMPLAINTS),
    "reopen_complaint": button(SEES_TO_COMPLAINTS),
    "restrict_complaint": button(SEES_TO_COMPLAINTS),
    "indicators": office(KEEPS_INDICATORS | {"auditor"}),
    "indicator": office(KEEPS_INDICATORS | {"auditor"}, KEEPS_INDICATORS),
    "indicator_rows": office(KEEPS_INDICATORS | {"auditor"}),
    "audits": office(KEEPS_INDICATORS | {"auditor"}),
    "new_audit": form(KEEPS_INDICATORS | {"auditor"}),
    "audit": office(KEEPS_INDICATORS | {"auditor"}),
    "audit_file": office(KEEPS_INDICATORS | {"auditor"}),
    "offered_kinds": form(KEEPS_INDICATORS),
    "declared_file": office(KEEPS_INDICATORS | {"auditor"}),
    "improvements": office(SEES_TO_COMPLAINTS | {"auditor"}),
    "new_improvement": form(SEES_TO_COMPLAINTS),
    # Also for who is asked to do it: tests/web/office/test_improvements.py.
    "improvement": Page(
        SEES_TO_COMPLAINTS | {"auditor"},
        sees=SEES_TO_COMPLAINTS | {"auditor"},
    ),
    "improvement_done": button(SEES_TO_COMPLAINTS, sees=SEES_TO_COMPLAINTS | {"auditor"}),
    "measure_improvement": button(SEES_TO_COMPLAINTS),
    "judge_improvement": button(SEES_TO_COMPLAINTS),
    "replan_improvement": button(SEES_TO_COMPLAINTS),
    "give_up_improvement": button(SEES_TO_COMPLAINTS),
    "risks": office(SEES_TO_COMPLAINTS | {"auditor"}),
    "new_risk": form(SEES_TO_COMPLAINTS),
    "risk": form(SEES_TO_COMPLAINTS),
    "mission_complaint": of_mission(SEES_MISSION, SEES_MISSION),
    "session_complaint": of_session(SEES_SESSION, SEES_SESSION),
    "own_complaint": Page(ON_SESSION, ON_SESSION, ON_SESSION),
    "failed_facts": office(READS_MAIL),
    "retry_fact": button(OPERATIONS | ADMINISTRATOR),
    "missions": office(SEES_MISSIONS),
    "name_coordinator": form(OPERATIONS),
    "reopen_mission": form(OPERATIONS),
    "allow_request": form(FINANCE),
    "orders_to_open": office(SEES_MISSIONS),
    "new_order": form(OPERATIONS),
    "order": office(SEES_MISSIONS),
    "change_order": form(OPERATIONS),
    "amend_line": form(OPERATIONS),
    "change_line": form(OPERATIONS),
    "open_mission": button(OPERATIONS),
    "suppliers": office(SEES_SUPPLIERS),
    "supplier": office(SEES_SUPPLIERS),
    "attach_facilitator": form(FINANCE),
    "change_supplier": form(FINANCE),
    "close_supplier": form(FINANCE),
    "reopen_supplier": button(FINANCE),
    "show_account": button(FINANCE),
    "supplier_paper": office(FINANCE),
    "supplier_mandate": office(SEES_SUPPLIERS),
    "end_mandate": form(FINANCE),
    "clients": office(),
    "client": office(),
    "new_client": form(OPERATIONS),
    "change_client": form(OPERATIONS),
    "new_contact": form(OPERATIONS),
    "change_contact": form(OPERATIONS),
    "catalogue": office(),
    "new_service": form(KEEPS_CATALOGUE),
    "change_service": form(KEEPS_CATALOGUE),
    "service_programme": office(),
    "programmes": office(),
    "programme_file": office(),
    "programme_brought": button(SEES_TO_COMPLAINTS),
    "new_fee_schedule": form(KEEPS_CATALOGUE),
    "fee_schedule": office(OFFICE, KEEPS_CATALOGUE),
    "new_questionnaire": form(KEEPS_CATALOGUE),
    "questionnaire": office(OFFICE, KEEPS_CATALOGUE),
    "questionnaire_preview": office(),
    "publish_questionnaire": button(KEEPS_CATALOGUE),
    "discard_draft": button(KEEPS_CATALOGUE),
    "new_question": form(KEEPS_CATALOGUE),
    "change_question": form(KEEPS_CATALOGUE),
    "move_question": button(KEEPS_CATALOGUE),
    "remove_question": button(KEEPS_CATALOGUE),
    "people": office(),
    "person": office(OFFICE, ADMINISTRATOR),
    "invite_auditor": form(KEEPS_INDICATORS),
    "invite_colleague": form(ADMINISTRATOR),
    "erase_participant": form(ADMINISTRATOR),
    "suspend_person": button(ADMINISTRATOR),
    "restore_person": button(ADMINISTRATOR),
    "invite_facilitator": form(OPERATIONS | ADMINISTRATOR),
    "change_facilitator": form(OPERATIONS | ADMINISTRATOR),
    "fee_requests": office(),
    "approved_fees": office(),
    "fee_request": office(),
    "payments": office(),
    "owed": office(),
    "prepare_batch": button(FINANCE),
    "end_of_month": button(FINANCE),
    "batch": office(),
    "approve_batch": button(FINANCE),
    "bank_file": button(FINANCE),
    "executed_batch": button(FINANCE),
    "cancel_batch": button(FINANCE),
    "take_out_payment": button(FINANCE),
    "reject_payment": form(FINANCE),
    "survey_results": office(SEES_SURVEYS),
    "survey_figures_file": office(SEES_SURVEYS),
    "survey_lots": office(SEES_SURVEYS),
    "survey_comparison": office(SEES_SURVEYS),
    "survey_comments": office(SEES_SURVEYS),
    "survey_comments_file": office(SEES_SURVEYS),
    "survey_comment": form(QUALITY),
    "mask_comment": button(QUALITY),
    "survey_answers_file": office(QUALITY),
    "survey_answers": office(QUALITY),
    "mission_opinions": of_mission(COORDINATOR | SEES_SURVEYS),
    "session_opinions": of_session(COORDINATOR | SEES_SURVEYS),
    "mission_progress": of_mission(COORDINATOR | SEES_SURVEYS),
    "mission_progress_file": of_mission(COORDINATOR | SEES_SURVEYS),
    "session_progress": of_session(),
    "session_progress_file": of_session(COORDINATOR | QUALITY),
    "my_opinions": OWN,
    "books": office(),
    "close_books": button(FINANCE),
    "books_month": office(),
    "books_sheet": office(),
    "books_fec": office(),
    "books_accounts": form(FINANCE),
    "books_vat": office(),
    "books_vat_rule": office(),
    "balances": office(),
    "balance": office(),
    "invoices": office(),
    "invoice": office(),
    "invoice_pdf": office(),
    "dismiss_contest": button(FINANCE),
    "correct_invoice": button(FINANCE),
    "received_invoice": office(),
    "record_invoice": form(FINANCE),
    "received_pdf": office(),
    "accept_received": button(FINANCE),
    "return_received": button(FINANCE),
    "approve_fees": button(FINANCE),
    "return_fees": button(FINANCE),
    "mails": office(READS_MAIL),
    "mail_message": office(READS_MAIL),
    "mail_html": office(READS_MAIL),
    "send_mail_again": button(KEEPS_MAILS),
    "stop_mail": button(KEEPS_MAILS),
    "release_mail": button(KEEPS_MAILS),
    "mail_settings": form(KEEPS_MAILS),
    "mail_words": form(KEEPS_MAILS),
    "mail_preview": form(KEEPS_MAILS),
    "mail_default": button(KEEPS_MAILS),
    "mail_version": form(KEEPS_MAILS),
    "organisation": form(ADMINISTRATOR),
    "organisation_participants": form(ADMINISTRATOR),
    "organisation_paper": office(ADMINISTRATOR),
    # a mission, a session
    "mission": of_mission(),
    "plan": of_mission(RUNS_MISSION, RUNS_MISSION),
    "mission_timeline": of_mission(),
    "mission_fees": of_mission(SEES_MISSION, RUNS_MISSION),
    "mission_sheets": of_mission(),
    "mission_certificates": of_mission(),
    "mission_participation_file": of_mission(),
    "mission_realisation_file": of_mission(),
    "produce_realisations": button(RUNS_MISSION, SEES_MISSION),
    "certificate_file": of_mission(),
    "finish_correction": button(RUNS_MISSION, SEES_MISSION),
    "ask_client": of_mission(RUNS_MISSION, RUNS_MISSION),
    "ask_again": button(RUNS_MISSION, SEES_MISSION),
    "end_link": button(RUNS_MISSION, SEES_MISSION),
    "session": of_session(),
    "change_session": of_session(RUNS_MISSION, RUNS_MISSION),
    "cancel_session": of_session(RUNS_MISSION, RUNS_MISSION),
    "restore_session": button(RUNS_MISSION, SEES_SESSION),
    "staff": of_session(RUNS_MISSION, RUNS_MISSION),
    "change_place": button(RUNS_MISSION, SEES_SESSION),
    "enrol": of_session(RUNS_MISSION, RUNS_MISSION),
    "change_list_row": button(RUNS_MISSION, SEES_SESSION),
    "correct_enrolment": of_session(RUNS_SESSION, RUNS_SESSION),
    "cancel_enrolment": button(RUNS_MISSION, SEES_SESSION),
    "move_enrolment": button(RUNS_MISSION, SEES_SESSION),
    "groups": of_session(RUNS_MISSION, RUNS_MISSION),
    "undo_groups": button(RUNS_MISSION, SEES_SESSION),
    "refuse_person": of_session(RUNS_MISSION, RUNS_MISSION),
    "session_people": of_session(),
    "presence": of_session(SEES_SESSION, RUNS_SESSION),
    "walk_in": of_session(SEES_SESSION, RUNS_SESSION),
    "signing": of_session(),
    "stay": of_session(RUNS_SESSION, RUNS_SESSION),
    "signing_cards": of_session(RUNS_SESSION),
    "signing_code": of_session(RUNS_SESSION),
    "sign_for": of_session(RUNS_SESSION, RUNS_SESSION),
    "decide_belated": of_session(NOBODY, RUNS_SESSION),
    "countersign": of_session(RUNS_SESSION, RUNS_SESSION),
    "reopen_half_day": of_session(RUNS_SESSION, RUNS_SESSION),
    "session_group": of_session(),
    "session_registration": of_session(RUNS_MISSION, RUNS_MISSION),
    "decide_registration": button(RUNS_MISSION, SEES_SESSION),
    "registration_qr": of_session(),
    "registration_poster": of_session(),
    "session_beside": of_session(),
    "session_sheet": of_session(),
    "sheets": office(EVIDENCE),
    "sheet": office(EVIDENCE),
    "sealed_file": office(EVIDENCE),
    "final_sheet": office(EVIDENCE),
    "accept_sheet": button(QUALITY),
    "refuse_sheet": button(QUALITY),
    "sheet_review": of_session(SEES_SESSION, RUNS_SESSION | {"quality"}),
    "session_certificates": of_session(SEES_MISSION),
    "session_certificates_file": of_session(SEES_MISSION),
    "session_deposits": of_session(SEES_SHEETS, RUNS_SESSION),
    "session_delivery": of_session(SEES_SHEETS, RUNS_SESSION),
    "sample_photo": IN_THE_DEMO,  # see tests/web/coordination/test_samples.py
    "mission_deposits": of_mission(RUNS_MISSION | CHECKS_SHEETS, RUNS_MISSION),
    "deposit": Page(SEES_SHEETS, NOBODY, SEES_SHEETS),
    "deposited_file": Page(SEES_SHEETS, NOBODY, SEES_SHEETS),
    "deposited_picture": Page(SEES_SHEETS, NOBODY, SEES_SHEETS),
    "deposited_page": Page(SEES_SHEETS, RUNS_SESSION, SEES_SHEETS),
    "set_page_aside": button(RUNS_SESSION, SEES_SHEETS),
    "take_page_up": button(RUNS_SESSION, SEES_SHEETS),
    "reopen_page": button(RUNS_SESSION, SEES_SHEETS),
    "session_mails": of_session(SEES_MISSION),
    "mission_mails": of_mission(),
    "mission_mail": of_mission(RUNS_MISSION | READS_MAIL),
    "mission_mail_again": button(RUNS_MISSION, SEES_MISSION),
    "mission_mail_stop": button(RUNS_MISSION, SEES_MISSION),
    "mission_mail_release": button(RUNS_MISSION, SEES_MISSION),
    # one's own work
    "my_work": OWN,
    "today": OWN,
    "my_deposits": Page(FACILITATORS, FACILITATORS),
    "my_missions": OWN,
    "my_sessions": OWN,
    "my_fees": OWN,
    "my_statement": OWN,
    "my_statement_pdf": OWN,
    "my_invoice": OF_THEIR_SUPPLIER,
    "my_invoice_pdf": OF_THEIR_SUPPLIER,
    "give_invoice": OF_THEIR_SUPPLIER,
    "my_payment": OWN,
    "my_structure_new": Page(FACILITATORS, FACILITATORS),
    "my_structure": Page(BILLS, BILLS, BILLS),
    "my_vat": Page(BILLS, BILLS, BILLS),
    "my_bank_account": Page(BILLS, BILLS, BILLS),
    "my_bank_account_withdraw": button(ON_SESSION, ON_SESSION),
    "my_mandate": Page(BILLS, BILLS, BILLS),
    "my_mandate_sign": Page(BILLS, BILLS, BILLS),
    "my_mandate_revoke": Page(BILLS, BILLS, BILLS),
    "my_mandate_file": Page(ON_SESSION, NOBODY, ON_SESSION),
    "my_papers": Page(BILLS, BILLS, BILLS),
    "my_paper": Page(ON_SESSION, NOBODY, ON_SESSION),
    "my_answer": button(ON_SESSION, SEES_MISSIONS | ON_SESSION),
}

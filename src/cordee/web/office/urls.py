"""Addresses of this audience."""

from django.urls import path

from cordee.web.stub import stub

urlpatterns = [
    path("office/", stub, name="office_todo"),
    path("missions/", stub, name="missions"),
    path("missions/<str:ref>/coordinator/", stub, name="name_coordinator"),
    path("missions/<str:ref>/reopen/", stub, name="reopen_mission"),
    path("missions/<str:ref>/allow-request/", stub, name="allow_request"),
    path("orders/new/", stub, name="new_order"),
    path("orders/<str:ref>/", stub, name="order"),
    path("orders/<str:ref>/change/", stub, name="change_order"),
    path("orders/<str:ref>/lines/<int:line_id>/amend/", stub, name="amend_line"),
    path("orders/<str:ref>/lines/<int:line_id>/", stub, name="change_line"),
    path("orders/<str:ref>/mission/", stub, name="open_mission"),
    path("clients/", stub, name="clients"),
    path("clients/new/", stub, name="new_client"),
    path("clients/<int:client_id>/", stub, name="client"),
    path("clients/<int:client_id>/change/", stub, name="change_client"),
    path("clients/<int:client_id>/contacts/", stub, name="new_contact"),
    path("clients/<int:client_id>/contacts/<int:contact_id>/", stub, name="change_contact"),
    path("catalogue/", stub, name="catalogue"),
    path("catalogue/services/new/", stub, name="new_service"),
    path("catalogue/services/<int:service_id>/", stub, name="change_service"),
    path("catalogue/fees/new/", stub, name="new_fee_schedule"),
    path("catalogue/fees/<int:schedule_id>/", stub, name="fee_schedule"),
    path("people/", stub, name="people"),
    path("people/invite/", stub, name="invite_colleague"),
    path("people/facilitators/invite/", stub, name="invite_facilitator"),
    path("people/<int:user_id>/", stub, name="person"),
    path("people/facilitators/<int:facilitator_id>/", stub, name="change_facilitator"),
    path("fees/", stub, name="fee_requests"),
    path("fees/approved.csv", stub, name="approved_fees"),
    path("fees/<str:ref>/", stub, name="fee_request"),
    path("mails/", stub, name="mails"),
    path("mails/<int:message_id>/", stub, name="mail_message"),
    path("organisation/", stub, name="organisation"),
]

from django.urls import path

from kudelma.members.views import agreements, identity, needs, people, safety

app_name = "members"
urlpatterns = [
    path("matters/<uuid:pk>/people/", people.people, name="people"),
    path("matters/<uuid:pk>/topic/", people.topic, name="topic"),
    path("matters/<uuid:pk>/people/new/professional/", people.new_professional, name="new-professional"),
    path("matters/<uuid:pk>/people/new/<str:side>/", people.new_person, name="new-person"),
    path("people/<uuid:pk>/", people.person, name="person"),
    path("people/<uuid:pk>/contact/", people.contact, name="contact"),
    path("people/<uuid:pk>/needs/", needs.needs, name="needs"),
    path("people/<uuid:pk>/safety/", safety.safety, name="safety"),
    path("people/<uuid:pk>/agreements/", agreements.agreements, name="agreements"),
    path("people/<uuid:pk>/consents/new/", agreements.new_consent, name="new-consent"),
    path("people/<uuid:pk>/judgement/", agreements.judgement, name="judgement"),
    path("people/<uuid:pk>/limitation/", agreements.limit, name="limit"),
    path("people/<uuid:pk>/limitation/end/", agreements.lift_limit, name="lift-limit"),
    path("consents/<uuid:pk>/withdrawal/", agreements.withdraw_consent, name="withdraw-consent"),
    path("people/<uuid:pk>/permission/", people.permission, name="permission"),
    path("people/<uuid:pk>/permission/withdrawal/", people.withdraw_permission, name="withdraw-permission"),
    path("people/<uuid:pk>/link/", people.send_link, name="send-link"),
    path("people/<uuid:pk>/link/revocation/", people.revoke_links, name="revoke-links"),
    path("deliveries/<uuid:pk>/", people.see_to, name="see-to"),
    path("people/<uuid:pk>/code/", people.read_code, name="read-code"),
    path("people/<uuid:pk>/admission/", people.admit, name="admit"),
    path("people/<uuid:pk>/identity/", identity.confirm, name="confirm-identity"),
    path("own/needs/", needs.own_needs, name="own-needs"),
    path("own/safety/", safety.own_safety, name="own-safety"),
    path("own/identity/", identity.begin, name="identify"),
    path("own/identity/return/", identity.come_back, name="identified"),
]

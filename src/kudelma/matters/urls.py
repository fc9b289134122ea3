from django.urls import path

from kudelma.matters.views import closing, identity, orders, pairing, people

app_name = "matters"
urlpatterns = [
    path("orders/new/", orders.begin, name="begin"),
    path("orders/new/meeting/", orders.order, name="order"),
    path("orders/new/consultation/<str:told>/", orders.consultation, name="consultation"),
    path("matters/<uuid:pk>/acceptance/", orders.accept, name="accept"),
    path("matters/<uuid:pk>/answer/", orders.answer_consultation, name="answer-consultation"),
    path("matters/<uuid:pk>/pair/", pairing.pair, name="pair"),
    path("offers/<uuid:pk>/", pairing.offer, name="offer"),
    path("matters/<uuid:pk>/people/", people.people, name="people"),
    path("matters/<uuid:pk>/topic/", people.topic, name="topic"),
    path("matters/<uuid:pk>/people/new/professional/", people.new_professional, name="new-professional"),
    path("matters/<uuid:pk>/people/new/<str:side>/", people.new_person, name="new-person"),
    path("people/<uuid:pk>/", people.person, name="person"),
    path("people/<uuid:pk>/permission/", people.permission, name="permission"),
    path("people/<uuid:pk>/permission/withdrawal/", people.withdraw_permission, name="withdraw-permission"),
    path("people/<uuid:pk>/link/", people.send_link, name="send-link"),
    path("people/<uuid:pk>/link/revocation/", people.revoke_links, name="revoke-links"),
    path("people/<uuid:pk>/delivery/", people.see_to, name="see-to"),
    path("people/<uuid:pk>/code/", people.read_code, name="read-code"),
    path("people/<uuid:pk>/admission/", people.admit, name="admit"),
    path("people/<uuid:pk>/identity/", identity.confirm, name="confirm-identity"),
    path("matters/<uuid:pk>/closing/", closing.closing, name="closing"),
    path("own/people/", people.who_comes, name="who-comes"),
    path("own/identity/", identity.begin, name="identify"),
    path("own/identity/return/", identity.come_back, name="identified"),
]

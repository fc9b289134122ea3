from django.urls import path

from kudelma.orders.views import answers, drafts, orders, wishes

app_name = "orders"
urlpatterns = [
    path("orders/new/", orders.begin, name="begin"),
    path("orders/new/meeting/", orders.order, name="order"),
    path("orders/new/team/", orders.team, name="team"),
    path("orders/new/told/", orders.write_down, name="told"),
    path("orders/<uuid:pk>/pages/<int:number>/", drafts.draft_page, name="draft"),
    path("orders/<uuid:pk>/removal/", drafts.discard, name="discard"),
    path("regions/<str:code>/order/", wishes.wish, name="wish"),
    path("orders/new/consultation/<str:family_agreement>/", orders.consultation, name="consultation"),
    path("matters/<uuid:pk>/acceptance/", orders.accept, name="accept"),
    path("matters/<uuid:pk>/answer/", orders.answer_consultation, name="answer-consultation"),
    path("matters/<uuid:pk>/call/", answers.call, name="call"),
    path("matters/<uuid:pk>/question/", answers.ask_back, name="ask-back"),
    path("matters/<uuid:pk>/reply/", answers.reply, name="reply"),
    path("matters/<uuid:pk>/other-way/", answers.other_way, name="other-way"),
    path("matters/<uuid:pk>/refusal/", answers.decline, name="decline"),
]

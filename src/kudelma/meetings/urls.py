from django.urls import path

from kudelma.meetings.views import board, invitations, papers, postponing, times

app_name = "meetings"
urlpatterns = [
    path("matters/<uuid:pk>/times/", times.propose, name="propose"),
    path("meetings/<uuid:pk>/answers/", times.answers, name="answers"),
    path("meetings/<uuid:pk>/answers/<uuid:member>/", times.answer_by_phone, name="answer-by-phone"),
    path("meetings/<uuid:pk>/answer/", times.answer, name="answer"),
    path("meetings/<uuid:pk>/time/", times.choose, name="choose"),
    path("meetings/<uuid:pk>/invitations/", invitations.invite, name="invite"),
    path("meetings/<uuid:pk>/invitations/place/", invitations.tell_place, name="tell-place"),
    path("meetings/<uuid:pk>/invitations/<uuid:who>/", invitations.invite_one, name="invite-one"),
    path("invitations/<uuid:pk>/message/", invitations.send_again, name="send-again"),
    path("invitations/<uuid:pk>/telling/", invitations.tell, name="tell"),
    path("invitations/<uuid:pk>/letter/", papers.letter, name="letter"),
    path("meetings/<uuid:pk>/paper/<uuid:member>/", papers.agreed, name="agreed"),
    path("meetings/<uuid:pk>/postponement/", postponing.postpone, name="postpone"),
    path("meetings/<uuid:pk>/cancellation/", postponing.call_off, name="call-off"),
    path("matters/<uuid:pk>/stopping/", postponing.stop, name="stop"),
    path("wishes/<uuid:pk>/call/", postponing.call, name="call"),
    path("meetings/<uuid:pk>/beginning/", board.begin, name="begin"),
    path("meetings/<uuid:pk>/board/", board.board, name="board"),
    path("meetings/<uuid:pk>/turn/", board.turn, name="turn"),
    path("meetings/<uuid:pk>/lines/", board.line, name="line"),
    path("lines/<uuid:pk>/", board.change, name="change-line"),
    path("lines/<uuid:pk>/nod/", board.nod, name="nod"),
    path("lines/<uuid:pk>/taking-back/", board.take_back, name="take-back"),
    path("meetings/<uuid:pk>/ending/", board.end, name="end"),
    path("own/calendar/", papers.own_calendar, name="own-calendar"),
    path("own/calendar/file/", papers.own_entry, name="own-entry"),
    path("own/stopping/", postponing.own_stop, name="own-stop"),
    path("own/time/", times.own_answer, name="own-answer"),
]

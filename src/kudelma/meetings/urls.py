from django.urls import path

from kudelma.meetings.views import answers, board, invitations, times

app_name = "meetings"
urlpatterns = [
    path("matters/<uuid:pk>/times/", times.propose, name="propose"),
    path("meetings/<uuid:pk>/times/", times.same_hours, name="same-hours"),
    path("meetings/<uuid:pk>/asking/", times.ask, name="ask"),
    path("meetings/<uuid:pk>/reminders/", times.remind, name="remind"),
    path("meetings/<uuid:pk>/answers/", times.answers, name="answers"),
    path("meetings/<uuid:pk>/answers/<uuid:member>/", answers.answer_by_phone, name="answer-by-phone"),
    path("meetings/<uuid:pk>/answers/<uuid:member>/call/", answers.call, name="call"),
    path("meetings/<uuid:pk>/answers/<uuid:member>/need/", times.need, name="need"),
    path("meetings/<uuid:pk>/answer/", answers.answer, name="answer"),
    path("times/<uuid:pk>/choice/", times.choose, name="choose"),
    path("times/<uuid:pk>/withdrawal/", times.withdraw, name="withdraw"),
    path("meetings/<uuid:pk>/invitations/", invitations.invite, name="invite"),
    path("meetings/<uuid:pk>/beginning/", board.begin, name="begin"),
    path("meetings/<uuid:pk>/board/", board.board, name="board"),
    path("meetings/<uuid:pk>/turn/", board.turn, name="turn"),
    path("meetings/<uuid:pk>/lines/", board.line, name="line"),
    path("lines/<uuid:pk>/", board.change, name="change-line"),
    path("lines/<uuid:pk>/nod/", board.nod, name="nod"),
    path("lines/<uuid:pk>/taking-back/", board.take_back, name="take-back"),
    path("meetings/<uuid:pk>/ending/", board.end, name="end"),
    path("own/time/", answers.own_answer, name="own-answer"),
]

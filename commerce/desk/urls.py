"""Addresses of the order desk beside its lists, below /admin/orders/; their names are order_desk:…"""

from django.urls import path

from .views import actions, connect, doctor, emails, files, hub

urlpatterns = [
    path("release-all/", actions.release_all, name="release_all"),
    path("emails/", emails.previews, name="emails"),
    path("connect/", connect.connect, name="connect"),
    path("doctor/", doctor.report, name="doctor"),
    path("<int:pk>/release/", actions.release, name="release"),
    path("<int:pk>/cancel/", actions.cancel, name="cancel"),
    path("<int:pk>/notes/", actions.note, name="note"),
    path("<int:pk>/emails/<int:email_pk>/send-again/", actions.send_again, name="send_again"),
    path("<int:pk>/tell-shopper/", actions.tell_shopper, name="tell_shopper"),
    path("<int:pk>/projects/<int:project_pk>/hub/", hub.ask, name="ask_hub"),
    path("<int:pk>/projects/<int:project_pk>/file/", files.replace, name="replace_file"),
    path("<int:pk>/projects/<int:project_pk>/<str:repair>/", actions.repair, name="repair"),
    path("<int:pk>/files/<int:file_pk>/", files.download, name="file"),
]

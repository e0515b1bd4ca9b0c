from django.urls import path

from .rendering import views

urlpatterns = [
    path("webhook/", views.webhook, name="webhook"),
]

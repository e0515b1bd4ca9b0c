"""Pages about accounts that differ from those of django-allauth."""

from allauth.account.views import ConfirmEmailView
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from .services import refuse_address


class ConfirmAddress(ConfirmEmailView):
    """Where the link in a message leads. Somebody may have used the address of another, so only a session of
    the account confirms it; whoever has the link can say *It was not me*.
    """

    def logout_other_user(self, confirmation) -> None:
        """Opening a link logs nobody out."""

    def post(self, *args, **kwargs) -> HttpResponse:
        self.object = self.get_object()
        if "refuse" in self.request.POST:
            account_is_gone = refuse_address(address=self.object.email_address)
            return self.render_to_response({"refused": True, "account_is_gone": account_is_gone})
        if self._is_own():
            return super().post(*args, **kwargs)
        if self.request.user.is_authenticated:
            return self.render_to_response(self.get_context_data())
        return redirect(reverse("account_login", query={"next": self.request.path}))

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs) | {"is_own": self.object is not None and self._is_own()}

    def _is_own(self) -> bool:
        return self.request.user == self.object.email_address.user

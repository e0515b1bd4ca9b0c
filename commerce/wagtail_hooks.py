from wagtail import hooks

from .viewsets import OrderViewSet


@hooks.register("register_admin_viewset")
def register_order_desk():
    return OrderViewSet()

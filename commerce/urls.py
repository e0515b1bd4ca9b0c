"""Addresses of cart, checkout and orders."""

from django.urls import path

from .views import cart, checkout, designs, guests, orders, personalize, proofs, reorder

urlpatterns = [
    path("cart/", cart.show, name="cart"),
    path("cart/add/", cart.add, name="cart_add"),
    path("cart/state/", cart.state, name="cart_state"),
    path("cart/form-token/", cart.form_token, name="form_token"),
    path("cart/items/<int:item_id>/", cart.update_item, name="cart_item_update"),
    path("cart/items/<int:item_id>/remove/", cart.remove_item, name="cart_item_remove"),
    path("personalize/<str:sku>/", personalize.personalize, name="personalize"),
    path("personalize/<str:sku>/start/", personalize.start, name="personalize_start"),
    path("personalize/<str:sku>/token/", personalize.token, name="personalize_token"),
    path("designs/", designs.index, name="designs"),
    path("designs/<uuid:design_id>/duplicate/", designs.duplicate, name="design_duplicate"),
    path("designs/<uuid:design_id>/rename/", designs.rename, name="design_rename"),
    path("designs/<uuid:design_id>/delete/", designs.delete, name="design_delete"),
    path("designs/<uuid:design_id>/cart/", designs.put_in_cart, name="design_put_in_cart"),
    path("checkout/", checkout.checkout, name="checkout"),
    path("checkout/proofs/", proofs.proofs, name="proofs"),
    path("orders/", orders.index, name="orders"),
    path("orders/links/", guests.send_links, name="order_links"),
    path("orders/links/sent/", guests.links_sent, name="order_links_sent"),
    path("orders/files/<str:token>/", orders.download, name="order_download"),
    path("orders/<str:code>/<str:secret>/", orders.show, name="order"),
    path("orders/<str:code>/<str:secret>/status/", orders.status, name="order_status"),
    path("orders/<str:code>/<str:secret>/cancel/", orders.cancel, name="order_cancel"),
    path("orders/<str:code>/<str:secret>/again/", reorder.order_again, name="order_again"),
    path("orders/<str:code>/<str:secret>/files/<int:file_id>/", orders.file_link, name="order_file"),
]

"""The access matrix: who gets an answer at which address. An address without a row fails the test.

Everybody else is led to the login or refused. For objects that belong to somebody see test_own_things.py.
"""

from dataclasses import dataclass

from .world import (
    ADMINISTRATORS,
    ANONYMOUS,
    CATALOGUE_EDITORS,
    CUSTOMER,
    MERCHANDISERS,
    ORDER_DESK,
    PEOPLE,
    SUPERUSER,
    VISITOR,
)

SHOPPERS = {ANONYMOUS, VISITOR, CUSTOMER}
STAFF = {CATALOGUE_EDITORS, MERCHANDISERS, ORDER_DESK, ADMINISTRATORS, SUPERUSER}
WRITERS = STAFF - {ORDER_DESK}
PUBLISHERS = WRITERS - {CATALOGUE_EDITORS}
COUNTERS = STAFF - {CATALOGUE_EDITORS}
DESK = {ORDER_DESK, ADMINISTRATORS, SUPERUSER}
ADMINS = {ADMINISTRATORS, SUPERUSER}


@dataclass(frozen=True)
class Row:
    """The people who get an answer at these addresses, given by their names in the URLconf."""

    what: str
    people: set[str]
    names: tuple[str, ...]
    method: str = "get"


def _row(what: str, people: set[str], names: str, method: str = "get") -> Row:
    return Row(what, people, tuple(names.split()), method)


TABLE = [
    _row(
        "the shop's public pages, and pages of whoever asks",
        set(PEOPLE),
        """
        healthz robots sitemap favicon story_feed search account_confirm_email account_logout
        account_inactive account_email_verification_sent account_reset_password
        account_reset_password_from_key_done account_reset_password_from_key account_reset_password_done
        documents/authenticate_with_password/<int:restriction_id>/
        _util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/ wagtaildocs_serve
        wagtaildocs_authenticate_with_password cart cart_state form_token personalize designs
        design_delete checkout proofs orders order_links order_links_sent order order_status
        order_cancel order_again wagtailcore_authenticate_with_password wagtail_serve
        """,
    ),
    _row(
        "log-in and sign-up; who is logged in is led on",
        SHOPPERS,
        """
        account_login account_signup
        """,
    ),
    _row(
        "the pages of an account",
        set(PEOPLE) - {ANONYMOUS, VISITOR},
        """
        account_email account_change_password account_set_password mfa_index mfa_activate_totp
        mfa_generate_recovery_codes
        """,
    ),
    _row(
        "steps of a log-in, which lead who is logged in on",
        {CUSTOMER},
        """
        account_confirm_login_code mfa_authenticate
        """,
    ),
    _row(
        "static parts of the admin",
        set(PEOPLE) - {CUSTOMER},
        """
        wagtailadmin_sprite wagtailadmin_javascript_catalog
        """,
    ),
    _row(
        "the admin's first page, and choosers, which offer each what they may see",
        STAFF,
        """
        wagtailadmin_home admin/test404/ wagtailadmin_api:pages:listing
        wagtailadmin_api:documents:listing wagtailadmin_api:documents:detail
        wagtailadmin_api:images:listing wagtailadmin_api:images:detail wagtailadmin_error_test
        wagtail_bulk_action wagtailadmin_pages:choose_parent wagtailadmin_pages:move_confirm
        wagtailadmin_pages:confirm_workflow_cancellation wagtailadmin_pages:revisions_index
        wagtailadmin_choose_page wagtailadmin_choose_page_child wagtailadmin_choose_page_search
        wagtailadmin_choose_page_chosen_multiple wagtailadmin_choose_page_external_link
        wagtailadmin_choose_page_email_link wagtailadmin_choose_page_phone_link
        wagtailadmin_choose_page_anchor_link wagtailadmin_tag_autocomplete
        wagtailadmin_tag_model_autocomplete wagtailadmin_reports:site_history
        wagtailadmin_reports:site_history_results wagtailadmin_account wagtailadmin_dismissibles
        wagtailembeds:chooser wagtailembeds:chooser_upload products:choose_parent
        wagtaildocs_chooser:choose wagtaildocs_chooser:choose_results
        wagtaildocs_chooser:chosen_multiple wagtailimages_chooser:choose
        wagtailimages_chooser:choose_results wagtailimages_chooser:chosen_multiple
        wagtailimages_chooser:select_format
        """,
    ),
    _row(
        "pages, pictures, documents, and the Hub's products",
        WRITERS,
        """
        wagtailadmin_api:pages:detail wagtailadmin_explore_root wagtailadmin_explore
        wagtailadmin_explore_results wagtailadmin_pages:add wagtailadmin_pages:preview_on_add
        wagtailadmin_pages:type_use wagtailadmin_pages:type_use_results wagtailadmin_pages:usage
        wagtailadmin_pages:edit wagtailadmin_pages:preview_on_edit wagtailadmin_pages:view_draft
        wagtailadmin_pages:add_subpage wagtailadmin_pages:search wagtailadmin_pages:search_results
        wagtailadmin_pages:copy wagtailadmin_pages:revisions_view wagtailadmin_pages:revisions_revert
        wagtailadmin_pages:revisions_compare wagtailadmin_pages:workflow_history
        wagtailadmin_pages:workflow_history_detail wagtailadmin_pages:history
        wagtailadmin_pages:history_results wagtailadmin_reports:workflow
        wagtailadmin_reports:workflow_results wagtailadmin_reports:workflow_tasks
        wagtailadmin_reports:workflow_tasks_results wagtailadmin_reports:aging_pages
        wagtailadmin_reports:aging_pages_results wagtailadmin_reports:page_types_usage
        wagtailadmin_reports:page_types_usage_results hub_products hub_products_results
        hub_product_chosen hub_product_picture hub_pipelines hub_pipelines_results hub_pipeline_chosen
        hub_import hub_check hub_differences hub_differences_results wagtaildocs:index
        wagtaildocs:index_results wagtaildocs:add wagtaildocs:edit wagtaildocs:add_multiple
        wagtaildocs:document_usage wagtailimages:index wagtailimages:index_results wagtailimages:edit
        wagtailimages:preview wagtailimages:add wagtailimages:image_usage wagtailimages:add_multiple
        products:index products:index_results wagtaildocs_chooser:chosen wagtaildocs_chooser:create
        wagtailimages_chooser:chosen wagtailimages_chooser:create
        """,
    ),
    _row(
        "what changes live pages, redirects, new stock",
        PUBLISHERS,
        """
        wagtailadmin_pages:delete wagtailadmin_pages:move wagtailadmin_pages:set_page_position
        wagtailadmin_pages:set_privacy wagtailadmin_pages:revisions_unschedule wagtailredirects:index
        wagtailredirects:index_results wagtailredirects:add wagtailredirects:edit
        wagtailredirects:delete wagtailredirects:start_import stock:add
        """,
    ),
    _row(
        "counting stock",
        COUNTERS,
        """
        stock_ledger stock_ledger_results stock:index stock:index_results stock:edit
        """,
    ),
    _row(
        "the order desk",
        DESK,
        """
        order_desk:index order_desk:index_results order_desk:inspect order_desk:release_all
        order_desk:emails order_desk:connect order_desk:doctor order_desk:release order_desk:cancel
        order_desk:ask_hub order_desk:replace_file failed_renders:index failed_renders:index_results
        """,
    ),
    _row(
        "people, groups, sites, collections, workflows, deleting files",
        ADMINS,
        """
        wagtailadmin_collections:index wagtailadmin_collections:add wagtailadmin_collections:edit
        wagtailadmin_collections:delete wagtailadmin_collections:set_privacy
        wagtailadmin_workflows:index wagtailadmin_workflows:index_results wagtailadmin_workflows:add
        wagtailadmin_workflows:disable wagtailadmin_workflows:edit wagtailadmin_workflows:usage
        wagtailadmin_workflows:usage_results wagtailadmin_workflows:add_task
        wagtailadmin_workflows:select_task_type wagtailadmin_workflows:task_index
        wagtailadmin_workflows:task_index_results wagtailadmin_workflows:edit_task
        wagtailadmin_workflows:disable_task wagtailadmin_workflows:task_chooser
        wagtailadmin_workflows:task_chooser_results wagtailadmin_workflows:task_chooser_create
        wagtailadmin_workflows:task_chosen wagtailadmin_reports:locked_pages
        wagtailadmin_reports:locked_pages_results wagtailsettings:edit wagtaildocs:delete
        wagtailimages:delete wagtailsites:index wagtailsites:index_results wagtailsites:add
        wagtailsites:edit wagtailsites:delete wagtailsites:history wagtailsites:history_results
        wagtailsites:usage wagtailsites:copy wagtailusers_users:index wagtailusers_users:index_results
        wagtailusers_users:add wagtailusers_users:edit wagtailusers_users:delete
        wagtailusers_users:history wagtailusers_users:history_results wagtailusers_users:usage
        wagtailusers_users:copy wagtailusers_groups:index wagtailusers_groups:index_results
        wagtailusers_groups:add wagtailusers_groups:edit wagtailusers_groups:delete
        wagtailusers_groups:history wagtailusers_groups:history_results wagtailusers_groups:usage
        """,
    ),
    _row(
        "a page that somebody else is to approve",
        {SUPERUSER},
        """
        wagtailadmin_pages:unpublish wagtailadmin_pages:workflow_action
        wagtailadmin_pages:collect_workflow_action_data wagtailadmin_pages:workflow_preview
        """,
    ),
    _row(
        "switched off, or leading to the one login, or there is nothing of the kind",
        set(),
        """
        admin/login/ _util/login/ wagtailadmin_api:pages:find wagtailadmin_api:documents:find
        wagtailadmin_api:images:find wagtailadmin_pages:convert_alias wagtailadmin_block_preview
        wagtailsettings:preview_on_edit wagtailsnippets:index wagtailimages:url_generator
        wagtailimages:url_generator_output order_desk:file wagtailadmin_login
        wagtailadmin_password_reset wagtailadmin_password_reset_done wagtailadmin_password_reset_confirm
        wagtailadmin_password_reset_complete admin/^.*/$ account_reauthenticate mfa_reauthenticate
        mfa_deactivate_totp mfa_view_recovery_codes mfa_download_recovery_codes cart_add order_download
        order_file wagtailcore_login
        """,
    ),
    # What is only sent.
    _row(
        "what is sent",
        WRITERS,
        """
        wagtailadmin_api:pages:action wagtailadmin_editing_sessions:ping wagtaildocs:edit_multiple
        wagtailimages:edit_multiple
        """,
        method="post",
    ),
    _row(
        "what is sent",
        {SUPERUSER},
        """
        wagtailadmin_pages:lock wagtailadmin_pages:unlock
        """,
        method="post",
    ),
    _row(
        "what is sent",
        ADMINS,
        """
        wagtailadmin_workflows:enable wagtailadmin_workflows:remove wagtailadmin_workflows:enable_task
        wagtaildocs:delete_multiple wagtailimages:delete_multiple
        """,
        method="post",
    ),
    _row(
        "what is sent",
        set(),
        """
        wagtailadmin_logout wagtaildocs:create_multiple_from_uploaded_document
        wagtaildocs:delete_upload_multiple wagtailimages:create_multiple_from_uploaded_image
        wagtailimages:delete_upload_multiple webhook
        """,
        method="post",
    ),
    _row(
        "what is sent",
        STAFF,
        """
        wagtailadmin_editing_sessions:release
        """,
        method="post",
    ),
    _row(
        "what is sent",
        PUBLISHERS,
        """
        wagtailredirects:process_import
        """,
        method="post",
    ),
    _row(
        "what is sent",
        DESK,
        """
        order_desk:note order_desk:tell_shopper order_desk:send_again order_desk:repair
        """,
        method="post",
    ),
    _row(
        "what is sent",
        set(PEOPLE),
        """
        cart_item_update cart_item_remove design_duplicate design_rename design_put_in_cart
        personalize_start
        """,
        method="post",
    ),
    _row(
        "what is sent",
        {VISITOR, CUSTOMER},
        """
        personalize_token
        """,
        method="post",
    ),
]

"""The official client understands every answer of the sandbox that the shop relies on."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from aurigma.storefront import ApiClient, Configuration, exceptions, models
from aurigma.storefront import api as hub_api

import tenant
from sandbox_calls import OWNER, REFERENCE, SKU, create_project, new_token

STOREFRONT_ID = 42


@pytest.fixture
def call(sandbox):
    """Runs one method of one of the client's APIs: call("ProductsApi", "products_get_product", 401)."""
    token = new_token(sandbox).json()["access_token"]

    def run(api_name, method, *args, **kwargs):
        async def in_loop():
            async with ApiClient(Configuration(host=sandbox.url, access_token=token)) as client:
                return await getattr(getattr(hub_api, api_name)(client), method)(
                    *args, _request_timeout=10, **kwargs
                )

        # A thread of its own: after a browser test, an event loop runs in this one.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, in_loop()).result()

    return run


def test_applications_name_where_the_editors_come_from(call, sandbox):
    info = call("TenantInfoApi", "tenant_info_get_applications_info")
    assert info.workflow_elements_url == f"{sandbox.url}/libs/us/workflow-elements"
    assert info.tenant_id == tenant.IDENTITY["tenant_id"]


def test_build_info_and_storefront_can_be_checked(call):
    assert call("BuildInfoApi", "build_info_get_info").app_name == "Customer's Canvas Hub sandbox"
    assert call("TenantInfoApi", "tenant_info_get_info").tenant_id == 4242
    storefront = call("StorefrontsApi", "storefronts_get", STOREFRONT_ID)
    assert (storefront.id, storefront.type.value) == (42, "Custom")
    assert call("StorefrontsApi", "storefronts_get_all").total == 1


def test_a_reference_leads_to_its_product(call):
    reference = call("ProductReferencesApi", "product_references_get", REFERENCE, STOREFRONT_ID)
    product = call("ProductReferencesApi", "product_references_get_product", REFERENCE, STOREFRONT_ID)
    assert (reference.product_id, reference.product_version_id) == (401, 901)
    assert reference.product_reference_type.value == "Product"
    assert (product.id, product.name) == (401, "Classic business cards")


def test_parameters_say_which_editor_opens(call, sandbox):
    parameters = call(
        "ProductReferencesApi",
        "product_references_get_personalization_parameters",
        REFERENCE,
        STOREFRONT_ID,
    )
    workflow = call(
        "ProductReferencesApi",
        "product_references_get_personalization_workflow",
        REFERENCE,
        storefront_id=STOREFRONT_ID,
    )
    assert (parameters.id, parameters.version_id, parameters.product_type.value) == (401, 901, "Product")
    assert parameters.api_gateway_url == f"{sandbox.url}/"
    assert parameters.workflow_type is models.WorkflowType.WORKFLOWELEMENTS
    assert '"tagName": "au-handy-editor"' in parameters.workflow_content
    assert (workflow.id, workflow.content) == (201, parameters.workflow_content)


def test_the_summary_of_a_sku_names_its_variant(call):
    summary = call(
        "ProductReferencesApi",
        "product_references_get_product_summary",
        REFERENCE,
        STOREFRONT_ID,
        sku=SKU,
    )
    assert (summary.product_variant_id, summary.product_variant_sku) == (55001, SKU)
    assert (summary.product_variant_price, summary.is_product_variant_available) == (19.0, True)
    assert (summary.processing_pipeline_id, summary.personalization_workflow_id) == (31, 201)
    assert [option.title for option in summary.options] == ["Paper", "Pack"]


def test_the_summary_of_an_unknown_sku_has_no_variant(call):
    summary = call(
        "ProductReferencesApi",
        "product_references_get_product_summary",
        REFERENCE,
        STOREFRONT_ID,
        sku="OTHER",
    )
    assert (summary.product_id, summary.product_variant_id, summary.product_variant_price) == (
        401,
        None,
        None,
    )


def test_an_unknown_reference_is_not_found(call):
    with pytest.raises(exceptions.NotFoundException) as caught:
        call("ProductReferencesApi", "product_references_get_product", "un/known ref", STOREFRONT_ID)
    assert caught.value.data.status == 404
    assert "un/known ref" in caught.value.data.detail


def test_cost_details_multiply_the_price(call):
    cost = call(
        "ProductReferencesApi",
        "product_references_get_product_cost_details",
        REFERENCE,
        SKU,
        STOREFRONT_ID,
        quantity=3,
    )
    assert (cost.product_price, cost.product_cost, cost.currency_code) == (19.0, 57.0, "EUR")


def test_references_are_filtered_and_paged(call):
    page = call("ProductReferencesApi", "product_references_get_all", STOREFRONT_ID, skip=1, take=2)
    found = call("ProductReferencesApi", "product_references_get_all", STOREFRONT_ID, sku=SKU)
    products = call(
        "ProductReferencesApi", "product_references_get_all_products", STOREFRONT_ID, search="MUG"
    )
    assert (page.total > 10, len(page.items)) == (True, 2)
    assert [row.product_reference for row in found.items] == [REFERENCE]
    assert [row.name for row in products.items] == ["Stoneware mug"]


def test_products_and_what_belongs_to_them(call):
    page = call("ProductsApi", "products_get_all_products", sorting="Name DESC", take=1)
    variants = call("ProductsApi", "products_get_product_variants", 401, sku=SKU)
    options = call("ProductsApi", "products_get_product_options", 401)
    designs = call("ProductsApi", "products_get_product_variant_designs", 401, sku=SKU)
    mockups = call("ProductsApi", "products_get_product_variant_mockups", 401, sku=SKU)
    summary = call("ProductsApi", "products_get_product_summary", 401, sku=SKU)
    workflow = call("ProductsApi", "products_get_personalization_workflow", 401)
    assert page.items[0].name == "Weekly planner 2027"
    assert [(row.id, row.sku, row.price) for row in variants.items] == [(55001, SKU, 19.0)]
    assert variants.items[0].product_variant_options[0].simple_option_value.value == "Matt 350 g"
    assert [row.id for row in options.items] == [1001, 1002]
    assert designs.items[0].product_variant_id == mockups.items[0].product_variant_id == 55001
    assert (summary.product_variant_id, workflow.id) == (55001, 201)


def test_variants_are_filtered_by_option_values(call):
    hundred = '{"1002": "100202"}'
    variants = call("ProductsApi", "products_get_product_variants", 401, options=hundred)
    assert [row.sku for row in variants.items] == ["OW-BC-MATT-100", "OW-BC-COTTON-100", "OW-BC-RECYC-100"]


def test_pipelines_are_json(call):
    page = call("ProcessingPipelinesApi", "processing_pipelines_get_all")
    pipeline = call("ProcessingPipelinesApi", "processing_pipelines_get", 31)
    assert [found.id for found in page.items] == [31, 32]
    assert call("ProcessingPipelinesApi", "processing_pipelines_get_all", search="CALL-BACK").total == 1
    assert pipeline.raw_content.startswith('{\n  "tasks"')


def test_a_storefront_user_is_made_once(call):
    new = models.CreateStorefrontUserDto(storefront_user_id="shop/u 1@x", is_anonymous=True)
    made = call(
        "StorefrontUsersApi", "storefront_users_create", STOREFRONT_ID, create_storefront_user_dto=new
    )
    found = call("StorefrontUsersApi", "storefront_users_get", "shop/u 1@x", STOREFRONT_ID)
    assert made == found
    assert (found.user_id, found.is_anonymous, found.storefront_id) == ("shop/u 1@x", True, 42)
    with pytest.raises(exceptions.ConflictException) as caught:
        call("StorefrontUsersApi", "storefront_users_create", STOREFRONT_ID, create_storefront_user_dto=new)
    assert caught.value.data.type.value == "IdConflict"


def test_registering_answers_200_with_a_regular_user(call):
    body = models.RegisterStorefrontUserInput(storefront_user_id="u-2")
    assert (
        call(
            "StorefrontUsersApi",
            "storefront_users_register",
            STOREFRONT_ID,
            register_storefront_user_input=body,
        ).is_anonymous
        is False
    )


def test_the_token_of_a_user_is_a_jwt_and_nobody_else_has_one(call, sandbox):
    sandbox.control.add_user(OWNER)
    token = call("StorefrontUsersApi", "storefront_users_get_token", OWNER, STOREFRONT_ID)
    assert token.count(".") == 2
    assert '"' not in token
    with pytest.raises(exceptions.NotFoundException):
        call("StorefrontUsersApi", "storefront_users_get_token", "nobody", STOREFRONT_ID)


def test_merging_moves_designs_and_ends_the_anonymous_user(call, sandbox):
    design_id = sandbox.control.add_design(OWNER, REFERENCE)
    sandbox.control.add_user("account-1", anonymous=False)
    merge = models.MergeAnonymousUserDataInput(
        anonymous_storefront_user_id=OWNER, regular_storefront_user_id="account-1"
    )
    assert (
        call(
            "StorefrontUsersApi",
            "storefront_users_merge_anonymous",
            STOREFRONT_ID,
            merge_anonymous_user_data_input=merge,
        )
        is None
    )
    assert create_project_of(call, "account-1", design_id).owner_id == "account-1"
    with pytest.raises(exceptions.NotFoundException):
        call(
            "StorefrontUsersApi",
            "storefront_users_merge_anonymous",
            STOREFRONT_ID,
            merge_anonymous_user_data_input=merge,
        )


def test_only_an_anonymous_user_merges(call, sandbox):
    sandbox.control.add_user("account-1", anonymous=False)
    sandbox.control.add_user("account-2", anonymous=False)
    merge = models.MergeAnonymousUserDataInput(
        anonymous_storefront_user_id="account-2", regular_storefront_user_id="account-1"
    )
    with pytest.raises(exceptions.ConflictException):
        call(
            "StorefrontUsersApi",
            "storefront_users_merge_anonymous",
            STOREFRONT_ID,
            merge_anonymous_user_data_input=merge,
        )


def create_project_of(call, owner_id, design_id):
    item = models.ProjectItemParametersDto(
        name="Cards",
        quantity=2,
        sku=SKU,
        product_reference=REFERENCE,
        design_ids=[design_id],
        fields={"Paper": "Matt"},
        hidden={"images": []},
    )
    body = models.CreateSingleItemProjectDto(
        owner_id=owner_id, order_id="1042", order_line_item_id="1042-1", order_number=1042, item=item
    )
    return call(
        "ProjectsApi", "projects_create_with_single_item", STOREFRONT_ID, create_single_item_project_dto=body
    )


def test_a_project_mirrors_the_order_line(call, sandbox):
    project = create_project_of(call, OWNER, design_id := sandbox.control.add_design(OWNER, REFERENCE))
    assert (project.order_id, project.order_line_item_id, project.order_number) == ("1042", "1042-1", 1042)
    assert (project.status, project.processing_status.value) == (1, "Pending")
    assert (project.product_reference, project.last_modified) == (REFERENCE, None)
    assert [item.design_ids for item in project.items] == [[design_id]]
    assert project.items[0].fields == {"Paper": "Matt"}
    assert call("ProjectsApi", "projects_get", project.id) == project


def test_projects_are_found_by_order(call, sandbox):
    first = create_project(sandbox, orderId="A-1")
    create_project(sandbox, orderId="A-10")
    page = call("ProjectsApi", "projects_get_all", order_id="A-1", storefront_id=STOREFRONT_ID, take=100)
    assert (page.total, [project.id for project in page.items]) == (1, [first])


def test_projects_come_in_the_order_asked_for(call, sandbox):
    ids = [create_project(sandbox) for _ in range(3)]
    call("ProjectsApi", "projects_force_status", ids[0], 3)
    page = call("ProjectsApi", "projects_get_all", sorting="LastModified DESC", take=1)
    filtered = call(
        "ProjectsApi", "projects_get_all", processing_status=models.ProjectProcessingStatus.COMPLETED
    )
    assert (page.total, page.items[0].id) == (3, ids[0])
    assert filtered.total == 0


def test_a_completed_project_lists_its_file(call, sandbox):
    project_id = create_project(sandbox)
    before = call("ProjectsApi", "projects_get_project_processing_results", project_id)
    sandbox.control.complete_all()
    results = call("ProjectsApi", "projects_get_project_processing_results", project_id)
    (file,) = results.output_file_details
    assert (before.status.value, before.output_file_details) == ("Pending", [])
    assert (results.status.value, results.status_description) == ("Completed", None)
    assert (file.name, file.format, file.anonymous_access) == ("result", "Pdf", False)
    assert (file.order_line_item_id, file.size > 1000) == ("1042-1", True)
    assert file.url == f"{sandbox.url}/api/storage/v1/artifacts/{file.artifact_id}/file"


def test_statuses_and_transitions(call, sandbox):
    project_id = create_project(sandbox)
    statuses = call("ProjectsApi", "projects_get_all_statuses")
    available = call("ProjectsApi", "projects_get_available_transitions", project_id)
    moved = call("ProjectsApi", "projects_change_status", project_id, "Activate")
    assert (statuses.items[0].id, statuses.items[0].code) == (101, 1)
    assert call("ProjectsApi", "projects_get_all_transitions").total == 8
    assert {row.name for row in available.items} == {"Activate", "Hold", "Cancel"}
    assert (moved.code, moved.display_name) == (3, "Active")
    with pytest.raises(exceptions.ConflictException) as caught:
        call("ProjectsApi", "projects_change_status", project_id, "Activate")
    assert {row.name for row in caught.value.data.available_transitions} == {
        "HoldActive",
        "Complete",
        "CancelActive",
    }


def test_force_status_asks_for_no_transition(call, sandbox):
    project_id = create_project(sandbox)
    call("ProjectsApi", "projects_force_status", project_id, 5)
    assert call("ProjectsApi", "projects_force_status", project_id, 4).code == 4
    with pytest.raises(exceptions.BadRequestException):
        call("ProjectsApi", "projects_force_status", project_id, 101)


def test_a_failed_project_restarts_and_completes(call, sandbox):
    sandbox.control.trouble("fail")
    project_id = create_project(sandbox)
    with pytest.raises(exceptions.ConflictException):
        call("ProjectsApi", "projects_restart_project_processing", project_id)
    sandbox.control.complete_all()
    failed = call("ProjectsApi", "projects_get_project_processing_results", project_id)
    assert call("ProjectsApi", "projects_restart_project_processing", project_id) is None
    again = call("ProjectsApi", "projects_get", project_id).processing_status.value
    sandbox.control.complete_all()
    assert failed.status.value == "Failed"
    assert failed.status_description.startswith("Task 'render-hires' failed")
    assert again == "Pending"
    assert call("ProjectsApi", "projects_get", project_id).processing_status.value == "Completed"


def test_resuming_runs_the_tasks_that_are_left(call, sandbox):
    sandbox.control.trouble("fail")
    project_id = create_project(sandbox)
    sandbox.control.complete_all()
    call("ProjectsApi", "projects_resume_project_processing", project_id)
    sandbox.control.complete_all()
    assert call("ProjectsApi", "projects_get", project_id).processing_status.value == "Completed"


def test_other_ways_to_create_a_project(call, sandbox):
    design_id = sandbox.control.add_design(OWNER, REFERENCE)
    item = models.ProjectItemParametersDto(name="card", design_ids=[design_id], product_reference=REFERENCE)
    several = models.CreateMultiItemProjectDto(owner_id=OWNER, order_id="7", items=[item, item])
    hires = models.CreateProjectByRenderHiResScenarioDto(
        owner_id=OWNER,
        order_details=models.OrderDetailsDto(order_id="7", order_line_item_id="7-1"),
        scenario=models.RenderHiResScenarioDto(design_id=design_id, name="front", anonymous_access=True),
    )
    pipeline = models.CreateProjectBySpecificPipelineScenarioDto(
        owner_id=OWNER, items=[item], scenario=models.SpecificPipelineScenarioDto(pipeline_id=31)
    )
    create = "projects_create_with_multiple_items"
    made = [
        call("ProjectsApi", create, STOREFRONT_ID, create_multi_item_project_dto=several),
        call(
            "ProjectsApi",
            "projects_create_by_render_hi_res_scenario",
            STOREFRONT_ID,
            create_project_by_render_hi_res_scenario_dto=hires,
        ),
        call(
            "ProjectsApi",
            "projects_create_by_specific_pipeline_scenario",
            STOREFRONT_ID,
            create_project_by_specific_pipeline_scenario_dto=pipeline,
        ),
    ]
    sandbox.control.complete_all()
    files = [
        [
            (file.name, file.anonymous_access, file.order_line_item_id)
            for file in call(
                "ProjectsApi", "projects_get_project_processing_results", project.id
            ).output_file_details
        ]
        for project in made
    ]
    assert files == [
        [("result", False, None), ("result", False, None)],
        [("front", True, "7-1")],
        [("result", False, None)],
    ]


def test_a_deleted_project_is_gone_with_its_files(call, sandbox):
    first, second = create_project(sandbox), create_project(sandbox)
    sandbox.control.complete_all()
    assert call("ProjectsApi", "projects_delete", first) is None
    ids = models.BatchDeleteProjectsInput(ids=[second])
    assert call("ProjectsApi", "projects_batch_delete", batch_delete_projects_input=ids).total == 0
    with pytest.raises(exceptions.NotFoundException):
        call("ProjectsApi", "projects_get", first)
    assert call("ProjectsApi", "projects_get_all").total == 0
    obsolete = call("ProjectsApi", "projects_get_all", include_obsolete=True)
    assert {project.id for project in obsolete.items} == {first, second}


def test_the_preview_of_a_project(call, sandbox):
    project_id = create_project(sandbox)
    png = call(
        "ProjectsApi", "projects_get_preview", project_id, _headers={"Accept": "application/octet-stream"}
    )
    assert png.startswith(b"\x89PNG")
    url = call("ProjectsApi", "projects_get_preview_url", project_id)
    assert url.startswith(f"{sandbox.url}/previews/")

"""Processing pipelines: the JSON list of tasks that turns a project into print files."""

import json
import re
from typing import Any

INTERPOLATION = re.compile(r"\{\{\s*([\w.@-]+)\??\s*\}\}")
WEBHOOK_PATH = "/personalization/webhook/"


def seed_pipeline(shop_url: str | None, webhook_secret: str) -> dict[str, Any]:
    """Aurigma's sample pipeline, with a call back to the shop when there is one to call."""
    tasks = [
        _task("extract", "extract-project-design", outputArtifacts=["design"]),
        _task(
            "render-hires",
            "render-hires",
            inputArtifacts=["design"],
            parameters={
                "hiResOutputDpi": 300,
                "hiResOutputFileFormat": "pdf",
                "hiResOutputColorSpace": "cmyk",
                "hiResOutputCompression": "Jpeg",
                "hiResOutputJpegCompressionQuality": 92,
            },
            outputArtifacts=["result*"],
        ),
        _task(
            "configure-access",
            "configure-artifacts",
            inputArtifacts=["result*"],
            parameters={"final": "true", "anonymousAccess": "false"},
        ),
        _task("finalize", "finalize", finalArtifacts=["result*"]),
    ]
    if shop_url:
        tasks.insert(3, _notify_shop(shop_url, webhook_secret))
    return {"tasks": tasks}


def hires_pipeline(scenario: dict[str, Any]) -> dict[str, Any]:
    """The built-in pipeline of the scenario render-hires: one design, no product, no call back."""
    return {
        "tasks": [
            _task("extract", "extract-project-design", outputArtifacts=["design"]),
            _task(
                "render-hires",
                "render-hires",
                inputArtifacts=["design"],
                parameters={"name": scenario.get("name") or "result"},
                outputArtifacts=["result*"],
            ),
            _task(
                "configure-access",
                "configure-artifacts",
                inputArtifacts=["result*"],
                parameters={"anonymousAccess": json.dumps(bool(scenario.get("anonymousAccess")))},
            ),
            _task("finalize", "finalize", finalArtifacts=["result*"]),
        ]
    }


def interpolate(template: Any, project: dict[str, Any]) -> Any:
    """Replace `{{project.orderId}}` and the like by texts, at every depth; unknown names become empty."""
    if isinstance(template, dict):
        return {key: interpolate(value, project) for key, value in template.items()}
    if isinstance(template, list):
        return [interpolate(value, project) for value in template]
    if not isinstance(template, str):
        return template
    return INTERPOLATION.sub(lambda match: _text(_lookup(match[1], project)), template)


def _lookup(path: str, project: dict[str, Any]) -> Any:
    root, *steps = path.split(".")
    value: Any = project if root == "project" else None
    for step in steps:
        if isinstance(value, list):
            index = 0 if step == "@" else int(step) if step.isdigit() else len(value)
            value = value[index] if index < len(value) else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


def _notify_shop(shop_url: str, webhook_secret: str) -> dict[str, Any]:
    return _task(
        "notify-shop",
        "invoke-url",
        inputArtifacts=["result*"],
        parameters={
            "url": shop_url.rstrip("/") + WEBHOOK_PATH,
            "httpMethod": "POST",
            "queryHeaders": {"X-CCHub-Secret": webhook_secret},
            "body": {"projectId": "{{project.id}}", "orderId": "{{project.orderId}}"},
        },
    )


def _task(name: str, kind: str, **parts: Any) -> dict[str, Any]:
    return {"name": name, "namespace": "customers-canvas", "type": kind, "parameters": {}} | parts

"""The pipeline that a shop's products run through in the Hub, ready to be pasted there."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse

HIDDEN_SECRET = "•" * 16


def webhook_url() -> str:
    """Where the Hub calls back."""
    return settings.SHOP_BASE_URL + reverse("webhook")


def pipeline_text(*, secret: str = HIDDEN_SECRET) -> str:
    """The pipeline as the Hub's editor takes it: JSON, indented."""
    return json.dumps(_pipeline(secret), indent=2, ensure_ascii=False)


def _pipeline(secret: str) -> dict[str, Any]:
    """Names of tasks and parameters as in Aurigma's guide to pipelines. `queryHeaders` are the headers of the
    request, whatever the name suggests.
    """
    return {
        "tasks": [
            {
                "name": "extract",
                "type": "extract-project-design",
                "parameters": {},
                "outputArtifacts": ["design"],
            },
            {
                "name": "render",
                "type": "render-hires",
                "inputArtifacts": ["design"],
                "outputArtifacts": ["result*"],
                "parameters": {
                    "hiResOutputDpi": 300,
                    "hiResOutputFileFormat": "pdf",
                    "hiResOutputColorSpace": "cmyk",
                    "hiResOutputPdfFormat": "X4",
                },
            },
            {
                "name": "access",
                "type": "configure-artifacts",
                "inputArtifacts": ["result*"],
                "parameters": {"final": "true", "anonymousAccess": "false"},
            },
            {
                "name": "notify",
                "type": "invoke-url",
                "inputArtifacts": ["result*"],
                "parameters": {
                    "url": webhook_url(),
                    "httpMethod": "POST",
                    "queryHeaders": {"X-CCHub-Secret": secret},
                    "body": {"projectId": "{{project.id}}", "orderId": "{{project.orderId}}"},
                },
            },
            {"name": "finalize", "type": "finalize", "finalArtifacts": ["result*"]},
        ]
    }

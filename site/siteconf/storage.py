"""Static files in production."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Also rewrites what ES modules import, so that a module is not loaded under two names."""

    support_js_module_import_aggregation = True

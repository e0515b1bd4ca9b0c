from django.apps import AppConfig
from django.core.checks import Tags, register


class SiteConfConfig(AppConfig):
    name = "siteconf"

    def ready(self) -> None:
        from .checks import check_development_settings, check_keys, check_mail, check_static_files
        from .redaction import keep_secrets_out_of_logs

        keep_secrets_out_of_logs()
        register(check_keys)
        register(check_development_settings, Tags.security)
        register(check_mail, deploy=True)
        register(check_static_files, deploy=True)

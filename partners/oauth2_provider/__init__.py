"""Where the migrations of django-oauth-toolkit stand: the setting `MIGRATION_MODULES`."""

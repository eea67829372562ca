"""The HTTP API: FastAPI over the `SyncService`, `Store` and `Engine` ports. `app.create_app` builds it."""

PREFIX = "/api/v1"

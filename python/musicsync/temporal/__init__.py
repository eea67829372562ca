"""The Temporal runner: the same pipeline and the same steps, executed as workflows and activities."""

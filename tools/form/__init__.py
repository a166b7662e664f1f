"""The form of templates and stylesheets: `python -m tools.form [--check]`, part of `./cordee fmt` and `check`."""

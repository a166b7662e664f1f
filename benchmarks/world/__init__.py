"""A large invented world, written straight into the tables: what the figures are taken on.

`build.build` fills an empty database; `manifest.Manifest` tells where in it the known things are.
"""

"""The file of an audit: what proves each indicator, for the missions that were drawn."""

from cordee.audits.queries.packing.archive import contents, packed

__all__ = ("contents", "packed")

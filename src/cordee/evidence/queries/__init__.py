"""Reading what is sealed, and what there is to seal."""

from cordee.evidence.queries.contents import contents
from cordee.evidence.queries.final_sheet import final_sheet
from cordee.evidence.queries.sealed import chain, keys, sealed_files

__all__ = ("chain", "contents", "final_sheet", "keys", "sealed_files")

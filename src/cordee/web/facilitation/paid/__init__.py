"""“How I am paid”: through whom a facilitator bills, and what is still missing before they can be paid."""

"""From pictures of paper to what is on it. Knows no business: pages, marks, boxes and ink only."""

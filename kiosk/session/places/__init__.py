"""The visit, place by place: one function for each event that means something there."""

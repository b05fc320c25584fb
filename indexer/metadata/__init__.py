"""What an article says of itself: place, date, source and authors, each with its evidence."""

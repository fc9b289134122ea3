"""What is prepared with the people before they meet, the child's own page, three lines of each professional."""

"""HTTP: the customer's pages, the staff console, the lobby display, and what watches over them."""

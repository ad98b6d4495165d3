"""Who works here: accounts, passwords, what each role may do."""

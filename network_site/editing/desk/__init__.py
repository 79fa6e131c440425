"""What every desk in the admin is made of: guarded pages, deeds, menu items, the audit trail in words."""

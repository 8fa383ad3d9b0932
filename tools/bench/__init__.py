"""What the dashboard costs, beside the budgets of the design; one module for each part, see `__main__`."""

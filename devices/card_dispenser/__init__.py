"""The card dispenser and card printer: cards out of boxes, printed, presented or kept back."""

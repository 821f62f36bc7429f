"""Sheet printer (A4): public class and drivers (CUPS, file)."""

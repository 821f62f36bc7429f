"""ID-card readers: the public class, its codec of pure bytes, its drivers."""

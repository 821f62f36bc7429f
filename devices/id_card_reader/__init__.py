"""ID-card reader (二代居民身份证阅读机具): public class, codec of pure bytes, drivers."""

"""Document scanners: the public class, its codecs of pure bytes, the driver on SANE."""

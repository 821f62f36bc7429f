"""Document cameras and face cameras: public class, drivers, the reading of the newest frame."""

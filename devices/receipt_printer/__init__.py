"""Receipt printer (凭条打印机): public class, ESC/POS status codec, drivers."""

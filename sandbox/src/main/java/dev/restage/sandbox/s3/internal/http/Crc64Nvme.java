package dev.restage.sandbox.s3.internal.http;

/** CRC-64/NVME, which S3 computes for every object that comes without a checksum. Polynomial of the NVM Express base specification. */
final class Crc64Nvme {

    private static final long REFLECTED_POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
    private static final long[] TABLE = table();

    private Crc64Nvme() {}

    static long of(byte[] bytes) {
        long crc = -1;
        for (byte b : bytes) {
            crc = TABLE[(int) (crc ^ b) & 0xff] ^ crc >>> 8;
        }
        return ~crc;
    }

    private static long[] table() {
        long[] table = new long[256];
        for (int i = 0; i < table.length; i++) {
            long crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ REFLECTED_POLYNOMIAL;
            }
            table[i] = crc;
        }
        return table;
    }
}

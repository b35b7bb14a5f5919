// Which of sixteen bytes are in a set, as the lowest sixteen bits of a word; the first byte is the lowest bit.
//
// Swift's SIMD types compare lanes, but they have no operation that gathers the result into bits, and the compiler turns
// masks of more than three comparisons into loops over the lanes. These functions take and return values only: no memory
// is read here.

#ifndef C_BYTE_MASKS_H
#define C_BYTE_MASKS_H

#include <stdint.h>

/// `SIMD16<UInt8>` in Swift.
typedef uint8_t byte_vector __attribute__((ext_vector_type(16)));
/// The result of a comparison: all ones in each lane that is set.
typedef __typeof__((byte_vector){0} == (byte_vector){0}) byte_lanes;
/// The same sixteen bytes with signs, for which those above 0x7F come before 0.
typedef int8_t byte_vector_signed __attribute__((ext_vector_type(16)));

#define BYTE_MASK static inline __attribute__((always_inline, const)) uint32_t

/// The highest bit of each lane, by operations that every processor has.
BYTE_MASK byte_mask_gather_portably(byte_lanes lanes) {
    typedef uint8_t half __attribute__((ext_vector_type(8)));
    const byte_vector bits = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const byte_vector picked = -((byte_vector)lanes >> 7) & bits;
    const half low = __builtin_shufflevector(picked, picked, 0, 1, 2, 3, 4, 5, 6, 7);
    const half high = __builtin_shufflevector(picked, picked, 8, 9, 10, 11, 12, 13, 14, 15);
    return (uint32_t)__builtin_reduce_or(low) | (uint32_t)__builtin_reduce_or(high) << 8;
}

/// The highest bit of each lane.
BYTE_MASK byte_mask_gather(byte_lanes lanes) {
#if defined(__SSE2__)
    typedef char chars __attribute__((vector_size(16)));
    return (uint32_t)__builtin_ia32_pmovmskb128((chars)lanes);
#else
    return byte_mask_gather_portably(lanes);
#endif
}

/// The bytes that equal `a`.
BYTE_MASK byte_mask_equal(byte_vector bytes, uint8_t a) {
    return byte_mask_gather(bytes == (byte_vector)a);
}

/// The bytes that equal `a` or `b`.
BYTE_MASK byte_mask_any_of_2(byte_vector bytes, uint8_t a, uint8_t b) {
    return byte_mask_gather((bytes == (byte_vector)a) | (bytes == (byte_vector)b));
}

/// The bytes that equal `a`, `b` or `c`.
BYTE_MASK byte_mask_any_of_3(byte_vector bytes, uint8_t a, uint8_t b, uint8_t c) {
    return byte_mask_gather((bytes == (byte_vector)a) | (bytes == (byte_vector)b) | (bytes == (byte_vector)c));
}

/// The bytes below `limit`.
BYTE_MASK byte_mask_below(byte_vector bytes, uint8_t limit) {
    return byte_mask_gather(bytes < (byte_vector)limit);
}

/// The bytes below `limit`, and those that equal `a` or `b`.
BYTE_MASK byte_mask_below_or_any_of_2(byte_vector bytes, uint8_t limit, uint8_t a, uint8_t b) {
    return byte_mask_gather(
        (bytes < (byte_vector)limit) | (bytes == (byte_vector)a) | (bytes == (byte_vector)b));
}

/// The bytes below `limit`, and those that equal `a`, `b` or `c`.
BYTE_MASK byte_mask_below_or_any_of_3(byte_vector bytes, uint8_t limit, uint8_t a, uint8_t b, uint8_t c) {
    return byte_mask_gather(
        (bytes < (byte_vector)limit) | (bytes == (byte_vector)a) | (bytes == (byte_vector)b)
        | (bytes == (byte_vector)c));
}

/// The bytes above 0x7F, which are not ASCII.
BYTE_MASK byte_mask_not_ascii(byte_vector bytes) {
    return byte_mask_gather((byte_lanes)bytes);
}

/// The bytes that are not printable ASCII, DEL counted as printable: below 0x20 or above 0x7F.
BYTE_MASK byte_mask_not_printable(byte_vector bytes) {
    return byte_mask_gather((byte_vector_signed)bytes < (byte_vector_signed)(int8_t)0x20);
}

/// The bytes from 0x80 to 0xBF: those inside a character of UTF-8, after its first byte.
BYTE_MASK byte_mask_continuation(byte_vector bytes) {
    return byte_mask_gather((byte_vector_signed)bytes < (byte_vector_signed)(int8_t)-64);
}

/// The lanes in which at least one of four chunks has a byte that is not printable, as `byte_mask_not_printable` has it.
BYTE_MASK byte_mask_not_printable_in_4(byte_vector a, byte_vector b, byte_vector c, byte_vector d) {
    const byte_vector_signed space = (byte_vector_signed)(int8_t)0x20;
    return byte_mask_gather(
        ((byte_vector_signed)a < space) | ((byte_vector_signed)b < space) | ((byte_vector_signed)c < space)
        | ((byte_vector_signed)d < space));
}

/// The bytes that are not printable ASCII, as `byte_mask_not_printable`, and do not equal `a`.
BYTE_MASK byte_mask_not_printable_but(byte_vector bytes, uint8_t a) {
    return byte_mask_gather(((byte_vector_signed)bytes < (byte_vector_signed)(int8_t)0x20) & (bytes != (byte_vector)a));
}

/// The places at which `bytes` has `a` and `others` has `b`.
BYTE_MASK byte_mask_equal_pair(byte_vector bytes, uint8_t a, byte_vector others, uint8_t b) {
    return byte_mask_gather((bytes == (byte_vector)a) & (others == (byte_vector)b));
}

#undef BYTE_MASK

#endif

//! Numbers out of bytes, the low byte first; none where the bytes end.

pub fn u16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().copied().map(u16::from_le_bytes)
}

pub fn u32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().copied().map(u32::from_le_bytes)
}

pub fn u64(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().copied().map(u64::from_le_bytes)
}

/// A length or a place of 32 bits.
pub fn size(bytes: &[u8], at: usize) -> Option<usize> {
    u32(bytes, at).and_then(|value| usize::try_from(value).ok())
}

/// A length or a place of 64 bits.
pub fn large_size(bytes: &[u8], at: usize) -> Option<usize> {
    u64(bytes, at).and_then(|value| usize::try_from(value).ok())
}

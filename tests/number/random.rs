//! A small deterministic generator, so that a million cases take seconds and a failure comes back every time.

/// xorshift64*, by Sebastiano Vigna.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number from 0 up to, not including, `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() >> 16) as usize % end
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// A number of any size up to `bits`, each size equally likely, with either sign.
    pub fn signed(&mut self, bits: u32) -> i128 {
        let kept = self.below(bits as usize + 1) as u32;
        let wide = u128::from(self.next()) << 64 | u128::from(self.next());
        let magnitude = if kept == 0 { 0 } else { (wide >> (128 - kept)) as i128 };
        if self.next() & 1 == 0 { magnitude } else { -magnitude }
    }
}

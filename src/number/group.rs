use alloc::string::String;

/// Groups the integer part by three for people: `-1234567.890` becomes `-1,234,567.890`.
///
/// Everything after the first run of digits stays as it is: decimals, trailing zeros, `…`, a unit. A text that does
/// not begin with a number comes back unchanged.
pub fn group_digits(number: &str) -> String {
    let mut grouped = String::with_capacity(number.len().saturating_add(number.len() / 3));
    let unsigned = number.trim_start_matches(['-', '+', '−']);
    let mut left = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    grouped.extend(number.chars().take(number.chars().count().saturating_sub(unsigned.chars().count())));
    for (position, character) in unsigned.chars().enumerate() {
        if position > 0 && left > 0 && left.is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(character);
        left = left.saturating_sub(1);
    }
    grouped
}

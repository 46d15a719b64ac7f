use alloc::string::String;

/// Whether a text needs no [`normalise`]: only the characters of a plain number. Most cells are like this.
pub(super) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b',' | b'+' | b'-' | b'%'))
}

/// White space, and the characters that no one sees: zero-width spaces, direction marks, byte order mark.
pub(crate) fn is_space(character: char) -> bool {
    // Nearly every character is a Chinese one, and there is no space among those.
    !('\u{3001}'..'\u{FEFF}').contains(&character) && (character.is_whitespace() || is_invisible(character))
}

/// A line break or a tab.
fn is_break(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}'
    )
}

/// Whether more than `limit` characters can be seen.
pub(super) fn is_longer_seen(text: &str, limit: usize) -> bool {
    text.len() > limit
        && text.chars().nth(limit).is_some()
        && text.chars().filter(|&character| !is_space(character)).nth(limit).is_some()
}

/// One spelling for what input methods and word processors write in many: no white space, half-width, one kind of dash.
///
/// White space between two digits is not simply dropped: a space there can only group digits by three, so it becomes a
/// comma, and a line break or tab stays, because it separates two numbers.
pub(super) fn normalise(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut gap = None;
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        if is_invisible(character) {
            continue;
        }
        if character.is_whitespace() {
            gap = Some(if is_break(character) { '\n' } else { gap.unwrap_or(',') });
            continue;
        }
        let character = half_width(character);
        let after_digit = plain.ends_with(|last: char| last.is_ascii_digit());
        if let Some(gap) = gap.take().filter(|_| character.is_ascii_digit()) {
            // A point at the end of a line is not a decimal point.
            if after_digit || (gap == '\n' && plain.ends_with(['.', ','])) {
                plain.push(gap);
            }
        }
        let before_digit = |mut rest: core::str::Chars<'_>| {
            let next = rest.find(|&next| !is_space(next) || is_break(next));
            next.is_some_and(|next| half_width(next).is_ascii_digit())
        };
        match (plain.chars().next_back(), character) {
            // A Chinese input method in Chinese punctuation mode types 180。5 for 180.5.
            (_, '。') if after_digit && before_digit(rest.clone()) => plain.push('.'),
            // At the beginning these are signs, and elsewhere they hold a title.
            (None, '》') => plain.push('>'),
            (None, '《') => plain.push('<'),
            (Some('>'), '=') | (Some('='), '>' | '≥') => replace_last(&mut plain, '≥'),
            (Some('<'), '=') | (Some('='), '<' | '≤') => replace_last(&mut plain, '≤'),
            (Some('≥' | '≤' | '='), '=') => {}
            _ => plain.push(character),
        }
    }
    plain
}

/// Without the full stop or semicolon that ends a sentence. A point behind a digit stays: `5.` is a number.
pub(super) fn without_stop(plain: &str) -> &str {
    let stripped = plain
        .strip_suffix(['。', ';'])
        .or_else(|| plain.strip_suffix('.').filter(|before| !before.ends_with(|last: char| last.is_ascii_digit())));
    stripped.filter(|before| !before.is_empty()).unwrap_or(plain)
}

fn replace_last(plain: &mut String, character: char) {
    plain.pop();
    plain.push(character);
}

pub(crate) fn half_width(character: char) -> char {
    match character {
        // The full-width block repeats ASCII at a fixed distance.
        '\u{FF01}'..='\u{FF5E}' => u32::from(character).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(character),
        '￥' => '¥',
        '｡' => '。',
        '−' | '—' | '–' | '―' | '‐' | '‑' | '‒' | '─' | '━' | '﹘' | '﹣' => '-',
        '〜' | '∼' | '∽' | '⁓' => '~',
        '≧' | '⩾' | '≮' => '≥',
        '≦' | '⩽' | '≯' => '≤',
        '﹥' | '〉' => '>',
        '﹤' | '〈' => '<',
        // Box drawing, from the lists of signs of input methods.
        '﹦' | '═' => '=',
        '∕' | '⁄' => '/',
        '∶' | '﹕' => ':',
        '﹙' => '(',
        '﹚' => ')',
        '×' | '✕' | '✖' | '∗' => '*',
        '﹪' => '%',
        '﹢' => '+',
        '﹐' => ',',
        '﹒' => '.',
        _ => character,
    }
}

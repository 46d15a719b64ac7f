//! Makes the container of the binary formats.

const FREE: u32 = 0xffff_ffff;
const END: u32 = 0xffff_fffe;

/// A container of streams, which lie behind one another behind the directory.
pub fn container(streams: &[(&str, &[u8])]) -> Vec<u8> {
    // Shorter streams would stand in the small one.
    let streams: Vec<(&str, Vec<u8>)> = streams
        .iter()
        .map(|(name, data)| {
            let mut data = data.to_vec();
            data.resize(data.len().max(4_096).next_multiple_of(512), 0);
            (*name, data)
        })
        .collect();
    let directory = (streams.len() + 1).div_ceil(4);
    let sectors: usize = streams.iter().map(|(_, data)| data.len() / 512).sum::<usize>() + directory;
    let tables = (sectors + 1).div_ceil(127);
    let mut next: Vec<u32> = vec![0xffff_fffd; tables];
    let chain = |next: &mut Vec<u32>, count: usize| {
        let start = next.len() as u32;
        next.extend((1..count as u32).map(|at| start + at));
        next.push(END);
        start
    };
    let directory_start = chain(&mut next, directory);
    let starts: Vec<u32> = streams.iter().map(|(_, data)| chain(&mut next, data.len() / 512)).collect();
    next.resize(tables * 128, FREE);
    let mut out = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    out.extend([0; 16]);
    for half in [0x3e_u16, 3, 0xfffe, 9, 6] {
        out.extend(half.to_le_bytes());
    }
    out.extend([0; 10]);
    for word in [tables as u32, directory_start, 0, 4_096, END, 0, END, 0] {
        out.extend(word.to_le_bytes());
    }
    out.extend((0..109).map(|at| if at < tables as u32 { at } else { FREE }).flat_map(u32::to_le_bytes));
    out.extend(next.iter().flat_map(|word| word.to_le_bytes()));
    let entry = |name: &str, kind: u8, right: u32, child: u32, start: u32, size: u32| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = entry.len() as u16 + 2;
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.extend([kind, 1]);
        for word in [FREE, right, child] {
            entry.extend(word.to_le_bytes());
        }
        entry.extend([0; 36]);
        entry.extend(start.to_le_bytes());
        entry.extend(size.to_le_bytes());
        entry.extend([0; 4]);
        entry
    };
    let begin = out.len();
    out.extend(entry("Root Entry", 5, FREE, 1, END, 0));
    for (at, (name, data)) in streams.iter().enumerate() {
        let right = if at + 1 < streams.len() { at as u32 + 2 } else { FREE };
        out.extend(entry(name, 2, right, FREE, starts[at], data.len() as u32));
    }
    out.resize(begin + directory * 512, 0);
    streams.iter().for_each(|(_, data)| out.extend(data));
    out
}

//! How large the finished programs are, as they lie on disk and as they travel.

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::path::Path;

/// Prints a table of the files in the folder.
pub fn print(folder: &Path) -> Result<()> {
    let mut files: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    files.retain(|file| file.path().is_file());
    files.sort_by_key(|file| file.file_name());
    println!("{:<28}{:>12}{:>12}{:>12}", folder.display(), "bytes", "gzip", "brotli");
    for file in files {
        let content = fs::read(file.path())?;
        let (gzip, brotli) = (gzip(&content)?, brotli(&content)?);
        println!("{:<28}{:>12}{:>12}{:>12}", file.file_name().display(), content.len(), gzip, brotli);
    }
    Ok(())
}

/// Prints what the first load of the hosted page is, and what comes when office files are read and written.
pub fn totals(folder: &Path) -> Result<()> {
    let (mut first, mut rest, mut reading, mut tables, mut whole, mut writing) = (0, 0, 0, 0, 0, 0);
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let size = |path: &Path| brotli(&fs::read(path)?);
        match () {
            () if name == "index.html" || name.starts_with("page-") => first += size(&path)?,
            () if name.starts_with("rest-") => rest += size(&path)?,
            () if name.starts_with("office_module-") => reading += size(&path)?,
            () if name.starts_with("tables_module-") => tables += size(&path)?,
            () if name.starts_with("whole_module-") => whole += size(&path)?,
            () if name.starts_with("writer_module-") => writing += size(&path)?,
            () => {}
        }
    }
    let both = reading + writing;
    println!(
        "first load {first} bytes (brotli), the rest of the page {rest}; for reading {reading}, for writing {writing}, together {both}; for any table {tables}, for whole documents {whole}"
    );
    Ok(())
}

fn gzip(content: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?.len())
}

fn brotli(mut content: &[u8]) -> Result<usize> {
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut content, &mut compressed, &Default::default())?;
    Ok(compressed.len())
}

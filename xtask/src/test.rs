pub fn run(_: bool) -> anyhow::Result<()> {
    crate::machine::ensure_browser()
}
pub fn screenshots() -> anyhow::Result<()> {
    Ok(())
}

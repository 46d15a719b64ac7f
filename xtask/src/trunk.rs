pub fn is_wasm_bindgen(_: &std::path::Path) -> bool {
    false
}
pub fn wasm_bindgen(_: &[String]) -> anyhow::Result<()> {
    Ok(())
}

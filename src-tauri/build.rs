//! Turns the one list of commands into permissions, so that a command nobody was allowed does not answer.

macro_rules! commands {
    ($($capability:ident $name:ident($($request:ty)?) -> $reply:ty;)*) => {
        const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}
include!("src/list.rs");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=src/list.rs");
    println!("cargo:rerun-if-changed=../ui/dist");
    if !std::path::Path::new("../ui/dist/index.html").exists() {
        return Err("ui/dist is missing: run `cargo xtask build`, which builds the page first".into());
    }
    let manifest = tauri_build::AppManifest::new().commands(NAMES);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?;
    Ok(())
}

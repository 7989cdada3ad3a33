use super::*;

/// Compares with the committed file; `UPDATE_VECTORS=1` writes it anew after a deliberate change of format.
fn same(name: &str, text: &str) {
    let path = vector_path(name);
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        text,
        "{name} has another form than the one published"
    );
}

#[test]
fn the_published_files_are_what_this_version_writes() {
    same("policy.txt", &policy().to_string());
    same("entry-1.tlog-proof", &proof_of(&entries(20), 1).to_string());
    let leaves = entries(20);
    same("export.json", &build_export(STORE, &leaves, signed(&leaves).as_str(), &policy()).unwrap());
}

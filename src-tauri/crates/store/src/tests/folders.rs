use super::*;
use crate::folder::{read_limited, write_atomic};
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;

#[test]
fn a_file_is_replaced_as_a_whole_and_only_its_owner_reads_it() {
    let dir = folder();
    let path = dir.path().join("head");
    write_atomic(&path, b"old").unwrap();
    std::fs::write(dir.path().join(".head.new"), b"what a crash left").unwrap();
    write_atomic(&path, b"new").unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"new");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn a_write_that_cannot_be_finished_leaves_the_old_file() {
    let dir = folder();
    let path = dir.path().join("head");
    // A folder in the way: the rename fails after the new file was written.
    std::fs::create_dir(&path).unwrap();
    std::fs::write(path.join("inside"), b"old").unwrap();
    assert!(write_atomic(&path, b"new").is_err());
    assert_eq!(std::fs::read(path.join("inside")).unwrap(), b"old");
    assert!(!dir.path().join(".head.new").exists());
}

#[test]
fn a_file_longer_than_the_limit_is_refused() {
    let dir = folder();
    let path = dir.path().join("keys.age");
    write_atomic(&path, &[0; 100]).unwrap();
    assert_eq!(read_limited(&path, 100).unwrap().len(), 100);
    assert_eq!(read_limited(&path, 99).unwrap_err().kind(), ErrorKind::FileTooLarge);
}

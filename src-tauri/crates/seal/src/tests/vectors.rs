use std::io::Read;

use age::x25519;
use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

use crate::{OpenError, Passphrase, age_file};

/// C2SP/CCTV `age`; see the README beside it.
const VECTORS: &str = include_str!("../../../../../schemas/vectors/age/cctv-age.txt");
const COUNT: usize = 92;
/// The largest payload of all vectors is 258 chunks of 64 KiB.
const LIMIT_BYTES: usize = 32 * 1024 * 1024;
/// The `age` crate also reads stanzas of old files, which lack the short last line; the header's MAC still holds.
const TOLERATED: [&str; 2] = ["stanza_missing_body", "stanza_missing_final_line"];

struct Vector<'a> {
    name: &'a str,
    headers: Vec<(String, String)>,
    sealed: Vec<u8>,
}

impl<'a> Vector<'a> {
    fn read(line: &'a str) -> Self {
        let (name, base64) = line.split_once(' ').unwrap();
        let file = BASE64_STANDARD.decode(base64).unwrap();
        let split = file.windows(2).position(|pair| pair == b"\n\n").unwrap();
        let headers = std::str::from_utf8(&file[..split]).unwrap().lines().map(|line| {
            let (key, value) = line.split_once(": ").unwrap();
            (key.to_owned(), value.to_owned())
        });
        let mut vector = Self { name, headers: headers.collect(), sealed: file[split + 2..].to_vec() };
        if vector.header("compressed").is_some() {
            let mut sealed = Vec::new();
            flate2::read::ZlibDecoder::new(&vector.sealed[..]).read_to_end(&mut sealed).unwrap();
            vector.sealed = sealed;
        }
        vector
    }

    fn header(&self, key: &str) -> Option<&str> {
        self.all(key).next()
    }

    fn all(&self, key: &str) -> impl Iterator<Item = &str> {
        self.headers.iter().filter(move |(k, _)| k == key).map(|(_, value)| value.as_str())
    }

    fn open(&self) -> Result<String, OpenError> {
        let identities: Vec<x25519::Identity> =
            self.all("identity").map(|text| text.parse().unwrap()).collect();
        let opened = match self.header("passphrase") {
            Some(text) => {
                age_file::open_with_passphrase(&Passphrase::given(text.into()), &self.sealed, LIMIT_BYTES)
            }
            None => age_file::open(&identities, &self.sealed, LIMIT_BYTES),
        };
        opened.map(|plaintext| Sha256::digest(&*plaintext).iter().map(|byte| format!("{byte:02x}")).collect())
    }

    fn check(&self) {
        let opened = self.open();
        let expected = self.header("expect").unwrap();
        let as_expected = match (expected, &opened) {
            ("success", Ok(hash)) => Some(hash.as_str()) == self.header("payload"),
            ("no match", Err(refused)) => {
                matches!(refused, OpenError::NotForThisKey | OpenError::WrongPassphrase)
            }
            // Both are damage to the header; a reader is told no more than that.
            ("HMAC failure", Err(refused)) => *refused == OpenError::DamagedHeader,
            ("header failure", Err(OpenError::TooMuchWork { required })) => {
                self.name == "scrypt_work_factor_23" && *required == 23
            }
            ("header failure", Err(refused)) => *refused == OpenError::DamagedHeader,
            ("header failure", Ok(_)) => TOLERATED.contains(&self.name),
            // Nothing is released, not even the chunks before the damage.
            ("payload failure", Err(refused)) => *refused == OpenError::DamagedContent,
            _ => false,
        };
        assert!(as_expected, "{}: expected {expected}, got {opened:?}", self.name);
    }
}

#[test]
fn every_public_vector_of_header_recipients_and_stream_ends_as_it_says() {
    let vectors: Vec<_> = VECTORS.lines().map(Vector::read).collect();
    vectors.iter().for_each(Vector::check);
    assert_eq!(vectors.len(), COUNT);
    println!(
        "{COUNT} age vectors run; 33 of armour and 18 of hybrid recipients are not kept, we write neither"
    );
}

#[test]
fn the_vectors_cover_success_and_every_kind_of_failure() {
    for (expected, count) in [
        ("success", 15),
        ("no match", 7),
        ("HMAC failure", 1),
        ("header failure", 51),
        ("payload failure", 18),
    ] {
        let found =
            VECTORS.lines().map(Vector::read).filter(|vector| vector.header("expect") == Some(expected));
        assert_eq!(found.count(), count, "{expected}");
    }
}

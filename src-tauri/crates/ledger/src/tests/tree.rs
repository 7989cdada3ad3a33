use super::*;
use ct_merkle::{HashableLeaf, mem_backed_tree::MemoryBackedTree};
use proptest::prelude::*;
use serde_json::Value;

fn bytes(value: &Value) -> Vec<u8> {
    use base64::{Engine as _, prelude::BASE64_STANDARD};
    BASE64_STANDARD.decode(value.as_str().unwrap()).unwrap()
}

/// A vector's hash, or nothing where the vector holds something that is no hash: such a call cannot even be written.
fn hash(value: &Value) -> Option<Hash> {
    bytes(value).try_into().ok().map(Hash)
}

fn proof(value: &Value) -> Option<Vec<Hash>> {
    value.as_array().unwrap().iter().map(hash).collect()
}

fn number(value: &Value) -> u64 {
    value.as_str().unwrap().parse().unwrap()
}

#[test]
fn the_98_public_inclusion_vectors_come_out_as_they_say() {
    let cases = vectors("inclusion.json");
    let cases = cases["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 98);
    for case in cases {
        let parts = (proof(&case["proof"]), hash(&case["leafHash"]), hash(&case["root"]));
        let holds = matches!(parts, (Some(proof), Some(leaf), Some(root))
            if verify_inclusion(&proof, number(&case["leafIdx"]), leaf, number(&case["treeSize"]), root).is_ok());
        assert_eq!(holds, !case["wantErr"].as_bool().unwrap(), "{} {}", case["group"], case["desc"]);
    }
}

#[test]
fn the_97_public_consistency_vectors_come_out_as_they_say_but_an_empty_tree_has_one_root() {
    let cases = vectors("consistency.json");
    let cases = cases["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 97);
    let mut stricter = Vec::new();
    for case in cases {
        let parts = (proof(&case["proof"]), hash(&case["root1"]), hash(&case["root2"]));
        let (old, new) = (number(&case["size1"]), number(&case["size2"]));
        let holds = matches!(parts, (Some(proof), Some(root1), Some(root2))
            if verify_consistency(&proof, (old, root1), (new, root2)).is_ok());
        if holds == case["wantErr"].as_bool().unwrap() {
            assert!(!holds, "accepted: {} {}", case["group"], case["desc"]);
            stricter.push((old, case["desc"].as_str().unwrap()));
        }
    }
    // The vectors accept any root for size 0; here only the empty tree's own root is one.
    assert_eq!(stricter, [(0, "table row 2"), (0, "table row 3")]);
}

#[test]
fn the_published_roots_of_eight_entries_are_recomputed() {
    let reference = &vectors("roots.json")["trees"][0];
    let mut tree = Memory::new();
    let roots = reference["roots"].as_array().unwrap();
    assert_eq!(tree.root_at(0).unwrap().hex(), roots[0].as_str().unwrap());
    for (leaf, root) in reference["leaves"].as_array().unwrap().iter().zip(&roots[1..]) {
        let hex = leaf.as_str().unwrap();
        let bytes: Vec<u8> =
            (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap()).collect();
        tree.push(leaf_hash(&bytes));
        assert_eq!(tree.root_at(tree.size()).unwrap().hex(), root.as_str().unwrap());
    }
}

struct Raw(Vec<u8>);

impl HashableLeaf for Raw {
    fn hash<H: ct_merkle::digest::Update>(&self, hasher: &mut H) {
        hasher.update(&self.0);
    }
}

#[test]
fn an_independent_implementation_builds_the_same_roots_and_proofs() {
    type Other = MemoryBackedTree<sha2_next::Sha256, Raw>;
    let flat = |proof: &[Hash]| proof.iter().flat_map(|hash| hash.0).collect::<Vec<u8>>();
    let (mut other, mut ours, mut roots) = (Other::new(), Memory::new(), vec![Hash::EMPTY]);
    for size in 1..=70_u64 {
        other.push(Raw(size.to_be_bytes().to_vec()));
        ours.push(leaf_hash(&size.to_be_bytes()));
        let root = ours.root_at(size).unwrap();
        assert_eq!(other.root().as_bytes().as_slice(), root.0);
        for index in 0..size {
            let path = inclusion(index, size, &ours).unwrap();
            assert_eq!(other.prove_inclusion(usize::try_from(index).unwrap()).as_bytes(), flat(&path));
            verify_inclusion(&path, index, leaf_hash(&(index + 1).to_be_bytes()), size, root).unwrap();
        }
        for old in 1..size {
            let path = consistency(old, size, &ours).unwrap();
            let added = usize::try_from(size - old).unwrap();
            assert_eq!(other.prove_consistency(added).as_bytes(), flat(&path));
            verify_consistency(&path, (old, roots[usize::try_from(old).unwrap()]), (size, root)).unwrap();
        }
        roots.push(root);
    }
}

#[test]
fn stored_hashes_go_where_the_count_says() {
    let mut tree = Memory::new();
    let mut stored = 0;
    for size in 0..100 {
        assert_eq!(stored_count(size).unwrap(), stored);
        stored += hashes_to_append(size, Hash::EMPTY, &tree).unwrap().len() as u64;
        tree.push(Hash::EMPTY);
    }
}

#[test]
fn a_storage_that_fails_or_miscounts_is_an_error_with_its_reason() {
    struct Broken;
    impl Hashes for Broken {
        fn read(&self, _: &[u64]) -> Result<Vec<Hash>, ReadError> {
            Err(ReadError::new("disk on fire"))
        }
    }
    struct Short;
    impl Hashes for Short {
        fn read(&self, _: &[u64]) -> Result<Vec<Hash>, ReadError> {
            Ok(Vec::new())
        }
    }
    let error = root(5, &Broken).unwrap_err();
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "disk on fire");
    assert!(matches!(root(5, &Short), Err(TreeError::Count)));
}

#[test]
fn positions_outside_the_tree_are_errors_and_never_panics() {
    let tree: Memory = (0..5).map(|_| Hash::EMPTY).collect();
    assert!(matches!(inclusion(5, 5, &tree), Err(TreeError::Range)));
    assert!(matches!(inclusion(0, 0, &tree), Err(TreeError::Range)));
    assert!(matches!(consistency(6, 5, &tree), Err(TreeError::Range)));
    assert!(matches!(root(u64::MAX, &tree), Err(TreeError::Range)));
    assert!(matches!(hashes_to_append(u64::MAX, Hash::EMPTY, &tree), Err(TreeError::Range)));
    assert!(matches!(root(6, &tree), Err(TreeError::Read(_))));
    assert!(tree.root_at(6).is_none());
}

#[test]
fn a_sealed_identity_is_found_under_its_root_and_a_swapped_one_is_not() {
    let sealed: Vec<Hash> = (0..1_000_u32).map(|i| leaf_hash(&i.to_be_bytes())).collect();
    let root = identities_root(&sealed);
    let path = identity_path(&sealed, 617).unwrap();
    verify_identity(&path, 617, sealed[617], 1_000, root).unwrap();
    assert!(verify_identity(&path, 617, sealed[618], 1_000, root).is_err());
    assert!(verify_identity(&path, 616, sealed[617], 1_000, root).is_err());
    assert_eq!(identities_root(&[]), Hash::EMPTY);
}

proptest! {
    #[test]
    fn a_proof_with_any_bit_flipped_is_refused(size in 2_u64..300, at in any::<u64>(), bit in any::<usize>()) {
        let tree: Memory = (0..size).map(|i| leaf_hash(&i.to_be_bytes())).collect();
        let (index, root) = (at % size, tree.root_at(size).unwrap());
        let leaf = leaf_hash(&index.to_be_bytes());
        let mut path = inclusion(index, size, &tree).unwrap();
        verify_inclusion(&path, index, leaf, size, root).unwrap();
        let bit = bit % (path.len() * 256);
        path[bit / 256].0[bit % 256 / 8] ^= 1 << (bit % 8);
        prop_assert!(verify_inclusion(&path, index, leaf, size, root).is_err());
    }

    #[test]
    fn a_rewritten_past_is_refused(size in 2_u64..300, at in any::<u64>(), changed in any::<u64>()) {
        let old = at % (size - 1) + 1;
        let changed = changed % old;
        let honest: Memory = (0..old).map(|i| leaf_hash(&i.to_be_bytes())).collect();
        let forged: Memory = (0..size).map(|i| leaf_hash(&(i + u64::from(i == changed)).to_be_bytes())).collect();
        let path = consistency(old, size, &forged).unwrap();
        let (old_root, root) = (honest.root_at(old).unwrap(), forged.root_at(size).unwrap());
        prop_assert!(verify_consistency(&path, (old, old_root), (size, root)).is_err());
    }
}

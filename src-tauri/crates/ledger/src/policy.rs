//! Whose signatures count: a text file in the manner of C2SP tlog-policy, with `member` lines added.
//!
//! ```text
//! log <vkey>                     the store's ledger key, named by the origin
//! member <vkey>                  a member whose signature counts; one of them must have signed
//! witness <name> <vkey>          a countersigning witness
//! group <name> any|all|<k> <name>...
//! quorum <name>|none             which countersignatures are needed
//! ```

use crate::{Algorithm, Check, CheckpointError, KeyError, Verified, VerifierKey, checkpoint};
use std::{collections::HashSet, fmt, str::FromStr};

/// The longest policy text, in bytes.
const MAX_POLICY_BYTES: usize = 256 * 1024;

/// Which countersignatures a checkpoint needs.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Quorum {
    /// None at all.
    None,
    /// That of this witness or group.
    Of(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    name: String,
    needed: usize,
    of: Vec<String>,
}

/// The keys someone trusts, and the rule by which a checkpoint is believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    logs: Vec<VerifierKey>,
    members: Vec<VerifierKey>,
    witnesses: Vec<(String, VerifierKey)>,
    groups: Vec<Group>,
    quorum: Quorum,
}

/// Why a policy cannot be used, or does not accept a checkpoint. Lines count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// A line is not of a known form.
    #[error("line {0} of the policy is not of a known form")]
    Line(usize),
    /// A key on a line cannot be used.
    #[error("line {0} of the policy: {1}")]
    Key(usize, KeyError),
    /// A name is used before it is defined, defined twice, or listed twice.
    #[error("line {0} of the policy uses a name twice or before it is defined")]
    Name(usize),
    /// The same public key stands twice.
    #[error("line {0} of the policy repeats a public key")]
    Repeated(usize),
    /// No `log` line.
    #[error("the policy names no ledger key")]
    NoLog,
    /// Not exactly one `quorum` line.
    #[error("the policy must have one quorum line")]
    NoQuorum,
    /// Too long.
    #[error("the policy is longer than {MAX_POLICY_BYTES} bytes")]
    TooLong,
    /// The checkpoint's own signatures are not enough.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// Too few of the required witnesses countersigned.
    #[error("the checkpoint lacks a countersignature that the policy requires")]
    Quorum,
}

impl Policy {
    /// One ledger key and its members, without countersignatures.
    pub fn new(log: VerifierKey, members: Vec<VerifierKey>) -> Result<Self, PolicyError> {
        Self::with_witnesses(log, members, Vec::new(), 0)
    }

    /// As [`Policy::new`], and at least `needed` of these witnesses must have countersigned.
    pub fn with_witnesses(
        log: VerifierKey,
        members: Vec<VerifierKey>,
        witnesses: Vec<VerifierKey>,
        needed: usize,
    ) -> Result<Self, PolicyError> {
        let witnesses: Vec<_> =
            witnesses.into_iter().enumerate().map(|(i, key)| (format!("w{}", i + 1), key)).collect();
        let (mut groups, mut quorum) = (Vec::new(), Quorum::None);
        if needed > 0 {
            let of = witnesses.iter().map(|(name, _)| name.clone()).collect();
            groups.push(Group { name: "witnesses".into(), needed, of });
            quorum = Quorum::Of("witnesses".into());
        }
        // What a program builds obeys the same rules as what a person writes.
        Self { logs: vec![log], members, witnesses, groups, quorum }.to_string().parse()
    }

    /// The ledger keys.
    pub fn logs(&self) -> &[VerifierKey] {
        &self.logs
    }

    /// The members' keys.
    pub fn members(&self) -> &[VerifierKey] {
        &self.members
    }

    /// The witnesses' keys.
    pub fn witnesses(&self) -> impl Iterator<Item = &VerifierKey> {
        self.witnesses.iter().map(|(_, key)| key)
    }

    /// Every key: ledger, members, witnesses.
    pub fn keys(&self) -> impl Iterator<Item = &VerifierKey> {
        self.logs.iter().chain(&self.members).chain(self.witnesses())
    }

    /// The policy without `member` lines, as third-party C2SP tools read it.
    pub fn to_c2sp(&self) -> String {
        Self { members: Vec::new(), ..self.clone() }.to_string()
    }

    /// Checks a signed checkpoint: ledger key, a member unless the policy names none, and the quorum.
    pub fn open(&self, note: &str) -> Result<Verified, PolicyError> {
        let known: Vec<VerifierKey> = self.keys().cloned().collect();
        let verified = checkpoint::open(note, &known)?;
        if verified.members.is_empty() && !self.members.is_empty() {
            return Err(CheckpointError::Member.into());
        }
        let cosigned =
            |key: &VerifierKey| verified.cosigned.iter().any(|c| c.fingerprint == key.fingerprint());
        match &self.quorum {
            Quorum::Of(name) if !self.reached(name, &cosigned) => Err(PolicyError::Quorum),
            _ => Ok(verified),
        }
    }

    fn reached(&self, name: &str, cosigned: &dyn Fn(&VerifierKey) -> bool) -> bool {
        if let Some((_, key)) = self.witnesses.iter().find(|(witness, _)| witness == name) {
            return cosigned(key);
        }
        // Groups only name what stands before them, so this ends.
        self.groups.iter().find(|group| group.name == name).is_some_and(|group| {
            group.of.iter().filter(|member| self.reached(member, cosigned)).count() >= group.needed
        })
    }
}

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.logs.iter().try_for_each(|key| writeln!(f, "log {key}"))?;
        self.members.iter().try_for_each(|key| writeln!(f, "member {key}"))?;
        self.witnesses.iter().try_for_each(|(name, key)| writeln!(f, "witness {name} {key}"))?;
        for Group { name, needed, of } in &self.groups {
            writeln!(f, "group {name} {needed} {}", of.join(" "))?;
        }
        match &self.quorum {
            Quorum::None => writeln!(f, "quorum none"),
            Quorum::Of(name) => writeln!(f, "quorum {name}"),
        }
    }
}

#[derive(Default)]
struct Reading {
    logs: Vec<VerifierKey>,
    members: Vec<VerifierKey>,
    witnesses: Vec<(String, VerifierKey)>,
    groups: Vec<Group>,
    quorum: Option<Quorum>,
    defined: HashSet<String>,
    listed: HashSet<String>,
    signing: HashSet<[u8; 32]>,
    witnessing: HashSet<[u8; 32]>,
}

impl FromStr for Policy {
    type Err = PolicyError;

    fn from_str(text: &str) -> Result<Self, PolicyError> {
        if text.len() > MAX_POLICY_BYTES {
            return Err(PolicyError::TooLong);
        }
        let mut reading = Reading::default();
        for (number, line) in (1..).zip(text.split('\n')) {
            if line.bytes().any(|b| b != b'\t' && (b < b' ' || b == 0x7f)) {
                return Err(PolicyError::Line(number));
            }
            let words: Vec<&str> = line.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
            if !words.first().is_none_or(|word| word.starts_with('#')) {
                reading.line(number, &words)?;
            }
        }
        if reading.logs.is_empty() {
            return Err(PolicyError::NoLog);
        }
        let Reading { logs, members, witnesses, groups, quorum, .. } = reading;
        Ok(Self { logs, members, witnesses, groups, quorum: quorum.ok_or(PolicyError::NoQuorum)? })
    }
}

impl Reading {
    fn line(&mut self, number: usize, words: &[&str]) -> Result<(), PolicyError> {
        match *words {
            // A URL may follow a log's or witness's key; it is of no use offline.
            ["log", key] | ["log", key, _] => {
                let key = self.key(number, key, Algorithm::Note)?;
                self.logs.push(key);
            }
            ["member", key] => {
                let key = self.key(number, key, Algorithm::Note)?;
                self.members.push(key);
            }
            ["witness", name, key] | ["witness", name, key, _] => {
                self.define(number, name)?;
                let key = self.key(number, key, Algorithm::Cosignature)?;
                self.witnesses.push((name.to_owned(), key));
            }
            ["group", name, needed, ref of @ ..] if !of.is_empty() => self.group(number, name, needed, of)?,
            ["quorum", "none"] if self.quorum.is_none() => self.quorum = Some(Quorum::None),
            ["quorum", name] if self.quorum.is_none() => {
                self.list(number, name)?;
                self.quorum = Some(Quorum::Of(name.to_owned()));
            }
            _ => return Err(PolicyError::Line(number)),
        }
        Ok(())
    }

    fn group(&mut self, number: usize, name: &str, needed: &str, of: &[&str]) -> Result<(), PolicyError> {
        let needed = match needed {
            "any" => 1,
            "all" => of.len(),
            k => k.parse().map_err(|_| PolicyError::Line(number))?,
        };
        if needed < 1 || needed > of.len() {
            return Err(PolicyError::Line(number));
        }
        of.iter().try_for_each(|member| self.list(number, member))?;
        self.define(number, name)?;
        self.groups.push(Group {
            name: name.into(),
            needed,
            of: of.iter().map(|m| (*m).to_owned()).collect(),
        });
        Ok(())
    }

    fn define(&mut self, number: usize, name: &str) -> Result<(), PolicyError> {
        let new = name != "none" && self.defined.insert(name.to_owned());
        if new { Ok(()) } else { Err(PolicyError::Name(number)) }
    }

    /// Each name counts in one place only, so that no witness counts twice.
    fn list(&mut self, number: usize, name: &str) -> Result<(), PolicyError> {
        let once = self.defined.contains(name) && self.listed.insert(name.to_owned());
        if once { Ok(()) } else { Err(PolicyError::Name(number)) }
    }

    fn key(&mut self, number: usize, text: &str, algorithm: Algorithm) -> Result<VerifierKey, PolicyError> {
        let key: VerifierKey = text.parse().map_err(|error| PolicyError::Key(number, error))?;
        if key.algorithm() != algorithm {
            return Err(PolicyError::Key(number, KeyError::Algorithm));
        }
        let used = match algorithm {
            Algorithm::Note => &mut self.signing,
            Algorithm::Cosignature => &mut self.witnessing,
        };
        if used.insert(key.key().to_bytes()) { Ok(key) } else { Err(PolicyError::Repeated(number)) }
    }
}

/// What a policy file says, in words, with each key's fingerprint to compare.
pub fn check_policy(text: &str) -> Vec<Check> {
    let policy: Policy = match text.parse() {
        Ok(policy) => policy,
        Err(error) => return vec![Check::failed("This policy cannot be used", error.to_string())],
    };
    let needed = match &policy.quorum {
        Quorum::None => "no countersignature is required".to_owned(),
        Quorum::Of(name) => format!("a countersignature by “{name}” is required"),
    };
    let mut checks = vec![Check::proved("The policy can be used", needed)];
    if policy.members.is_empty() {
        checks.push(Check::look("It names no member: the store's own signature is enough for it", ""));
    }
    let compare = |key: &VerifierKey| {
        Check::look(
            format!("Compare the key of {} with the one you were given", key.name()),
            key.fingerprint(),
        )
    };
    checks.extend(policy.keys().map(compare));
    checks
}

export const settings = {
  title: "Settings",
  window: "Window",
  lock: "Lock after",
  lockHint: "Minutes, 1 to 60.",
  lockText: "After so many minutes without a key or pointer the keys are dropped from memory and the page is thrown away. It also locks when the computer sleeps.",
  themeHint: "Light, dark or as the system.",
  lockRange: "Give a whole number of minutes from 1 to 60.",
  theme: "Theme",
  themes: [
    { value: "system", label: "As the system" },
    { value: "light", label: "Light" },
    { value: "dark", label: "Dark" },
  ],
  zoom: "Size of text",
  zoomHint: "80 to 200 %.",
  saved: "Saved",
  you: "You",
  name: "Name",
  role: "Role",
  fingerprint: "Fingerprint",
  cardText: "Your member card is public: name, role and public keys. Give it to whoever makes a store with you, and compare the fingerprint words by telephone.",
  saveCard: "Save my card…",
  saveCardTitle: "Save your member card",
  store: "This store",
  storeFacts: { name: "Name", id: "Store", purpose: "Purpose", path: "Folder", policy: "Policy", created: "Made", ends: "Ends" },
  backupText: "A backup is a verified copy of the whole store, encrypted like the store itself. It can be put back for 90 days, which is a logged act; after that it would bring back what retention took out.",
  backup: "Back up…",
  backupTitle: "Back up the store",
  capture: "Screenshots",
  captureText:
    "The program asks the system to leave the name window out of screenshots and screen sharing. Windows and macOS do so. On Linux this does nothing: anyone who can see or record this screen can see the name.",
  keys: "Keys",
  about: "About and promises",
  version: (version: string) => `Countersign ${version}`,
  promisesCaption: "What is promised, how it is kept and what is not covered",
  promiseColumns: { promise: "Promise", how: "How", not: "Not covered" },
};

export const members = {
  caption: "Members enrolled in this store",
  columns: { name: "Name", role: "Role", fingerprint: "Fingerprint", act: "Act" },
  lede: "Every change of members is in the ledger. A member is added, and one who holds the key to names or codes is removed, by somebody who holds the same keys.",
  add: "Add a member…",
  addTitle: "Add a member",
  addLede: "They can open this store from now on. Compare the words that the list then shows with theirs, by telephone, and remove them again where they differ.",
  addGo: "Add",
  card: "Member card",
  added: "The new member can open this store.",
  remove: "Remove",
  removeOf: (name: string) => `Remove ${name}`,
  removeLede: "The store is written again under a new key, which can take a minute. What they saw or copied before cannot be taken back, and backups made before still open with their key.",
  removed: (name: string) => `${name} cannot open this store any more.`,
  needPassphrase: "Give your passphrase.",
};

/** The promises in words; the README's table names the tests. */
export const promises: { promise: string; how: string; not: string }[] = [
  {
    promise: "No identity outside the vault",
    how: "People become codes on import; identities are sealed one by one, and the analysis cannot open them.",
    not: "Someone who also has the raw exports or the source system. That is why the custodian imports.",
  },
  {
    promise: "No name without an entry first",
    how: "The ledger entry is durable before anything is decrypted. Under “countersigned” the data protection officer's key is needed.",
    not: "Under “recorded”, a reviewer who writes their own program with their own key. What a person remembers or photographs.",
  },
  {
    promise: "Nothing removed from the ledger unseen",
    how: "Each entry is part of a hash tree; its head is kept in the store, in your profile and by the data protection officer.",
    not: "Entries after the last countersigned head, if every copy of that head is cut off with them.",
  },
  {
    promise: "No network, ever",
    how: "No code for it, no updater, no remote asset; the page may load nothing from outside.",
    not: "What other programs on this computer do.",
  },
  {
    promise: "Leads, never verdicts",
    how: "Each lead shows the rows it rests on, an innocent explanation to check and what would clear it. People are not ranked.",
    not: "What the records do not hold: each indicator says what it cannot see.",
  },
  {
    promise: "Nothing is lost",
    how: "One transaction per import; a crash, a full disk or a wrong passphrase leaves the store as it was.",
    not: "A lost disk without a backup. A forgotten passphrase without a recovery sheet.",
  },
];

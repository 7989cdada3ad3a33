export const start = {
  title: "Countersign",
  lede: "Looks for misconduct, overload and poor culture in records a force already holds, without names, on this computer only.",
  promises: [
    "Every person is a code from the moment of import.",
    "A name is shown only after a recorded reason, written to the ledger first.",
    "Nothing leaves this computer: no network, no telemetry.",
  ],
};

export const profile = {
  title: "Make your profile",
  lede: "It holds your keys on this computer. Your name and role go on your member card and beside every entry you cause in the ledger. After this you can make a store, open one, or try it with a made-up force.",
  name: "Name or code you sign with",
  nameHint: "As others know you at work, or a code such as reviewer-2.",
  role: "Role",
  roleHints: {
    reviewer: "Imports, reads leads, decides, records unmaskings.",
    dpo: "Inspects, verifies and challenges the ledger.",
    representative: "Reads and answers redacted leads.",
    custodian: "Holds the raw exports and imports them.",
  } as Record<string, string>,
  passphrase: "Passphrase",
  passphraseHint: "Four or more unrelated words work well. It cannot be recovered, by anyone.",
  again: "Passphrase again",
  make: "Make the profile",
  needName: "Give a name or code.",
  needPassphrase: "Give a passphrase.",
  differ: "The two passphrases differ.",
};

export const strengthWords = ["", "Too short", "Easy to guess", "Fair: add a word", "Good", "Strong"];

export const unlock = {
  title: "Open a store",
  recent: "Recent stores",
  opened: (when: string) => `last opened ${when}`,
  missing: "not there now",
  other: "Another store…",
  path: "Folder of the store",
  pathHint: "The folder that holds store.db and keys.age.",
  passphrase: "Your passphrase",
  open: "Unlock",
  wait: (seconds: number) => `Wait ${seconds} s`,
  waiting: (seconds: number) => `You can try again in ${seconds} s. Each wrong passphrase makes the wait longer.`,
  needPath: "Choose a store or give its folder.",
  needPassphrase: "Give your passphrase.",
  none: "No store has been opened on this computer yet.",
};

export const ways = {
  create: "Make a new store",
  createGo: "Make",
  createText: "An encrypted folder for one review: its records, its leads, its ledger.",
  restore: "Restore a backup",
  restoreGo: "Restore",
  restoreText: "Puts a backup into a new folder and opens it. The ledger says so.",
  demo: "Try it with a made-up force",
  demoGo: "Try it",
  demoText: "Makes invented officers and records with planted behaviour, imports and analyses them. No real data.",
};

export const demo = {
  title: "Try it with a made-up force",
  lede: "Everything in it is invented. It takes about a minute and makes a store of its own.",
  officers: "Officers",
  sizes: [
    { value: "200", label: "200 (a few seconds)" },
    { value: "1000", label: "1,000" },
    { value: "3000", label: "3,000 (about a minute)" },
  ],
  go: "Make it and open it",
  back: "Back",
};

export const restore = {
  title: "Restore a backup",
  lede: "The backup is copied and checked, what was erased since it was made is erased again, and both are entries of the ledger. The backup itself stays as it is.",
  backup: "Folder of the backup",
  backupHint: "The folder that Back up made; it holds store.db and keys.age.",
  path: "New folder",
  pathHint: "It must not exist yet. Choose a disk that is backed up.",
  passphrase: "Your passphrase",
  go: "Restore and open it",
  back: "Back",
  needBackup: "Give the folder of the backup.",
  needPath: "Give a folder that does not exist yet.",
  needPassphrase: "Give your passphrase.",
};

export const create = {
  title: "Make a new store",
  step: (at: number, of: number, name: string) => `Step ${at} of ${of}: ${name}`,
  steps: ["What it is for", "Who may see what", "Its end and its keys"],
  name: "Name",
  nameHint: "Shown in the window. No person's name.",
  purpose: "Purpose",
  purposeHint: "Why this review is made. It goes to the ledger and to the data protection officer.",
  path: "Folder",
  pathHint: "It must not exist yet. Choose a disk that is backed up.",
  policy: "Policy: who can show a name",
  policyHint: "It is fixed for the store's life; another policy means a new store.",
  policies: [
    {
      value: "recorded",
      label: "Recorded",
      hint: "A reviewer writes a reason to the ledger and the name is shown. The program enforces the order; a reviewer with their own program could go around it.",
    },
    {
      value: "countersigned",
      label: "Countersigned",
      hint: "Nobody can decrypt a name without the data protection officer's key: you send a request, they send a grant. The custodian makes the store and imports. Chosen as soon as their card is added.",
    },
  ],
  members: "Member cards",
  membersHint: "The data protection officer's card, and the custodian's. Compare the fingerprint words by telephone before you rely on one.",
  card: (at: number) => `Card ${at}`,
  addCard: "Add a card",
  ends: "The store ends on",
  endsHint: "Year-month-day. On this day its keys are destroyed; the ledger can still be verified.",
  recovery: "Make a recovery sheet to print",
  recoveryHint: "One key on paper that opens the store if every passphrase is lost. Shown once. Keep it where the data protection officer keeps such things.",
  passphrase: "Your passphrase",
  passphraseHint: "The one of your profile; the store's keys are sealed to you with it.",
  back: "Back",
  next: "Next",
  make: "Make the store",
  needName: "Give the store a name.",
  needPurpose: "Say what the store is for, in 10 characters or more.",
  needPath: "Give a folder.",
  needEnds: "Give the day as year-month-day, such as 2027-06-30.",
  needCard: "The countersigned policy needs the data protection officer's card.",
  needPassphrase: "Give your passphrase.",
};

export const recovery = {
  title: "Recovery sheet",
  lede: "Print it or write it down now. It is shown once and kept nowhere else.",
  store: "Store",
  key: "Recovery key",
  use: "Whoever holds this sheet and the store's folder can open everything in it. It works with the standard age tool.",
  print: "Print",
  kept: "I have printed it or written it down",
  done: "Open the store",
};

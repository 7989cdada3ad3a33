import type { ErrorCode } from "$contract";

type ErrorCopy = {
  /** What happened, as a heading. */
  title: string;
  /** What to do, where the program gives no hint of its own. */
  todo: string;
};

/** One record per error code; the program's own message stands between the two. */
export const errorCopy: Record<ErrorCode, ErrorCopy> = {
  locked: { title: "The store is locked", todo: "Unlock it with your passphrase, then try again." },
  busy: { title: "Another job is running", todo: "Wait until it has finished, or cancel it with Esc." },
  wrong_passphrase: { title: "That passphrase is not right", todo: "Nothing was opened. Check Caps Lock and the keyboard layout, then try again." },
  passphrase_wait: { title: "Wait before the next try", todo: "Each wrong passphrase makes the wait longer. The countdown shows when you can try again." },
  weak_passphrase: { title: "That passphrase is too easy to guess", todo: "Use at least four unrelated words, or make it longer." },
  no_profile: { title: "There is no profile on this computer yet", todo: "Make your profile first; it holds your keys." },
  profile_exists: { title: "This computer already has a profile", todo: "Use the profile that is here, or start with another profile folder." },
  not_a_store: { title: "That folder is not a store", todo: "Choose the folder that holds store.db and keys.age." },
  store_exists: { title: "There is already a store in that folder", todo: "Choose another folder, or open the store that is there." },
  newer_store: { title: "That store was made by a newer version", todo: "Nothing was changed. Open it with the newer version of Countersign." },
  damaged_store: { title: "That store is damaged", todo: "Nothing was changed. Restore the last backup and keep the damaged folder." },
  store_in_use: { title: "That store is open elsewhere", todo: "Close it in the other window or on the command line, then try again." },
  head_objects: { title: "The ledger does not continue what this profile last saw", todo: "The store stays closed. An older copy may have been put back: find the latest folder, or restore a backup, which is a logged act." },
  not_enrolled: { title: "Your card is not enrolled in this store", todo: "Save your member card in Settings and give it to the person who made the store." },
  settings: { title: "That setting was not accepted", todo: "The old value stays. Choose one inside the range shown." },
  unknown_file: { title: "That file could not be read", todo: "Save it as CSV, XLSX or Parquet and try again." },
  corrupt_file: { title: "That file is damaged or cut off", todo: "Nothing was imported. Ask for a fresh export." },
  line_too_long: { title: "A line in that file is too long", todo: "Nothing was imported. The file may not be text with lines; ask for a fresh export." },
  wrong_kind: { title: "That file is not of the kind chosen", todo: "Choose another kind, or check that it is the file you meant." },
  mapping: { title: "The columns do not fit the kind", todo: "Choose a column for each required field." },
  refused_column: { title: "That column may not be imported", todo: "Leave it dropped. Location, messages, home addresses and membership are refused by rule." },
  gate: { title: "The import cannot start yet", todo: "Fill in the fields that are marked; they go to the ledger with the file." },
  already_imported: { title: "That file has already been imported", todo: "Nothing was imported twice. Open the report of the earlier import." },
  needs_custodian: { title: "That import touches too few officers", todo: "Fewer than 10 officers could single someone out. The data custodian has to import it." },
  presence_first: { title: "Presence comes last", todo: "Import duties, overtime and attendance claims first; presence is kept only inside those." },
  nothing_accepted: { title: "No row could be accepted", todo: "Nothing was imported. Look at the kind, the columns and the time zone." },
  cancelled: { title: "Cancelled", todo: "Nothing was kept. Start again when you are ready." },
  disk_full: { title: "The disk is full", todo: "The store is as it was before. Make room, then try again." },
  not_found: { title: "That is no longer there", todo: "Go back to the list and look again." },
  decision: { title: "The decision was not recorded", todo: "Give an outcome, a reason and an answer for each finding." },
  name_in_text: { title: "The text seems to name an officer", todo: "Nothing was saved. Use the officer's code instead of the name." },
  justification: { title: "The justification was not accepted", todo: "No entry was written and no name shown. Mend the field that is named and try again." },
  over_budget: { title: "Your unmaskings for this month are used up", todo: "The data protection officer has to agree to more." },
  expired: { title: "The time for that name is over", todo: "It is masked again. A new unmasking needs its own entry." },
  identity_mismatch: { title: "The sealed identity does not belong to this lead", todo: "It was refused and the ledger says so. Tell the data protection officer." },
  policy_forbids: { title: "The store's policy does not allow this here", todo: "Under the countersigned policy the data protection officer's key is needed." },
  ledger: { title: "The ledger could not be written", todo: "Without an entry nothing is shown. Check the disk, then try again." },
  card: { title: "That is not a member card", todo: "Ask for the .card file that was saved in Settings." },
  limit: { title: "That is larger than the program allows", todo: "Nothing was changed. Make the file or the text smaller." },
  io: { title: "A file could not be read or written", todo: "Check that the folder exists and that you may write there." },
  not_a_pack: { title: "That file is not a pack", todo: "Packs end in .countersign. Ask the sender which file was meant." },
  pack_for_someone_else: { title: "That pack is for someone else", todo: "Only the people it was sealed for can open it. Pass it on unopened." },
  pack_sender: { title: "You do not know the sender of that pack", todo: "Nothing was taken from it. Ask for the sender's member card, compare its six words by telephone and add it." },
  pack_order: { title: "An earlier pack is missing", todo: "Open the packs of this sender in the order they were made." },
  pack_replayed: { title: "That pack was taken before", todo: "Nothing was done a second time." },
  pack_altered: { title: "That pack was altered", todo: "Nothing was taken from it. Keep the file, and ask the sender for theirs." },
  pack_cut: { title: "That pack is damaged or cut off", todo: "Nothing was taken from it. Copy it again from the sender's stick." },
  pack_too_large: { title: "That pack is larger than its kind may be", todo: "Nothing was taken from it. Tell the sender." },
  pack_version: { title: "That pack was made by a newer version", todo: "Open it with the newer version of Countersign." },
  pack_kind: { title: "That is another kind of pack", todo: "Look at what it is, and open it where that kind belongs." },
  pack_store: { title: "That pack belongs to another store", todo: "Open the store it names first." },
  internal: { title: "Something went wrong inside the program", todo: "The store is as it was before. Try again; if it happens again, report what you were doing." },
};

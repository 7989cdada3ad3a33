export type KeyHelp = { keys: string; does: string };

/** Every key of the window; shown by `?` and in Settings. */
export const keyGroups: { title: string; keys: KeyHelp[] }[] = [
  {
    title: "Everywhere",
    keys: [
      { keys: "?", does: "Show all keys" },
      { keys: "Ctrl L", does: "Lock the store" },
      { keys: "Esc", does: "Mask a shown name, cancel the running job, close a dialog" },
      { keys: "g o", does: "Go to Overview" },
      { keys: "g s", does: "Go to Sources" },
      { keys: "g l", does: "Go to Leads" },
      { keys: "g i", does: "Go to Indicators" },
      { keys: "g v", does: "Go to Oversight" },
      { keys: "g e", does: "Go to the Ledger (entries)" },
      { keys: "g p", does: "Go to Packs" },
      { keys: "g r", does: "Go to Retention" },
      { keys: "g ,", does: "Go to Settings" },
    ],
  },
  {
    title: "Leads",
    keys: [
      { keys: "j", does: "Next lead" },
      { keys: "k", does: "Previous lead" },
      { keys: "o", does: "Open the lead" },
      { keys: "e", does: "Evidence rows" },
      { keys: "d", does: "Decide" },
      { keys: "u", does: "Unmask" },
      { keys: "n", does: "Write a note" },
      { keys: "w", does: "Show what is new since the last analysis" },
      { keys: "/", does: "Search" },
    ],
  },
];
export const keysTitle = "All keys";
export const keysLede = "One key press acts on one item. Letters are left alone while you type in a field.";

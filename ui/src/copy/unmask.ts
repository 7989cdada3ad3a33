import type { Purpose, Scope } from "$contract";
import { counted } from "./words";

export const purposes: Record<Purpose, string> = {
  severity_assessment: "Severity assessment",
  welfare: "Welfare",
  notification: "Notification of the officer",
  vetting: "Vetting",
  data_quality: "Data quality",
  criminal_referral: "Criminal referral",
};

export const scopes: Record<Scope, { label: string; hint: string }> = {
  name: { label: "Name", hint: "Name and officer number" },
  unit: { label: "Unit", hint: "Unit in full" },
  contact: { label: "Contact", hint: "Work contact" },
  source_locators: { label: "Source locators", hint: "Which file and row each evidence row came from" },
};

export const unmaskWords = {
  identity: (officer: string) => `Identity of ${officer}`,
  title: "Before a name is shown",
  lede: "This is written to the ledger first and cannot be taken back. The data protection officer reads every entry and may ask you about it.",
  purpose: "Purpose",
  choose: "Choose a purpose",
  reference: "Case reference",
  necessity: "Why the name is necessary now",
  necessityHint: "What can you not do with the code alone? 40 characters or more; names of officers are refused.",
  proportionality: "Why it is proportionate",
  proportionalityHint: "What weighs more than this person's privacy, and why is this scope enough? 40 characters or more.",
  alternatives: "What else was tried",
  alternativesHint: "15 characters or more.",
  scope: "Show",
  minutes: "For how many minutes",
  minutesHint: (most: number) => `1 to ${most}; the name is masked again when they are over.`,
  whom: "Whose identity",
  chooseWhom: "Choose one member of the group",
  needOfficer: "Choose whose identity is needed. Each member of a group is unmasked on their own.",
  needPurpose: "Choose a purpose to see the entry.",
  needMinutes: (most: number) => `Give a whole number of minutes from 1 to ${most}.`,
  entry: (seq: number | null) => (seq === null ? "The entry" : `This will be entry ${seq}`),
  entryLater: "The exact entry appears here as you write.",
  timeLater: "Its time is set when it is written.",
  refused: "Not yet",
  checking: "Checking…",
  allowed: "This may be recorded.",
  passphrase: "Your passphrase",
  record: "Record, then show",
  cancel: "Cancel",
  back: "Back to the lead",
  done: "Recorded, then shown",
  recorded: (seq: number) => `Entry ${seq} recorded`,
  shown: (officer: string) => `The name behind ${officer} is in its own small window. It never appears in this one and cannot be copied or printed.`,
  left: "Masked again in",
  maskNow: "Mask now",
  masked: (officer: string) => `${officer} is masked. The entry stays in the ledger.`,
  ledger: "See the entry in the ledger",
};

export const nameWords = {
  waiting: "Opening…",
  title: (officer: string) => officer,
  recorded: (seq: number) => `Entry ${seq} recorded · only you · cannot be copied`,
  left: "Masked again in",
  announce: (left: number) => `Masked again in ${left >= 60 ? counted(Math.round(left / 60), "minute") : counted(left, "second")}.`,
  maskNow: "Mask now",
  masked: "Masked again. You can close this window.",
  failed: "The name was not shown",
};

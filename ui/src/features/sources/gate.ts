import type { Gate } from "$contract";
import { gate as copy } from "$ui/copy/sources";
import { isDay } from "$ui/state/day";

export type GateErrors = Partial<Record<keyof Gate, string>>;

/** The program's shortest reason, in characters. */
const MIN_REASON = 10;

export const emptyGate = (): Gate => ({
  lawful_basis: "",
  special_category_condition: "",
  necessity: "",
  less_intrusive_alternative: "",
  dpia_reference: "",
  regime: "uk_gdpr",
  period_start: "",
  period_end: "",
});

/** What keeps the gate shut; empty when it may open. The program checks again. */
export function gateErrors(gate: Gate, specialCategory: boolean): GateErrors {
  const { fields } = copy;
  const errors: GateErrors = {};
  for (const name of ["lawful_basis", "dpia_reference"] as const) {
    if (!gate[name].trim()) errors[name] = fields[name].error;
  }
  for (const name of ["necessity", "less_intrusive_alternative"] as const) {
    if (gate[name].trim().length < MIN_REASON) errors[name] = fields[name].error;
  }
  if (specialCategory && !gate.special_category_condition.trim()) {
    errors.special_category_condition = fields.special_category_condition.error;
  }
  if (!isDay(gate.period_start.trim())) errors.period_start = fields.period_start.error;
  if (!isDay(gate.period_end.trim()) || gate.period_end.trim() < gate.period_start.trim()) {
    errors.period_end = fields.period_end.error;
  }
  return errors;
}

import type { LeadPackPreview, SentLeadPack, WithholdItem } from "$contract";
import { call, type CallError, toCallError } from "$ui/ipc";

/** A lead pack being prepared: what is withheld, and what the redaction makes of it. */
export class Sending {
  preview = $state.raw<LeadPackPreview | null>(null);
  withhold = $state<WithholdItem[]>([]);
  replyBy = $state("");
  card = $state("");
  exception = $state("");
  sent = $state<SentLeadPack | null>(null);
  failure = $state<CallError | null>(null);
  /** Whom the lead is about, once that is known; a group's members each have a pack of their own. */
  members = $state.raw<string[] | null>(null);
  officer = $state("");

  constructor(readonly lead: string) {}

  async begin(): Promise<void> {
    try {
      const { members } = await call("lead", { lead: this.lead });
      if (members.length === 1) this.officer = members[0] ?? "";
      this.members = members;
    } catch (thrown) {
      this.failure = toCallError(thrown);
    }
  }

  async look(): Promise<void> {
    const { lead, officer, members } = this;
    if (members === null || (members.length > 1 && !officer)) return;
    try {
      this.preview = await call("preview_lead_pack", { lead, officer, withhold: $state.snapshot(this.withhold), replyBy: this.replyBy.trim() });
      this.failure = null;
    } catch (thrown) {
      this.failure = toCallError(thrown);
    }
  }

  async add(item: WithholdItem): Promise<void> {
    this.withhold.push(item);
    await this.look();
    if (this.failure) this.withhold.pop();
  }

  async give(at: number): Promise<void> {
    this.withhold.splice(at, 1);
    await this.look();
  }

  async export(path: string): Promise<void> {
    this.sent = await call("export_lead_pack", {
      lead: this.lead, officer: this.officer, to: this.card.trim(), path, withhold: $state.snapshot(this.withhold), replyBy: this.replyBy.trim(), exception: this.exception.trim(),
    });
  }

  /** What can be withheld, by the names the program takes. */
  get items(): string[] {
    const pack = this.preview?.pack;
    if (!pack) return [];
    const parts = pack.findings.flatMap(({ n }) => ["finding", "rows", "sentence", "sums", "peers"].map((part) => `${part} ${n}`));
    return [...pack.facts.map((fact) => fact.label), ...parts];
  }
}

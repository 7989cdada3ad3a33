import type { Commands, OpenUnmasking, RunView, Status, StoreView } from "$contract";
import type { CommandName, Host, Reply, Request } from "../host";
import { refuse } from "./failures";
import { desk } from "./desk";
import { evidence } from "./findings";
import { FakeImports, mappingIn } from "./imports";
import { FakeJobs } from "./jobs";
import { FakeLeads } from "./leads";
import { FakeLedger } from "./ledger";
import { FakeLinks } from "./links";
import { handover } from "./handover";
import { officer } from "./officer";
import { packs } from "./packs";
import { review } from "./review";
import { emptyStatus, recent, reviewer, run, storeView } from "./store";

/** How the made-up program begins: nothing at all, locked, a new empty store, or a full one (10,000 leads when `large`);
 *  or a full countersigned one, opened by a reviewer, by the custodian or by the data protection officer. */
export type Scenario = (typeof scenarios)[number];
const scenarios = ["first", "locked", "empty", "open", "large", "countersigned", "custodian", "officer"] as const;
type Handlers = { [K in CommandName]: (request: Request<K>) => Reply<K> };

export function scenario(search: string): Scenario {
  const asked = new URLSearchParams(search).get("fake");
  return scenarios.find((known) => known === asked) ?? "locked";
}

/** In-memory stand-in for the program; every passphrase but `wrong` opens. */
export function fakeHost(start: Scenario = "open", now: () => number = Date.now): Host {
  const fake = new FakeProgram(start, now);
  return {
    async call<K extends CommandName>(name: K, request: Request<K>): Promise<Reply<K>> {
      const handler = fake.handlers[name] as (request: Request<K>) => Reply<K>;
      return structuredClone(handler(structuredClone(request)));
    },
    async onDrop() {
      return () => {};
    },
  };
}

class FakeProgram {
  private status: Status;
  private imports: FakeImports;
  private links: FakeLinks;
  private leads: FakeLeads;
  private ledger = new FakeLedger(412);
  private jobs: FakeJobs;
  private lastRun: RunView | null = null;
  private open: OpenUnmasking[] = [];
  private wrongTries = 0;
  private waitUntil = 0;
  private used = 3;

  constructor(start: Scenario, private now: () => number) {
    this.jobs = new FakeJobs(now);
    const full = start !== "empty" && start !== "first";
    this.imports = new FakeImports(full);
    this.links = new FakeLinks(full);
    this.leads = new FakeLeads(full ? (start === "large" ? 10_000 : 137) : 0);
    this.status = emptyStatus();
    if (start !== "first") this.status = { ...this.status, member: reviewer, recent };
    if (full) this.lastRun = run();
    if (start !== "first" && start !== "locked") this.status.store = storeView();
    if (start === "empty" && this.status.store) Object.assign(this.status.store, { countersignedDays: null, ledgerEntries: 1 });
    if (["countersigned", "custodian", "officer"].includes(start)) Object.assign(this.status.store ?? {}, { policy: "countersigned" });
    if (start === "custodian") this.status.member = { ...reviewer, name: "custodian-1", role: "custodian" };
    if (start === "officer") this.status.member = { ...reviewer, name: "dpo-1", role: "dpo" };
    if (!full) this.ledger = new FakeLedger(1);
  }

  private store(): StoreView {
    return this.status.store ?? refuse("locked", "The store is locked.");
  }

  private checkPassphrase(passphrase: string): void {
    const wait = Math.ceil((this.waitUntil - this.now()) / 1000);
    if (wait > 0) refuse("passphrase_wait", `Wait ${wait} s before the next try.`);
    if (passphrase !== "wrong") {
      this.wrongTries = 0;
      return;
    }
    this.wrongTries += 1;
    this.waitUntil = this.now() + 1000 * 2 ** this.wrongTries;
    refuse("wrong_passphrase", "The passphrase does not open this profile.");
  }

  private look(): Status {
    const waitSeconds = Math.max(0, Math.ceil((this.waitUntil - this.now()) / 1000));
    const { store } = this.status;
    const fresh = store && { ...store, imports: this.imports.list.length, leads: this.leads.rows.length, ledgerEntries: this.ledger.size };
    return { ...this.status, store: fresh, waitSeconds };
  }

  private enter(store: StoreView): StoreView {
    this.status.store = store;
    return store;
  }

  private tally(of: (row: ReturnType<FakeLeads["page"]>["rows"][number]) => string) {
    const counts = new Map<string, number>();
    for (const row of this.leads.rows) counts.set(of(row), (counts.get(of(row)) ?? 0) + 1);
    return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
  }

  private changeLead(lead: string, change: Partial<Commands["lead"]["reply"]>) {
    const kept = this.leads.find(lead);
    Object.assign(kept.view, change);
    if (change.state) kept.row.state = change.state;
    return this.leads.view(lead);
  }

  readonly handlers: Handlers = {
    ...packs,
    ...desk,
    ...review({
      leads: () => this.leads,
      jobs: () => this.jobs,
      change: (lead, change) => this.changeLead(lead, change),
      log: (what, about) => void this.ledger.add("configuration", what, about, ""),
    }),
    ...handover,
    ...officer(() => this.ledger, () => this.status.member?.role ?? ""),
    status: () => this.look(),
    create_profile: ({ name, role, passphrase }) => {
      if (passphrase.length < 12) refuse("weak_passphrase", "The passphrase is shorter than 12 characters.");
      return (this.status.member = { name, role, fingerprint: reviewer.fingerprint });
    },
    save_card: () => null,
    create_store: ({ name, purpose, policy, ends, recovery, passphrase }) => {
      this.checkPassphrase(passphrase);
      const store = this.enter({ ...storeView(), name, purpose, policy, ends, countersignedDays: null });
      return { store, recoverySheet: recovery ? "AGE-SECRET-KEY-1MADEUPMADEUPMADEUPMADEUPMADEUPMADEUPMADEUPMADEUPMADEUPM" : null };
    },
    open_store: ({ path, passphrase }) => {
      this.checkPassphrase(passphrase);
      return this.enter({ ...storeView(), path });
    },
    restore_store: ({ backup, path, passphrase }) => {
      this.checkPassphrase(passphrase);
      if (!backup.includes("backup")) refuse("not_a_store", "This folder is not a store.", "Nothing was restored.");
      return this.enter({ ...storeView(), path, warnings: ["Ledger entries that were written after this backup and are not in it: 3."] });
    },
    lock: () => ((this.status.store = null), null),
    touch: () => null,
    try_demo: ({ passphrase }) => {
      this.checkPassphrase(passphrase);
      const done = () => {
        this.imports = new FakeImports(true);
        this.leads = new FakeLeads(137);
        this.lastRun = run();
        this.enter(storeView());
        return null;
      };
      return { job: this.jobs.start("Making a made-up force", 6000, ["Making officers and duties", "Importing", "Analysing"], done) };
    },
    job: ({ job }) => this.jobs.get(job),
    cancel_job: ({ job }) => (this.jobs.cancel(job), null),
    jobs: () => this.jobs.list(),
    pick_file: ({ how, suggest }) => ({ path: how === "save" ? `/media/stick/${suggest}` : "/home/reviewer/exports/duties-2026.csv" }),
    given_pack: () => ({ path: null }),
    save_settings: (settings) => {
      if (settings.lockMinutes < 1 || settings.lockMinutes > 60) refuse("settings", "The lock time is 1 to 60 minutes.");
      return (this.status.settings = settings);
    },
    overview: () => ({
      sources: this.imports.coverage,
      byRoute: this.tally((row) => row.route),
      byState: this.tally((row) => row.state),
      officers: this.imports.list.length ? 3204 : 0,
      provisional: this.imports.list.length ? 12 : 0,
      decided: this.leads.rows.filter((row) => row.outcome).length,
      undecided: this.leads.rows.filter((row) => ["new", "in_review"].includes(row.state)).length,
      unmaskings: this.imports.list.length ? this.used : 0,
      ledgerEntries: this.ledger.size,
      lastRun: this.lastRun,
      ends: this.store().ends,
      nextExpiry: this.lastRun ? "2027-07-02" : null,
    }),
    backup_store: () => null,
    add_member: ({ card, passphrase }) => {
      this.checkPassphrase(passphrase);
      const name = card.replace(/^.*\//, "").replace(/\.card$/, "");
      return this.enter({ ...this.store(), members: [...this.store().members, { name, role: "reviewer", fingerprint: "abacus abdomen abide able aboard abolish" }] });
    },
    remove_member: ({ fingerprint, passphrase }) => {
      this.checkPassphrase(passphrase);
      return this.enter({ ...this.store(), members: this.store().members.filter((member) => member.fingerprint !== fingerprint) });
    },
    inspect_file: ({ path, kind, mapping }) => this.imports.propose(path, kind, mapping && mappingIn(mapping)),
    remap_column: ({ path, mappingToml, header, target }) => this.imports.remap(path, mappingToml, header, target),
    rezone_mapping: ({ path, mappingToml, zone }) => this.imports.propose(path, null, mappingToml.replace(/zone = "[^"]*"/, `zone = "${zone}"`)),
    save_mapping: () => null,
    start_import: ({ path, mappingToml, gate }) => {
      if (gate.necessity.trim().length < 10) refuse("gate", "The gate needs necessity (10 characters or more).");
      const proposal = this.imports.propose(path, null, mappingToml);
      const steps = ["Reading rows", "Sealing identities", "Writing segments"];
      return { job: this.jobs.start(`Importing ${proposal.fileName}`, 5000, steps, () => this.imports.add(proposal.kind, 402_118, 214)) };
    },
    imports: () => this.imports.list,
    import_report: (request) => this.imports.report(request.import),
    save_report: () => null,
    link_proposals: () => this.links.list,
    decide_link: ({ proposal, link, reason }) => {
      if (reason.trim().length < 10) refuse("limit", "A reason has 10 to 1000 characters.");
      this.ledger.add("combination", "joined", this.links.decide(proposal, link, reason), link ? "codes linked" : "link refused");
      return this.links.list;
    },
    start_analysis: () => ({
      job: this.jobs.start("Analysing", 4000, ["Reading profiles", "Comparing with peers", "Joining findings"], () => {
        this.lastRun = run();
        this.leads = new FakeLeads(137);
        return this.lastRun.run;
      }),
    }),
    last_run: () => this.lastRun,
    leads: (query) => this.leads.page(query),
    lead: ({ lead }) => this.leads.view(lead),
    member_timelines: ({ lead }) => this.leads.view(lead).members.map((officer) => ({ officer, timeline: this.leads.view(lead).timeline })),
    evidence: (query) => {
      const finding = this.leads.view(query.lead).findings[query.finding] ?? refuse("not_found", "There is no such finding.");
      this.leads.find(query.lead).view.evidenceOpened = true;
      return evidence(finding, query);
    },
    decide: ({ lead, outcome, reason, agreements }) => {
      const view = this.leads.view(lead);
      if (!view.evidenceOpened) refuse("decision", "Open the evidence first: a decision is taken on the rows, not on the sentence.");
      if (reason.trim().length < 20) refuse("decision", "A decision needs a reason of 20 characters or more.");
      const older = view.decisions.map((decision) => ({ ...decision, standing: "superseded" }));
      this.leads.find(lead).row.outcome = outcome;
      this.ledger.add("alteration", "decision recorded", lead, outcome);
      return this.changeLead(lead, { state: "decided", decisions: [...older, { at: "2 Jul 2026 10:41", by: "reviewer-2", outcome, reason, agreements, standing: "standing", second: null }] });
    },
    undo_decision: ({ lead }) => {
      const decisions = this.leads.view(lead).decisions.map((decision) => (decision.standing === "standing" ? { ...decision, standing: "undone" } : decision));
      this.leads.find(lead).row.outcome = null;
      return this.changeLead(lead, { state: "in_review", decisions });
    },
    add_note: ({ lead, text }) => {
      if (/\b(smith|jones)\b/i.test(text)) refuse("name_in_text", "The text may name an officer.");
      return this.changeLead(lead, { notes: [...this.leads.view(lead).notes, { at: "2 Jul 2026 10:41", by: "reviewer-2", text }] });
    },
    preview_unmask: ({ lead, officer, justification }) => {
      const seq = this.ledger.size + 1;
      const short = [justification.necessity, justification.proportionality].some((text) => text.trim().length < 40);
      const entry = JSON.stringify({ at: null, by: "reviewer-2", kind: "unmask.recorded", lead, minutes: justification.minutes, officer: officer || this.leads.view(lead).members[0], purpose: justification.purpose, scope: justification.scope, seq, text_hash: "kWb0uG2x", v: 1 });
      return { seq, entry, maxMinutes: 30, budget: `${this.used} of 10 unmaskings used this month.`, overBudget: this.used >= 10, refused: short ? "Say in 40 characters or more why the name is necessary and proportionate." : null };
    },
    unmask: ({ lead, officer: chosen, justification, passphrase }) => {
      this.checkPassphrase(passphrase);
      if (justification.necessity.trim().length < 40) refuse("justification", "Necessity is shorter than 40 characters.");
      const officer = chosen || (this.changeLead(lead, { unmasked: true }).members[0] ?? refuse("policy_forbids", "This lead is about a unit. It names nobody, so there is nobody to unmask."));
      const seq = this.ledger.add("unmask.recorded", "unmask recorded", officer, "open");
      const seconds = justification.minutes * 60;
      this.used += 1;
      this.open = [...this.open, { seq, officer, lead, secondsLeft: seconds }];
      return { seq, officer, lead, seconds };
    },
    open_unmaskings: () => this.open,
    reveal: () => ({
      seq: 412,
      officer: "OFC-7K3M-Q2XF",
      secondsLeft: 892,
      fields: [
        { label: "Name", value: "Example Name-Synthetic" },
        { label: "Unit", value: "UNIT-4F" },
      ],
    }),
    remask: () => (this.maskAll(), null),
    remask_all: () => (this.maskAll(), null),
    ledger: (query) => this.ledger.page(query),
    verify_ledger: () => this.ledger.verify(),
    export_ledger: () => null,
    export_proof: () => null,
    export_keys: () => null,
  };

  private maskAll(): void {
    for (const { lead } of this.open) this.changeLead(lead, { unmasked: false });
    this.open = [];
  }
}

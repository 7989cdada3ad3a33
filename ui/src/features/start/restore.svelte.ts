import { restore as copy } from "$ui/copy/start";
import { call } from "$ui/ipc";
import { Attempts } from "$ui/state/attempt.svelte";
import { session } from "$ui/state/session.svelte";

/** Putting a backup into a new folder, which is then open. */
export class Restore extends Attempts {
  backup = $state("");
  path = $state("");
  passphrase = $state("");
  tried = $state(false);

  /** What is missing; quiet until a person has tried to go on. */
  get errors() {
    const missing = (text: string, words: string) => (this.tried && !text.trim() ? words : "");
    return {
      backup: missing(this.backup, copy.needBackup),
      path: missing(this.path, copy.needPath),
      // A wrong one is emptied, and the failure says so.
      passphrase: this.failure ? "" : missing(this.passphrase, copy.needPassphrase),
    };
  }

  async run(): Promise<void> {
    this.tried = true;
    if (!this.backup.trim() || !this.path.trim() || !this.passphrase) return;
    const { passphrase } = this;
    await this.attempt(() => call("restore_store", { backup: this.backup.trim(), path: this.path.trim(), passphrase }));
    this.passphrase = "";
    await session.refresh();
  }
}

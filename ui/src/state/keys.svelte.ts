/** One key: `j`, `?`, `ctrl+l`, `Escape`, or two letters after each other: `g o`. */
export type Binding = {
  key: string;
  /** Returning false lets the next binding for the same key try. */
  run: () => boolean | void;
};

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** The keyboard: views lend their keys while they are shown, the newest first. */
export class Keys {
  private bindings: Binding[] = [];
  private first = "";
  /** Open dialogs; they take every key themselves. */
  dialogs = 0;

  /** Lends keys until the returned function is called; made for `$effect`. */
  lend(bindings: Binding[]): () => void {
    this.bindings = [...bindings, ...this.bindings];
    return () => {
      this.bindings = this.bindings.filter((held) => !bindings.includes(held));
    };
  }

  handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const control = event.ctrlKey || event.metaKey;
    if (event.altKey || (this.dialogs > 0 && !control)) return;
    if (typing(event.target) && !control && event.key !== "Escape") return;
    const stroke = control ? `ctrl+${event.key.toLowerCase()}` : event.key;
    const pair = this.first ? `${this.first} ${stroke}` : "";
    this.first = "";
    if (this.run(pair) || this.run(stroke)) {
      event.preventDefault();
    } else if (this.bindings.some((binding) => binding.key.startsWith(`${stroke} `))) {
      this.first = stroke;
    }
  }

  listen(): () => void {
    const handle = (event: KeyboardEvent) => this.handle(event);
    window.addEventListener("keydown", handle);
    return () => window.removeEventListener("keydown", handle);
  }

  private run(key: string): boolean {
    if (!key) return false;
    return this.bindings.some((binding) => binding.key === key && binding.run() !== false);
  }
}

export const keys = new Keys();

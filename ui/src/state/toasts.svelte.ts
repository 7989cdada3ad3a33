export type Toast = { id: number; text: string; undo: (() => void) | null };

const SHOWN_MS = 8000;

/** Short confirmations at the foot of the window; read out politely, never the only place of an error. */
export class Toasts {
  list = $state<Toast[]>([]);
  private next = 1;

  say(text: string, undo: (() => void) | null = null): void {
    const id = this.next++;
    this.list = [...this.list, { id, text, undo }];
    setTimeout(() => this.close(id), SHOWN_MS);
  }

  close(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();

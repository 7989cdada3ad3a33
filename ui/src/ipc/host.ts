import type { Commands, ErrorCode, Failure } from "$contract";

export type CommandName = keyof Commands;
export type Request<K extends CommandName> = Commands[K]["request"];
export type Reply<K extends CommandName> = Commands[K]["reply"];

/** A file held over the window or let go there; only Tauri tells real paths. */
export type Drop = { kind: "over" } | { kind: "left" } | { kind: "dropped"; paths: string[] };

/** Whatever stands behind the window: the program itself, or made-up data for tests and pictures. */
export interface Host {
  call<K extends CommandName>(name: K, request: Request<K>): Promise<Reply<K>>;
  onDrop(listen: (drop: Drop) => void): Promise<() => void>;
}

/** What `call` throws, always: the program's own failure, or `internal` around anything else. */
export class CallError extends Error implements Failure {
  readonly code: ErrorCode;
  readonly hint: string;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = "CallError";
    this.code = failure.code;
    this.hint = failure.hint;
  }
}

function isFailure(thrown: unknown): thrown is Failure {
  return typeof thrown === "object" && thrown !== null && "code" in thrown && "message" in thrown && "hint" in thrown;
}

export function toCallError(thrown: unknown): CallError {
  if (thrown instanceof CallError) return thrown;
  if (isFailure(thrown)) return new CallError(thrown);
  return new CallError({ code: "internal", message: "", hint: "" });
}

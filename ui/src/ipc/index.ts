import { type CommandName, type Drop, type Host, type Reply, type Request, toCallError } from "./host";
import { inTauri, tauriHost } from "./tauri";

export { CallError, toCallError, type CommandName, type Drop, type Host } from "./host";

let host: Host = tauriHost;
let answered: (name: CommandName) => void = () => {};

/** Replaces the program by another host; tests and the made-up preview use it. */
export function useHost(other: Host): void {
  host = other;
}

/** Chooses the host once at start; false where there is neither the program nor a made-up host. */
export async function connect(): Promise<boolean> {
  if (inTauri()) return true;
  if (!__FAKE_HOST__) return false;
  const { fakeHost, scenario } = await import("./fake");
  useHost(fakeHost(scenario(window.location.search)));
  return true;
}

/** Tells which command has just been answered; returns how to stop listening. */
export function onAnswer(listen: (name: CommandName) => void): () => void {
  answered = listen;
  return () => {
    if (answered === listen) answered = () => {};
  };
}

/** Runs one command of the program; throws a `CallError` and nothing else. */
export async function call<K extends CommandName>(name: K, request: Request<K>): Promise<Reply<K>> {
  try {
    const reply = await host.call(name, request);
    answered(name);
    return reply;
  } catch (thrown) {
    throw toCallError(thrown);
  }
}

/** Tells when files are dragged over or dropped on the window; returns how to stop listening. */
export function onDrop(listen: (drop: Drop) => void): () => void {
  let stopped = false;
  let stop = () => {};
  void host.onDrop(listen).then(
    (unlisten) => {
      if (stopped) unlisten();
      else stop = unlisten;
    },
    // Where files cannot be dropped, the path field and Browse still take them.
    () => {},
  );
  return () => {
    stopped = true;
    stop();
  };
}

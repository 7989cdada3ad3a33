import type { ErrorCode } from "$contract";
import { CallError } from "../host";

export function refuse(code: ErrorCode, message: string, hint = ""): never {
  throw new CallError({ code, message, hint });
}

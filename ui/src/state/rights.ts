import { type Place, router } from "./router.svelte";
import { session } from "./session.svelte";

/** What the custodian is offered: they have the raw files, and so see no lead. The program itself refuses the rest. */
const forCustodian: readonly Place[] = ["sources", "settings"];

/** Whether this member has business at a place. */
export const mayGo = (place: Place): boolean => session.member?.role !== "custodian" || forCustodian.includes(place);

/** The place shown: where the window is, or the first one this member may see. */
export const here = (): Place => (mayGo(router.place) ? router.place : "sources");

/** Whether this member takes files in: under `countersigned` only the custodian's key makes codes. */
export const mayImport = (): boolean => session.store?.policy !== "countersigned" || session.member?.role === "custodian";

/** Whether this member checks, signs and questions what the others wrote. */
export const isOfficer = (): boolean => session.member?.role === "dpo";

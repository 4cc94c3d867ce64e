import { DOUBT_KINDS, type DoubtKind } from "../../review/ageing.ts";

export const AGEING_PATH = "/review/ageing";

/** What the address of the list of units in doubt says. */
export interface AgeingQuery {
  readonly show: DoubtKind;
  /** Where the page begins. */
  readonly after: string;
}

/** Reads the address; what it does not know it leaves out. */
export function readAgeingQuery(parameters: URLSearchParams): AgeingQuery {
  return {
    show: DOUBT_KINDS.find((kind) => kind === parameters.get("show")) ?? "disputed",
    after: parameters.get("after") ?? "",
  };
}

/** The address of the list with this query. */
export function ageingUrl({ show, after }: AgeingQuery): string {
  const parameters = new URLSearchParams();
  if (show !== "disputed") parameters.set("show", show);
  if (after !== "") parameters.set("after", after);
  const search = parameters.toString();
  return search === "" ? AGEING_PATH : `${AGEING_PATH}?${search}`;
}

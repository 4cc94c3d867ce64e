import type { Canaries, Place, Shape } from "./canaries.ts";

/** A canary that came back. */
export interface Echo {
  /** `POST /login 401`. */
  readonly answer: string;
  readonly status: number;
  readonly isPage: boolean;
  /** `body`, or the name of a header. */
  readonly in: string;
  readonly place: Place;
  /** Whether it was in the request that this answers. */
  readonly isOwn: boolean;
}

/** Makes the canaries of one request. */
export type Plant = (where: string, shape?: Shape) => string;

/** A request as it is sent. */
export interface Parcel {
  /** The path in the address, with its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** Unless it is the route's. */
  readonly method?: string;
}

/** Sends requests with canaries to a server and looks for them in what comes back. */
export interface Sender {
  readonly echoes: readonly Echo[];
  /** How often each status was answered. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Sends what `pack` makes for a route such as `POST /login`. */
  send(route: string, pack: (plant: Plant) => Parcel): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

export function createSender(url: string, canaries: Canaries): Sender {
  const echoes: Echo[] = [];
  const statuses = new Map<number, number>();
  let requests = 0;
  return {
    echoes,
    statuses,
    async send(route, pack): Promise<Answer> {
      const request = ++requests;
      const plant: Plant = (where, shape = "github") => canaries.make({ request, route, where, shape });
      const { path, headers = {}, body, method = route.split(" ")[0]! } = pack(plant);
      const response = await fetch(`${url}${path}`, {
        method,
        headers,
        redirect: "manual",
        ...(body === undefined ? {} : { body }),
      });
      const { status } = response;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      const text = await response.text();
      const isPage = response.headers.get("content-type")?.startsWith("text/html") ?? false;
      const parts = [["body", text] as const, ...response.headers];
      for (const [name, value] of parts) {
        for (const place of canaries.seenIn(value)) {
          const isOwn = place.request === request;
          echoes.push({ answer: `${route} ${status}`, status, isPage, in: name, place, isOwn });
        }
      }
      return { status, text };
    },
  };
}

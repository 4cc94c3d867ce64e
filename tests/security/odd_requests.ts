import { type Shape, SHAPES } from "./canaries.ts";
import type { Parcel, Plant } from "./sender.ts";

/** Headers that are no credential, each with a canary. */
export function headerCanaries(plant: Plant): Record<string, string> {
  const names = [
    "cookie",
    "x-request-id",
    "user-agent",
    "referer",
    "x-forwarded-for",
    "forwarded",
    "x-real-ip",
    "traceparent",
    "tracestate",
    "baggage",
    "x-api-key",
    "accept",
    "accept-language",
    "origin",
    "if-none-match",
    "content-language",
  ];
  return Object.fromEntries(names.map((name) => [name, plant(`header ${name}`, SHAPES[name.length % 4]!)]));
}

/** What a credential may look like in the header. */
function credentials(canary: string): string[] {
  return [
    `Bearer ${canary}`,
    `bearer   ${canary}`,
    `Bearer ${canary} ${canary}`,
    `Basic ${canary}`,
    `Token ${canary}`,
    canary,
  ];
}

interface Whole {
  readonly route: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Requests to a route that are wrong as a whole: their headers, their syntax, their size. */
export function odd(
  { path, headers, body }: Whole,
  tooLarge: number,
): ((plant: Plant) => Parcel)[] {
  const content = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
  const type = headers["content-type"] ?? "application/json";
  const posted = { ...headers, "content-type": type };
  return [
    ...SHAPES.flatMap((shape: Shape) =>
      credentials("?").map((pattern) => (plant: Plant): Parcel => {
        const canary = plant("header authorization", shape);
        return {
          path,
          headers: { ...headers, authorization: pattern.replaceAll("?", () => canary) },
          ...content,
        };
      })
    ),
    (plant) => ({ path, headers: { ...headerCanaries(plant), ...headers }, ...content }),
    (plant) => ({
      path,
      headers: { ...headers, cookie: `__Host-cq_session=${plant("cookie session")}` },
      ...content,
    }),
    (plant) => ({
      path,
      headers: { ...headers, "content-type": plant("header content-type", "password") },
      ...content,
    }),
    (plant) => ({
      path,
      headers: posted,
      method: "POST",
      body: `{"password":"${plant("broken body", "jwt")}`,
    }),
    (plant) => ({
      path,
      headers: posted,
      method: "POST",
      body: `password=${plant("text body", "password")}`,
    }),
    (plant) => ({
      path,
      headers: posted,
      method: "POST",
      body: new Uint8Array([...new TextEncoder().encode(plant("bytes body", "key")), 0xff, 0xfe]),
    }),
    (plant) => ({
      path,
      headers: posted,
      method: "POST",
      body: `"${plant("large body")}${"x".repeat(tooLarge)}${plant("end of large body")}"`,
    }),
    (plant) => ({
      path,
      headers: posted,
      method: "POST",
      body: `${"[".repeat(600)}"${plant("deep body")}"`,
    }),
    (plant) => ({
      path,
      headers: posted,
      method: "PUT",
      body: plant("body of a wrong method"),
    }),
    (plant) => ({ path, headers, method: plant("method", "github").replace("_", "") }),
  ];
}

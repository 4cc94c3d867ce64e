// Canaries in every field of every form and in every address of the pages, from the list that the server mounts.
import { ok } from "node:assert/strict";
import type { UiRoute } from "../../src/ui/route.ts";
import { elementsOf } from "../fixtures/html.ts";
import { inProse, SHAPES } from "./canaries.ts";
import { headerCanaries, odd } from "./odd_requests.ts";
import type { Sender } from "./sender.ts";

/** Who looks at the pages, and what is there to look at. */
export interface Visitor {
  readonly routes: readonly Pick<UiRoute, "method" | "path">[];
  /** The cookie of a session that has not ended. */
  cookie(): Promise<string>;
  /** What stands for the parameter of a path: something a form of that path can act on. */
  subject(path: string): Promise<string>;
  readonly tooLarge: number;
}

/** Values with which a form gets far. */
const GOOD: Readonly<Record<string, string>> = {
  back: "/review",
  next: "/review",
  name: "n",
  ttl: "30d",
  labels: "label",
  verb: "reject",
  seconds: "3600",
  reason: "wrong",
  note: "a note",
  summary: "s",
  detail: "d",
  action: "a",
  domains: "testing",
  username: "ada",
};
/** Names in addresses that no form and no link of the pages has. */
const ADDRESS_NAMES = ["q", "after", "next", "signed-in", "edit", "show", "anything"];

function pageHeaders(cookie: string): Record<string, string> {
  return {
    cookie,
    accept: "text/html",
    "sec-fetch-site": "same-origin",
    "content-type": "application/x-www-form-urlencoded",
  };
}

/** Names of fields and of parameters in addresses, from every page as it is. */
interface Names {
  readonly fields: ReadonlySet<string>;
  readonly parameters: ReadonlySet<string>;
}

async function namesOf(sender: Sender, visitor: Visitor): Promise<Names> {
  const fields = new Set(Object.keys(GOOD));
  const parameters = new Set(ADDRESS_NAMES);
  for (const { method, path } of visitor.routes) {
    if (method !== "GET" || path.startsWith("/assets/")) continue;
    const filled = path.replace("{id}", await visitor.subject(path));
    const cookie = await visitor.cookie();
    const views = [{ query: "", cookie }, { query: "", cookie: "" }];
    if (path === "/review") {
      views.push({ query: `?unit=${await visitor.subject("/review/{id}/edit")}&edit=1`, cookie });
    }
    for (const { query, cookie } of views) {
      const { text } = await sender.send(`GET ${path}`, () => ({
        path: filled + query,
        headers: pageHeaders(cookie),
      }));
      for (const { name, attributes } of elementsOf(text)) {
        const field = attributes.get("name");
        if (field !== undefined && ["input", "select", "textarea", "button"].includes(name)) {
          fields.add(field);
          parameters.add(field);
        }
        const query = /^\/[^?]*\?(.*)$/.exec(attributes.get("href") ?? "")?.[1] ?? "";
        for (const parameter of new URLSearchParams(query).keys()) parameters.add(parameter);
      }
    }
  }
  return { fields, parameters };
}

/** Sends canaries to every page and form; returns how many fields were found. */
export async function spillIntoPages(sender: Sender, visitor: Visitor): Promise<number> {
  const names = await namesOf(sender, visitor);
  for (const route of visitor.routes.toSorted((a, b) => lastly(a) - lastly(b))) {
    await spillIntoRoute(sender, { visitor, names, route });
  }
  ok(names.fields.has("password") && names.fields.has("note") && names.parameters.has("q"));
  return names.fields.size;
}

/** Signing out comes last. */
function lastly({ path }: { readonly path: string }): number {
  return path === "/logout" ? 1 : 0;
}

interface Spill {
  readonly visitor: Visitor;
  readonly names: Names;
  readonly route: Pick<UiRoute, "method" | "path">;
}

async function spillIntoRoute(sender: Sender, { visitor, names, route }: Spill): Promise<void> {
  const { method, path } = route;
  const name = `${method} ${path}`;
  const cookie = await visitor.cookie();
  const headers = pageHeaders(cookie);
  const filledPath = async (): Promise<string> =>
    path.replace("{id}", path.includes("{id}") ? encodeURIComponent(await visitor.subject(path)) : "")
      .replace("{name}", "app.css");
  await (method === "GET" ? spillIntoQuery : spillIntoForm)(sender, { name, headers, names, filledPath });
  const at = await filledPath();
  const good = method === "GET" ? {} : { body: new URLSearchParams(GOOD).toString() };
  for (const parcel of odd({ route: name, path: at, headers, ...good }, visitor.tooLarge)) {
    await sender.send(name, parcel);
  }
  for (const shape of SHAPES) {
    await sender.send(name, (plant) => ({
      path: path.replace(/\{\w+\}/, () => plant("path", shape)),
      headers,
      ...good,
    }));
    await sender.send(name, (plant) => ({
      path: at,
      headers: { ...headerCanaries(plant), "content-type": headers["content-type"]! },
      ...(method === "GET" ? {} : { body: `password=${plant("form password", shape)}` }),
    }));
  }
}

interface Filling {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly names: Names;
  readonly filledPath: () => Promise<string>;
}

async function spillIntoQuery(
  sender: Sender,
  { name, headers, names, filledPath }: Filling,
): Promise<void> {
  const path = await filledPath();
  for (const [at, parameter] of [...names.parameters].entries()) {
    const shape = SHAPES[at % SHAPES.length]!;
    await sender.send(name, (plant) => ({
      path: `${path}?${new URLSearchParams({ [parameter]: plant(`query ${parameter}`, shape) })}`,
      headers,
    }));
  }
}

async function spillIntoForm(
  sender: Sender,
  { name, headers, names, filledPath }: Filling,
): Promise<void> {
  for (const [at, field] of [...names.fields].entries()) {
    const path = await filledPath();
    const own = { ...GOOD, unit: path.split("/")[2] ?? "" };
    const shape = SHAPES[at % SHAPES.length]!;
    await sender.send(name, (plant) => {
      const canary = plant(`form ${field}`, shape);
      const isCredential = field === "password" || field === "username";
      const text = isCredential ? canary : inProse(canary, shape);
      return { path, headers, body: new URLSearchParams({ ...own, [field]: text }).toString() };
    });
  }
  const path = await filledPath();
  await sender.send(name, (plant) => ({
    path,
    headers,
    body: new URLSearchParams([...names.fields].map((field) => [field, plant(`form ${field}`, "jwt")]))
      .toString(),
  }));
  await sender.send(name, (plant) => ({
    path,
    headers: { ...headers, "sec-fetch-site": "cross-site" },
    body: new URLSearchParams({ ...GOOD, note: plant("form note", "key") }).toString(),
  }));
}

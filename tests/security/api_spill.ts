// Canaries in every part of every request that /openapi.json describes: a new endpoint is there by itself.
import { ok } from "node:assert/strict";
import { inProse, type Shape, SHAPES } from "./canaries.ts";
import { headerCanaries, odd } from "./odd_requests.ts";
import type { Parcel, Plant, Sender } from "./sender.ts";

/** A part of a JSON schema. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly additionalProperties?: unknown;
  readonly pattern?: string;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
}

interface Operation {
  readonly security?: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Who sends, and what stands for the parameters of paths. */
export interface ApiCaller {
  readonly login: string;
  readonly key: string;
  /** Of an approved unit, and of one that waits for a decision. */
  readonly unitId: string;
  readonly pendingId: string;
  /** Of another key than the one that is sent. */
  readonly keyId: string;
  /** Bytes of a body that is too large. */
  readonly tooLarge: number;
}

/** One operation with a request that is good but for what is put into it. */
interface Subject {
  readonly route: string;
  readonly path: string;
  /** The parameters that it must have, and what separates them from others. */
  readonly query: string;
  readonly parameters: readonly Parameter[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Needed unless another parameter is there. */
const NEEDED_ALONE = "domains";

/** Sends canaries to every endpoint; returns how many there are. */
export async function spillIntoApi(sender: Sender, url: string, caller: ApiCaller): Promise<number> {
  const document: Document = await (await fetch(`${url}/openapi.json`)).json();
  const subjects = subjectsOf(document, caller);
  for (const subject of subjects) {
    const { route, headers, body } = subject;
    const path = `${subject.path}?${subject.query}`;
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const { status } = await sender.send(route, () => ({ path, headers, ...content }));
    // Else nothing of what follows would be looked at.
    const hasPassword = /\/(?:login|password)$/.test(route);
    ok(status < 400 || [404, 409].includes(status) || hasPassword, `${route} answers ${status}`);
    await spillIntoBody(sender, subject);
    await spillIntoAddress(sender, subject);
    for (const parcel of odd({ ...subject, path }, caller.tooLarge)) await sender.send(route, parcel);
  }
  return subjects.length;
}

/** One request to each endpoint with canaries wherever it takes any. */
export async function spillAtOnce(sender: Sender, url: string, caller: ApiCaller): Promise<void> {
  const document: Document = await (await fetch(`${url}/openapi.json`)).json();
  for (const subject of subjectsOf(document, caller)) {
    for (const shape of SHAPES) {
      await sender.send(subject.route, (plant) => {
        const { paths } = leavesOf(subject.body);
        const body = paths.reduce((whole, path) => planted(whole, path, { plant, shape }), subject.body);
        return {
          path: `${subject.path}?${new URLSearchParams({ q: plant("query q", shape) })}`,
          headers: { ...headerCanaries(plant), ...subject.headers },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        };
      });
    }
  }
}

function subjectsOf({ paths, components }: Document, caller: ApiCaller): Subject[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { security, parameters = [], requestBody }]) => {
      const scheme = Object.keys(security?.[0] ?? {})[0];
      const bearer = scheme === undefined ? undefined : scheme === "apiKey" ? caller.key : caller.login;
      const schema = requestBody?.content["application/json"]?.schema;
      return {
        route: `${method.toUpperCase()} ${path}`,
        path: path.replace("{unit_id}", path.includes("/review/") ? caller.pendingId : caller.unitId)
          .replace("{key_id}", caller.keyId),
        query: parameters.filter(({ in: kind, name, required }) =>
          kind === "query" && (required === true || name === NEEDED_ALONE)
        ).map(({ name }) => `${name}=testing&`).join(""),
        parameters,
        headers: {
          ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
          ...(schema === undefined ? {} : { "content-type": "application/json" }),
        },
        body: schema === undefined ? undefined : exampleOf(schema, components.schemas, caller),
      };
    })
  );
}

function exampleOf(
  schema: Schema,
  schemas: Readonly<Record<string, Schema>>,
  caller: ApiCaller,
  name = "",
): unknown {
  const inner = schema.anyOf?.[0] ?? schema.allOf?.[0];
  if (schema.$ref !== undefined) return exampleOf(schemas[schema.$ref.split("/").at(-1)!]!, schemas, caller);
  if (inner !== undefined) return exampleOf(inner, schemas, caller, name);
  if (schema.enum !== undefined) return schema.enum[0];
  const type = typeof schema.type === "string" ? schema.type : schema.type?.[0];
  if (type === "array") return [exampleOf(schema.items ?? {}, schemas, caller, name)];
  if (type === "object") {
    const known = Object.entries(schema.properties ?? {});
    if (known.length === 0) return { "team:note": { deep: ["text"] } };
    return Object.fromEntries(
      known.map(([name, property]) => [name, exampleOf(property, schemas, caller, name)]),
    );
  }
  if (type !== "string") throw new Error(`say in this file what an example of ${JSON.stringify(schema)} is`);
  return { ttl: "1d", duplicate_of: caller.pendingId, username: "ada" }[name] ?? "some text";
}

type Path = readonly (string | number)[];

/** Where the texts of a body are, and where its objects are. */
function leavesOf(value: unknown, path: Path = []): { readonly paths: Path[]; readonly objects: Path[] } {
  if (typeof value === "string") return { paths: [path], objects: [] };
  if (typeof value !== "object" || value === null) return { paths: [], objects: [] };
  const children = Object.entries(value).map(([name, child]) =>
    leavesOf(child, [...path, Array.isArray(value) ? Number(name) : name])
  );
  return {
    paths: children.flatMap(({ paths }) => paths),
    objects: [...(Array.isArray(value) ? [] : [path]), ...children.flatMap(({ objects }) => objects)],
  };
}

function replaced(value: unknown, path: Path, change: (old: unknown) => unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((child, at) => at === first ? replaced(child, rest, change) : child);
  }
  const object = value as Record<string, unknown>;
  return { ...object, [first]: replaced(object[first], rest, change) };
}

function planted(
  body: unknown,
  path: Path,
  { plant, shape, end = "" }: { plant: Plant; shape: Shape; end?: string },
): unknown {
  const isCredential = path.at(-1) === "password" || path.at(-1) === "username";
  const canary = plant(`body ${path.join(".")}`, shape);
  return replaced(body, path, () => `${isCredential ? canary : inProse(canary, shape)}${end}`);
}

async function spillIntoBody(sender: Sender, { route, path, headers, body }: Subject): Promise<void> {
  if (body === undefined) return;
  const send = (make: (plant: Plant) => unknown): Promise<unknown> =>
    sender.send(route, (plant): Parcel => ({ path, headers, body: JSON.stringify(make(plant)) }));
  const { paths, objects } = leavesOf(body);
  for (const shape of SHAPES) {
    for (const leaf of paths) await send((plant) => planted(body, leaf, { plant, shape }));
    await send((plant) => plant("body", shape));
    await send((plant) => [plant("body", shape)]);
  }
  for (const leaf of paths) {
    await send((plant) => planted(body, leaf, { plant, shape: "jwt", end: "\0" }));
    await send((plant) => planted(body, leaf, { plant, shape: "password", end: "\ud800" }));
    await send((plant) => replaced(body, leaf, () => ({ [plant(`name below ${leaf.join(".")}`)]: 1 })));
    await send((plant) => replaced(body, leaf, () => [plant(`list at ${leaf.join(".")}`)]));
  }
  for (const shape of SHAPES) {
    for (const at of objects) {
      for (const prefix of ["", "team:"]) {
        await send((plant) => {
          const name = prefix + inProse(plant(`name in ${at.join(".") || "body"}`, shape), shape);
          return replaced(body, at, (object) => ({ ...object as object, [name]: "x" }));
        });
      }
    }
  }
}

async function spillIntoAddress(sender: Sender, subject: Subject): Promise<void> {
  const { route, path, query, parameters, headers, body } = subject;
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  const template = route.split(" ")[1]!;
  for (const shape of SHAPES) {
    for (const { name, in: kind } of parameters) {
      await sender.send(route, (plant) => {
        const canary = encodeURIComponent(plant(`${kind} ${name}`, shape));
        const place = kind === "path"
          ? template.replace(`{${name}}`, canary)
          : `${path}?${query}${name}=${canary}`;
        return { path: place.replaceAll(/\{\w+\}/g, "x"), headers, ...content };
      });
    }
    await sender.send(route, (plant) => ({
      path: `${path}?${query}${plant("query name", shape)}=${plant("query unknown", shape)}`,
      headers,
      ...content,
    }));
    await sender.send(route, (plant) => ({
      path: `${path}/${plant("path below", shape)}%00`,
      headers,
      ...content,
    }));
  }
}

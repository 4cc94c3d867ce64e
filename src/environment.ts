import { misconfigured } from "./errors.ts";

/** Variables of a process by their names. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A secret from its variable or from the file that `NAME_FILE` names. */
export function secretOf(environment: Environment, name: string): string | undefined {
  const path = environment[`${name}_FILE`];
  if (path === undefined || path === "") return environment[name];
  if (environment[name]) throw misconfigured(`${name} and ${name}_FILE are both set; keep one of them`);
  try {
    return Deno.readTextFileSync(path).replace(/\r?\n$/, "");
  } catch (error) {
    const reason = (error as Error).message;
    throw misconfigured(
      `${name}_FILE: ${path} cannot be read (${reason}); correct the path or its permissions`,
      error,
    );
  }
}

/** An address that is nothing but one. @throws {CqError} `misconfigured`. */
export function plainUrl(name: string, text: string, example: string): URL {
  const url = URL.parse(text);
  const isPlain = url !== null && /^https?:$/.test(url.protocol) && url.username === "" &&
    url.password === "" && url.search === "" && url.hash === "";
  if (isPlain) return url;
  throw misconfigured(
    `${name} is not an http(s) address without user, query and fragment; such as ${example}`,
  );
}

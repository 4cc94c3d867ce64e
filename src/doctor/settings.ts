import { type Config, loadConfig } from "../config.ts";
import { type Environment, VARIABLES } from "../variables.ts";
import { parsePolicy } from "../guard/policy.ts";
import { type Diagnosis, fail, ok, warn } from "./diagnosis.ts";

/** A configuration with every fault that a start would stop at. */
export interface Settings {
  readonly diagnoses: readonly Diagnosis[];
  /** What the variables say that are not at fault; the others are as if they were not set. */
  readonly config: Config;
  /** Names of the variables that are at fault. */
  readonly faulty: ReadonlySet<string>;
}

/** Stands for a required secret that is at fault. */
const PLACEHOLDER = "x".repeat(64);
/** Where only the processes of one container see what lies there. */
const CONTAINER_SECRETS = /^\/(?:var\/)?run\/secrets\//;
const FOR_OTHERS = 0o006;

/** Looks at every variable: one at fault is set aside, so that the others are looked at too. */
export async function diagnoseSettings(environment: Environment): Promise<Settings> {
  const rest = { ...environment };
  const faults = new Map<string, string>();
  for (;;) {
    try {
      const config = loadConfig(rest);
      const found = [
        ...faults.values().map((message) => faultOf(message)),
        ...config.warnings.map((message) => warn(message, "see configuration.md")),
        ...guardPolicyFault(config),
        ...sameSecrets(config, faults),
        ...await secretFiles(environment),
      ];
      return {
        diagnoses: found.some(({ level }) => level === "fail")
          ? found
          : [ok("every variable can be used"), ...found],
        config,
        faulty: new Set(faults.keys()),
      };
    } catch (error) {
      const { message } = error as Error;
      const name = variableIn(message);
      if (name === undefined || faults.has(name)) throw error;
      faults.set(name, message);
      setAside(rest, name);
    }
  }
}

/** The variable that a refusal is about: the one it names first. */
function variableIn(message: string): string | undefined {
  const named = VARIABLES.map(({ name }) => ({
    name,
    at: message.search(new RegExp(`\\b${name}(?:_FILE)?\\b`)),
  }))
    .filter(({ at }) => at !== -1);
  return named.sort((a, b) => a.at - b.at)[0]?.name;
}

function setAside(environment: Record<string, string | undefined>, name: string): void {
  const isRequired = ["CQ_JWT_SECRET", "CQ_API_KEY_PEPPER"].includes(name);
  delete environment[`${name}_FILE`];
  if (isRequired) environment[name] = PLACEHOLDER;
  else delete environment[name];
}

/** A refusal says what is wrong and, behind a semicolon, what to do. */
function faultOf(message: string): Diagnosis {
  const [what, ...fix] = message.split("; ");
  return fail(what!, fix.length === 0 ? "correct it or unset it" : fix.join("; "));
}

function guardPolicyFault({ guardPolicy }: Config): Diagnosis[] {
  try {
    parsePolicy(guardPolicy);
    return [];
  } catch (error) {
    return [fail(`CQ_GUARD_POLICY: ${(error as Error).message}`, "see guard.md")];
  }
}

function sameSecrets({ jwtSecret, apiKeyPepper }: Config, faults: ReadonlyMap<string, string>): Diagnosis[] {
  if (faults.has("CQ_JWT_SECRET") || jwtSecret !== apiKeyPepper) return [];
  return [warn(
    "CQ_JWT_SECRET and CQ_API_KEY_PEPPER are the same",
    "set another CQ_JWT_SECRET, such as what `openssl rand -base64 48` prints; login tokens are void then",
  )];
}

async function secretFiles(environment: Environment): Promise<Diagnosis[]> {
  const found: Diagnosis[] = [];
  for (const { name, secret } of VARIABLES) {
    const path = environment[`${name}_FILE`];
    if (secret !== true || path === undefined || path === "" || CONTAINER_SECRETS.test(path)) continue;
    const { mode } = await Deno.stat(path).catch(() => ({ mode: null }));
    if (((mode ?? 0) & FOR_OTHERS) === 0) continue;
    found.push(
      warn(`${name}_FILE: every user of this machine may read or write ${path}`, `chmod 600 ${path}`),
    );
  }
  return found;
}

import manifest from "../deno.json" with { type: "json" };

/** The version of this server. */
export const APP_VERSION: string = manifest.version;

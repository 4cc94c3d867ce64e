import { z } from "@hono/zod-openapi";
import { type Endpoint, endpoint } from "../wire/endpoint.ts";
import { text } from "../wire/validation.ts";
import { keyRequestSchema } from "./key_request.ts";
import { SCOPES } from "./roles.ts";
import type { OwnAccount } from "./own_account.ts";
import type { Accounts } from "./service.ts";

const loginSchema = z.object({ username: text, password: text }).openapi("Login");

const passwordChangeSchema = z.object({ current_password: text, new_password: text }).openapi(
  "PasswordChange",
);

const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  labels: z.array(z.string()),
  prefix: z.string(),
  ttl: z.string(),
  expires_at: z.string(),
  created_at: z.string(),
  last_used_at: z.string().nullable(),
  revoked_at: z.string().nullable(),
  is_expired: z.boolean(),
  is_active: z.boolean(),
  scopes: z.array(z.enum(SCOPES)).optional().openapi({
    description: "What the key is restricted to; absent where it may do what its owner may.",
  }),
}).openapi("ApiKey");

const newKeySchema = apiKeySchema.extend({
  token: z.string().openapi({ description: "Shown here and never again." }),
  key_prefix: z.string().optional().openapi({ description: "`prefix`, for Go clients." }),
  api_key: z.string().optional().openapi({ description: "`token`, for Go clients." }),
}).openapi("NewApiKey");

const tag = "accounts";

/** Signing in, and the keys of the signed-in user. */
export function accountEndpoints(accounts: Accounts, own: OwnAccount): Endpoint[] {
  return [
    endpoint({
      method: "POST",
      path: "/api/v1/auth/login",
      access: "open",
      // It has a throttle of its own.
      rate: "unlimited",
      tag,
      summary: "Sign in with a password",
      body: loginSchema,
      status: 200,
      response: z.object({ token: z.string(), username: z.string() }),
      problems: [401, 429, 503],
      handle: async ({ body, address }) => ({
        token: await accounts.login(body.username, body.password, { address: address() }),
        username: body.username,
      }),
    }),
    endpoint({
      method: "GET",
      path: "/api/v1/users/me",
      access: "account",
      tag,
      summary: "The signed-in user",
      status: 200,
      response: z.object({ username: z.string(), created_at: z.string() }),
      problems: [404],
      handle: ({ caller }) => accounts.profile(caller),
    }),
    endpoint({
      method: "POST",
      path: "/api/v1/users/me/password",
      access: "account",
      // Wrong passwords are slowed down as those of logins are.
      rate: "unlimited",
      tag,
      summary: "Change one's password: ends every session and login token, and answers with a new one",
      body: passwordChangeSchema,
      status: 200,
      response: z.object({ token: z.string(), username: z.string() }),
      problems: [404, 409, 429, 503],
      handle: async ({ caller, body, address }) => ({
        token: await own.changePasswordByToken(
          caller,
          { current: body.current_password, next: body.new_password },
          { address: address() },
        ),
        username: caller.username,
      }),
    }),
    endpoint({
      method: "GET",
      path: "/api/v1/users/me/api-keys",
      access: "account",
      tag,
      summary: "List one's API keys, newest first",
      status: 200,
      response: z.object({ data: z.array(apiKeySchema) }),
      problems: [404],
      handle: async ({ caller }) => ({ data: await accounts.listKeys(caller) }),
    }),
    endpoint({
      method: "POST",
      path: "/api/v1/users/me/api-keys",
      access: "account",
      tag,
      summary: "Make an API key",
      body: keyRequestSchema,
      status: 201,
      response: newKeySchema,
      problems: [404, 409],
      async handle({ caller, body, userAgent }): Promise<unknown> {
        const key = await accounts.createKey(caller, body);
        // The cq command line, a Go program, prints these two fields; every other client knows `prefix` and `token`.
        const forGo = userAgent().startsWith("Go-http-client/")
          ? { key_prefix: key.prefix, api_key: key.token }
          : {};
        return { ...key, ...forGo };
      },
    }),
    endpoint({
      method: "POST",
      path: "/api/v1/users/me/api-keys/{key_id}/revoke",
      access: "account",
      tag,
      summary: "Revoke one of one's API keys",
      status: 200,
      response: z.object({ message: z.string() }),
      problems: [404],
      async handle({ caller, path }): Promise<unknown> {
        await accounts.revokeKey(caller, path["key_id"]!);
        return { message: "API key revoked." };
      },
    }),
  ];
}

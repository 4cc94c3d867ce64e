import { z } from "@hono/zod-openapi";
import { KEY_LABEL_MAX_CHARS, KEY_LABELS_MAX, KEY_NAME_MAX_CHARS, KEY_TTL_MAX_CHARS } from "../limits.ts";
import { SCOPES } from "./roles.ts";
import { fault, limitedText, sizedText } from "../wire/validation.ts";

const keyName = sizedText(1, KEY_NAME_MAX_CHARS).superRefine((name, context) => {
  // SQLite returns a text only up to its first NUL, and Postgres takes none.
  if (name.includes("\0")) context.addIssue(fault("value_error", "Value error, name must not contain NUL"));
});

/** What is asked for when an API key is made. */
export const keyRequestSchema = z.object({
  name: keyName,
  ttl: sizedText(1, KEY_TTL_MAX_CHARS).openapi({ example: "30d" }),
  labels: z.array(limitedText("labels", KEY_LABEL_MAX_CHARS)).max(KEY_LABELS_MAX).default([]),
  scopes: z.array(z.enum(SCOPES)).min(1).optional().openapi({
    description: "What the key may do; absent, it may do what its owner may.",
  }),
}).openapi("ApiKeyRequest");

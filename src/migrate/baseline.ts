import type { TableShape } from "../database/schema.ts";

/** What revision `0001` consists of: the tables a server needs before it may write. */
export const BASELINE: Readonly<Record<string, TableShape>> = {
  knowledge_units: {
    columns: ["id", "data", "status", "reviewed_by", "reviewed_at", "created_at", "tier"],
    primaryKey: "id",
    unique: [],
    references: [],
  },
  knowledge_unit_domains: {
    columns: ["unit_id", "domain"],
    primaryKey: "unit_id,domain",
    unique: [],
    references: ["unit_id -> knowledge_units"],
  },
  users: {
    columns: ["id", "username", "password_hash", "created_at"],
    primaryKey: "id",
    unique: ["username"],
    references: [],
  },
  api_keys: {
    columns: [
      "id",
      "user_id",
      "name",
      "labels",
      "key_prefix",
      "key_hash",
      "ttl",
      "expires_at",
      "created_at",
      "last_used_at",
      "revoked_at",
    ],
    primaryKey: "id",
    unique: ["key_hash"],
    references: ["user_id -> users"],
  },
};

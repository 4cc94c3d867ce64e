/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { compareSync, hashSync } from "bcryptjs";

/** What a worker is asked: does a password fit a hash, or what is its hash. */
export type PasswordTask =
  | { readonly kind: "verify"; readonly password: string; readonly hash: string }
  | { readonly kind: "hash"; readonly password: string; readonly cost: number };

self.onmessage = ({ data }: MessageEvent<PasswordTask>) => {
  self.postMessage(
    data.kind === "verify" ? compareSync(data.password, data.hash) : hashSync(data.password, data.cost),
  );
};

import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import ageingScript from "./assets/ageing.js" with { type: "text" };
import appCss from "./assets/app.css" with { type: "text" };
import appScript from "./assets/app.js" with { type: "text" };
import keysScript from "./assets/keys.js" with { type: "text" };
import reviewBulkScript from "./assets/review_bulk.js" with { type: "text" };
import reviewKeysScript from "./assets/review_keys.js" with { type: "text" };
import reviewScript from "./assets/review.js" with { type: "text" };
import reviewSwipeScript from "./assets/review_swipe.js" with { type: "text" };
import unitScript from "./assets/unit.js" with { type: "text" };
import icon from "./assets/icon.svg" with { type: "text" };

/** A file that pages refer to, in the form it is sent in. */
export interface Asset {
  readonly type: string;
  readonly version: string;
  readonly plain: Uint8Array<ArrayBuffer>;
  readonly gzipped: Uint8Array<ArrayBuffer>;
}

const VERSION_CHARS = 12;
const GZIP_LEVEL = 9;

const ASSETS = {
  "ageing.js": asset("text/javascript; charset=utf-8", ageingScript),
  "app.css": asset("text/css; charset=utf-8", appCss),
  "app.js": asset("text/javascript; charset=utf-8", appScript),
  "keys.js": asset("text/javascript; charset=utf-8", keysScript),
  "review.js": asset("text/javascript; charset=utf-8", reviewScript),
  "review_bulk.js": asset("text/javascript; charset=utf-8", reviewBulkScript),
  "review_keys.js": asset("text/javascript; charset=utf-8", reviewKeysScript),
  "review_swipe.js": asset("text/javascript; charset=utf-8", reviewSwipeScript),
  "unit.js": asset("text/javascript; charset=utf-8", unitScript),
  "icon.svg": asset("image/svg+xml", icon),
} as const satisfies Record<string, Asset>;

export type AssetName = keyof typeof ASSETS;

/** The file of this name, or undefined. */
export function findAsset(name: string): Asset | undefined {
  return Object.hasOwn(ASSETS, name) ? ASSETS[name as AssetName] : undefined;
}

/** Where an asset is: its address changes with its content, so that it may be kept for ever. */
export function assetUrl(name: AssetName): string {
  return `/assets/${name}?v=${ASSETS[name].version}`;
}

function asset(type: string, text: string): Asset {
  const plain = new TextEncoder().encode(text);
  const version = createHash("sha256").update(plain).digest("hex").slice(0, VERSION_CHARS);
  return { type, version, plain, gzipped: new Uint8Array(gzipSync(plain, { level: GZIP_LEVEL })) };
}

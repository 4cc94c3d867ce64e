import { notFound } from "../../errors.ts";
import { acceptsGzip } from "../../wire/encodings.ts";
import { findAsset } from "../assets.ts";
import { openRoute, type UiRoute } from "../route.ts";

/** The files that pages refer to. */
export function assetRoutes(): UiRoute[] {
  return [
    openRoute("GET", "/assets/{name}", {
      isPersonal: false,
      handle: ({ params, url, headers }) =>
        Promise.resolve().then(() => assetResponse(params["name"]!, url, headers)),
    }),
  ];
}

function assetResponse(name: string, url: URL, headers: Headers): Response {
  const asset = findAsset(name);
  if (asset === undefined) throw notFound("Not Found");
  const etag = `"${asset.version}"`;
  // Another replica may be of another version: what it does not have must not be kept as if it were.
  const isExact = url.searchParams.get("v") === asset.version;
  const told = {
    "content-type": asset.type,
    "cache-control": isExact ? "public, max-age=31536000, immutable" : "no-cache",
    etag,
    vary: "accept-encoding",
  };
  if (headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers: told });
  if (!acceptsGzip(headers.get("accept-encoding"))) return new Response(asset.plain, { headers: told });
  return new Response(asset.gzipped, { headers: { ...told, "content-encoding": "gzip" } });
}

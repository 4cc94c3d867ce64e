import type { Child } from "hono/jsx";
import { type AssetName, assetUrl } from "./assets.ts";
import { SiteHeader } from "./components/site_header.tsx";
import { Toasts } from "./components/toasts.tsx";
import type { Markup } from "./markup.ts";
import type { Visit } from "./route.ts";

export interface LayoutProps {
  /** What the frame of the page needs to know of the request. */
  readonly visit: Pick<Visit, "url" | "viewer" | "theme" | "flash">;
  readonly title: string;
  /** Modules of the page's own, beside the one every page has. */
  readonly scripts?: readonly AssetName[];
  /** `wide` is for lists beside details, `narrow` for one form; the rest is as wide as text is read. */
  readonly width?: "narrow" | "text" | "wide";
  readonly children: Child;
}

export type PartProps = Pick<LayoutProps, "title" | "children">;

function Layout({ visit, title, scripts = [], width = "text", children }: LayoutProps): Markup {
  return (
    <html
      lang="en"
      {...(visit.theme === undefined ? {} : { "data-theme": visit.theme })}
      {...(visit.viewer === undefined ? {} : { "data-viewer": String(visit.viewer.userId) })}
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{fullTitle(title)}</title>
        <link rel="icon" href={assetUrl("icon.svg")} type="image/svg+xml" />
        <link rel="stylesheet" href={assetUrl("app.css")} />
        {(["app.js", ...scripts] as const).map((name) => (
          <script type="module" src={assetUrl(name)}>
          </script>
        ))}
      </head>
      <body>
        <a class="skip-link" href="#main">Skip to the content</a>
        <SiteHeader visit={visit} />
        <main id="main" class={`main main-${width}`} tabindex={-1}>{children}</main>
        <Toasts flash={visit.flash} back={visit.url.pathname + visit.url.search} />
      </body>
    </html>
  );
}

/** A whole page as text. */
export async function pageHtml(props: LayoutProps): Promise<string> {
  return `<!DOCTYPE html>${await Layout(props)}`;
}

/** A piece of a page as text, under the title of the whole. */
export async function partHtml({ title, children }: PartProps): Promise<string> {
  const part = (
    <>
      <title>{fullTitle(title)}</title>
      {children}
    </>
  );
  return `<!DOCTYPE html>${await part}`;
}

function fullTitle(title: string): string {
  return `${title} · cq`;
}

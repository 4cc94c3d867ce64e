import type { Theme } from "../cookies.ts";
import type { Markup } from "../markup.ts";
import type { Permission } from "../../wire/permission.ts";
import { pagesFor } from "../nav.ts";
import type { Visit } from "../route.ts";

interface SiteHeaderProps {
  readonly visit: Pick<Visit, "url" | "viewer" | "theme">;
}

/** What stands above every page. */
export function SiteHeader({ visit: { url, viewer, theme } }: SiteHeaderProps): Markup {
  return (
    <header class="site-header">
      <a class="brand" href="/" aria-label="cq, to the start">
        <span class="brand-mark" aria-hidden="true">cq</span>
      </a>
      {viewer === undefined ? "" : <Navigation current={url.pathname} permissions={viewer.permissions} />}
      <div class="site-tools">
        <ThemeSwitch theme={theme} back={url.pathname + url.search} />
        {viewer === undefined ? "" : (
          <form method="post" action="/logout" class="sign-out">
            <a
              class="viewer"
              href="/settings/account"
              title={viewer.username}
              aria-label={`Your account: ${viewer.username}`}
            >
              {viewer.username}
            </a>
            <button class="button button-quiet" type="submit">Sign out</button>
          </form>
        )}
      </div>
    </header>
  );
}

function Navigation(
  { current, permissions }: { current: string; permissions: ReadonlySet<Permission> },
): Markup {
  return (
    <nav class="site-nav" aria-label="Main">
      <ul>
        {pagesFor(permissions).map(({ path, label }) => {
          const isCurrent = current === path || current.startsWith(`${path}/`);
          return (
            <li>
              <a href={path} {...(isCurrent ? { "aria-current": "page" } : {})}>{label}</a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

const LOOKS: readonly { readonly value: Theme | "system"; readonly label: string; readonly path: string }[] =
  [
    { value: "system", label: "System", path: "M2.5 3.5h11v7h-11zM6 13h4M8 10.5V13" },
    {
      value: "light",
      label: "Light",
      path:
        "M8 5.2a2.8 2.8 0 1 1 0 5.6a2.8 2.8 0 0 1 0-5.6M8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9" +
        "M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9",
    },
    { value: "dark", label: "Dark", path: "M13.2 9.6A5.6 5.6 0 1 1 6.4 2.8a4.6 4.6 0 0 0 6.8 6.8" },
  ];

function ThemeSwitch({ theme, back }: { theme: Theme | undefined; back: string }): Markup {
  return (
    <form method="post" action="/theme" class="theme-switch" aria-label="Look">
      <input type="hidden" name="back" value={back} />
      {LOOKS.map(({ value, label, path }) => (
        <button
          type="submit"
          name="theme"
          value={value}
          aria-pressed={value === (theme ?? "system") ? "true" : "false"}
          aria-label={label}
          title={label}
        >
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
            <path d={path} fill="none" stroke="currentColor" stroke-width="1.3" stroke-linecap="round" />
          </svg>
        </button>
      ))}
    </form>
  );
}

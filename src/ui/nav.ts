/** The pages that every page links to, in order; `key` is what follows `g` on the keyboard. */
export const NAVIGATION = [
  { path: "/review", label: "Review", key: "r" },
  { path: "/units", label: "Units", key: "u" },
  { path: "/dashboard", label: "Dashboard", key: "d" },
  { path: "/settings/api-keys", label: "API keys", key: "k" },
] as const;

import { raw } from "hono/html";
import type { JSX } from "hono/jsx/jsx-runtime";

/** What a component makes: escaped HTML. */
export type Markup = JSX.Element;

/** What a component makes that has nothing to show. */
export const NOTHING: Markup = raw("");

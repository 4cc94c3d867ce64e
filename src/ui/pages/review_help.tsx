import type { Child } from "hono/jsx";
import type { Markup } from "../markup.ts";
import type { Permission } from "../../wire/permission.ts";
import { pagesFor } from "../nav.ts";
import { DECISIONS_PATH } from "./review_decisions.tsx";

interface Shortcut {
  readonly keys: readonly string[];
  readonly does: string;
}

const GROUPS: readonly { readonly title: string; readonly shortcuts: readonly Shortcut[] }[] = [
  {
    title: "The open unit",
    shortcuts: [
      { keys: ["a"], does: "Approve" },
      { keys: ["r"], does: "Reject: 1 to 7 choose a reason, Enter rejects" },
      { keys: ["d"], does: "Reject as a duplicate of the first unit that says about the same" },
      { keys: ["e"], does: "Edit, then approve with Ctrl Enter" },
      { keys: ["s"], does: "Snooze: 1 to 5 choose for how long" },
      { keys: ["u"], does: "Undo for 10 seconds; on a decided unit: reopen it" },
      { keys: ["→"], does: "Choose Approve; Enter or Space then approves" },
      { keys: ["←"], does: "Choose Reject; Enter then rejects" },
      { keys: ["Esc"], does: "Close a panel, leave an edit without changes" },
    ],
  },
  {
    title: "The list",
    shortcuts: [
      { keys: ["j", "↓"], does: "Next unit" },
      { keys: ["k", "↑"], does: "Previous unit" },
      { keys: ["x", "Space"], does: "Select or deselect the open unit" },
      { keys: ["Shift X"], does: "Select or deselect all that are shown" },
      { keys: ["Shift A"], does: "Approve the selected ones, after a look at them" },
      { keys: ["Shift R"], does: "Reject the selected ones, after a look at them" },
      { keys: ["Shift S"], does: "Snooze the selected ones, after a look at them" },
      { keys: ["/"], does: "Search" },
    ],
  },
];

const MY_DECISIONS = { path: DECISIONS_PATH, label: "My decisions", key: "h" } as const;

/** Every key and gesture of the review page. It opens with and without scripts. */
export function ReviewHelp({ permissions }: { permissions: ReadonlySet<Permission> }): Markup {
  return (
    <div
      class="panel help-panel"
      id="help-panel"
      popover="auto"
      role="dialog"
      aria-labelledby="help-title"
      tabindex={-1}
    >
      <h2 id="help-title">Keys and gestures</h2>
      {GROUPS.map(({ title, shortcuts }) => (
        <section class="help-keys">
          <h3>{title}</h3>
          <dl>{shortcuts.map((shortcut) => <Keys keys={shortcut.keys}>{shortcut.does}</Keys>)}</dl>
        </section>
      ))}
      <section class="help-keys">
        <h3>Go to</h3>
        <dl>
          {[...pagesFor(permissions), MY_DECISIONS].map(({ path, label, key }) => (
            <Keys keys={["g", key]} together>
              <a href={path} data-go={key}>{label}</a>
            </Keys>
          ))}
          <Keys keys={["?"]}>This help</Keys>
        </dl>
      </section>
      <section class="help-keys">
        <h3>On a touch screen</h3>
        <p>Swipe the unit to the right to approve it, to the left to reject it.</p>
      </section>
      <p class="hint">
        A key that is held down counts once, and only for the unit you see. Space selects here; it confirms,
        as does Enter, after an arrow has chosen. Keys do nothing while you type or a panel is open.
      </p>
      <button class="button" type="button" popovertarget="help-panel" popovertargetaction="hide">
        Close
      </button>
    </div>
  );
}

interface KeysProps {
  readonly keys: readonly string[];
  /** Whether they are pressed one after the other, rather than one or the other. */
  readonly together?: boolean;
  readonly children: Child;
}

function Keys({ keys, together = false, children }: KeysProps): Markup {
  return (
    <div>
      <dt>
        {keys.map((key, index) => (
          <>
            {index === 0 ? "" : together ? " " : " or "}
            <kbd>{key}</kbd>
          </>
        ))}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

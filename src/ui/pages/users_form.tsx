import { type Role, ROLES } from "../../accounts/roles.ts";
import { TextField } from "../components/field.tsx";
import type { Markup } from "../markup.ts";
import { USERS_PATH } from "./users_query.ts";

/** What is wrong with a form about a user: with its passwords, and else. */
export interface UserFaults {
  readonly password?: string;
  readonly general?: string;
}

/** The form for a new user as it was filled in, but for its passwords. */
export interface UserDraft {
  readonly username: string;
  readonly role: Role;
}

export const EMPTY_USER: UserDraft = { username: "", role: "contributor" };

const MEANINGS: Readonly<Record<Role, string>> = {
  reader: "reads",
  contributor: "reads, proposes, confirms and flags",
  reviewer: "also decides on units",
  admin: "also manages users and sees the audit log",
};

/** The choice of a role. */
export function RoleField({ role }: { role: Role | undefined }): Markup {
  return (
    <div class="field">
      <label for="role">Role</label>
      <select id="role" name="role" required>
        {role === undefined ? <option value="" selected>unknown</option> : ""}
        {ROLES.map((name) => (
          <option value={name} selected={name === role}>{`${name}: ${MEANINGS[name]}`}</option>
        ))}
      </select>
    </div>
  );
}

/** A new password twice, or none for one that is made. */
export function PasswordFields({ fault }: { fault: string | undefined }): Markup {
  return (
    <>
      <TextField
        name="password"
        label="New password"
        value=""
        hint="Leave both empty to have one made, which is shown once"
        fault={fault}
        isSecret
      />
      <TextField name="again" label="The same again" value="" isSecret />
    </>
  );
}

/** What is wrong, where it concerns no single field. */
export function GeneralFault({ faults: { general } }: { faults: UserFaults }): Markup {
  return <>{general === undefined ? "" : <p class="notice notice-error" role="alert">{general}</p>}</>;
}

/** Asks for a new user. */
export function UserForm({ draft, faults }: { draft: UserDraft; faults: UserFaults }): Markup {
  return (
    <form method="post" action={USERS_PATH} class="form">
      <GeneralFault faults={faults} />
      <TextField name="username" label="User name" value={draft.username} />
      <RoleField role={draft.role} />
      <PasswordFields fault={faults.password} />
      <div class="form-actions">
        <button class="button button-primary" type="submit">Add user</button>
      </div>
    </form>
  );
}

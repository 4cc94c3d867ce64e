// Bounds of what users see of their own accounts; all others stand in limits.ts.

/** Sessions of one user in their list, those used last. */
export const SESSIONS_LISTED_MAX = 50;
/** Rows of sign-ins that are kept, and for how many days: some ten megabytes, whoever attacks whatever. */
export const SIGN_INS_MAX = 100_000;
export const SIGN_IN_KEEP_DAYS = 90;
/** Milliseconds between two writes of sign-ins, and names counted one by one in between: a flood is one small write a second. */
export const SIGN_IN_WRITE_INTERVAL_MS = 1_000;
export const SIGN_IN_NAMES_MAX = 200;
/** Rows in one page of sign-ins, and on the page of one's own account. */
export const SIGN_INS_PAGE = 50;
export const OWN_SIGN_INS_LISTED = 10;

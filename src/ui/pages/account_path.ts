/** The page of one's own account. */
export const ACCOUNT_PATH = "/settings/account";

/** What a caller may be allowed to do. */
export const PERMISSIONS = ["read", "propose", "confirm", "review", "administer"] as const;
export type Permission = typeof PERMISSIONS[number];

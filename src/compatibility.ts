/** One way in which this server differs from the original on purpose, unless `CQ_COMPAT=strict` restores the original's. */
interface Difference {
  readonly topic: string;
  readonly original: string;
  readonly here: string;
  readonly reason: string;
  /** Recorded cases that do not pass by default, because of this. */
  readonly cases: readonly string[];
}

/** Every such difference. What is not in this list is the same whatever the switch says. */
export const DIFFERENCES = {
  evidence: {
    topic: "evidence",
    original: "every confirmation and every flag moves a unit's confidence",
    here:
      "each user's confirmation and each user's flag moves it once, the proposer's confirmation never; a further " +
      "confirmation is answered alike and changes `last_confirmed` only",
    reason: "one account could outvote everybody, and raise its own proposals",
    cases: [
      "api-key-use",
      "confirm-flag-arithmetic",
      "confirm",
      "flag",
      "restart-keeps-everything",
      "review-approve",
      "story",
    ],
  },
  flags: {
    topic: "flags that say nothing new",
    original: "are added to the unit",
    here:
      "are answered 201 and kept in the history only: those of a user whose flag of the same reason no reviewer answered yet, " +
      "and any beyond 100 that wait for an answer",
    reason: "one key could make a unit, and every answer with it, grow without end",
    cases: [],
  },
  doubts: {
    topic: "disputed and stale units",
    original: "rank by confidence alone",
    here: "count half while flags are unanswered and three quarters when nobody confirmed them within " +
      "`CQ_CONFIRM_WITHIN_DAYS`, and carry the extension `cq:standing`; an extension of that name is not served",
    reason: "advice that somebody doubts should not come first while nobody has looked at it",
    cases: ["query-shape", "two-proposers", "upstream-database"],
  },
  tags: {
    topic: "answers with fewer units than asked for",
    original: "have the units with exactly the tags of the query",
    here:
      "are filled up with units of other tags of the same meaning, as `k8s` for `kubernetes`; the header `cq-widened` names them, and " +
      "`tags=exact` asks for none",
    reason: "nobody knows how others tagged what they learned",
    cases: [],
  },
  repeats: {
    topic: "the same proposal by the same user again",
    original: "is another unit",
    here: "is answered 201 with the unit it made, as long as that is pending or approved",
    reason: "clients send their queues again after a failure, and reviewers need not read twice",
    cases: [],
  },
  screening: {
    topic: "texts that the guard refuses",
    original: "are stored",
    here: "are answered 422 and not stored; under strict they are stored with a warning to reviewers",
    reason: "credentials and orders to agents must not be served, see [guard](guard.md)",
    cases: [],
  },
  throttles: {
    topic: "throttles",
    original: "none",
    here:
      "failed logins 429, writes of a key 503 beyond `CQ_RATE_WRITES`, see [operations](operations.md#throttles)",
    reason: "guessing passwords and running wild must not take the server from others",
    cases: [],
  },
  bodies: {
    topic: "request bodies",
    original: "any size",
    here: "413 above 256 KiB; above 1 MiB under strict",
    reason: "the largest unit within its limits takes about 60 kB",
    cases: [],
  },
} as const satisfies Readonly<Record<string, Difference>>;

export type DifferenceName = keyof typeof DIFFERENCES;

/** Whether the original's behaviour is asked for where it is this difference that matters. */
export type Restores = (difference: DifferenceName) => boolean;

/** What a switch restores: everything or nothing. */
export function restoring(isStrict: boolean): Restores {
  return () => isStrict;
}

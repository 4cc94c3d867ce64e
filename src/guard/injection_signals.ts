import { holds, type Topic, topicsOf } from "./concepts.ts";
import type { TextRule } from "./rule.ts";

interface Signal {
  readonly name: string;
  readonly title: string;
  readonly message: string;
  /** Each a set of things that one sentence names. */
  readonly combinations: readonly (readonly Topic[])[];
}

/** A sentence that tells of an attack gives no order. */
const REPORT = topicsOf(["report"]);

function signalRule({ name, title, message, combinations }: Signal): TextRule {
  const wanted = combinations.map(topicsOf);
  return {
    id: `injection.${name}`,
    family: "injection",
    title,
    defaultAction: "warn",
    message,
    find: ({ sentences, isSearch }) =>
      sentences.some((topics) =>
          (isSearch || !holds(topics, REPORT)) && wanted.some((some) => holds(topics, some))
        )
        ? "meant"
        : undefined,
  };
}

/** What sentences say by the things they name together, whatever their words. */
export const SIGNAL_RULES: readonly TextRule[] = [
  signalRule({
    name: "signal-override",
    title: "Names instructions and sets them aside, or puts itself above them",
    message: "This may tell an agent to set its instructions aside: state what is known instead",
    combinations: [
      ["cancel", "yours"],
      ["rank", "yours"],
      ["rank", "wish"],
      ["task", "you"],
      ["task", "send"],
      ["task", "destroy"],
      ["rank", "you", "store"],
      ["will", "anyway"],
      ["will", "treat"],
      ["will", "cancel"],
      ["anyway", "yours"],
      ["brief", "cancel"],
      ["brief", "rank"],
      ["cancel", "orders"],
      ["treat", "orders", "store"],
      ["treat", "orders", "you"],
      ["treat", "brief"],
      ["rank", "orders", "store"],
      ["rank", "orders", "you"],
      ["task", "act"],
      ["brief", "anyway"],
    ],
  }),
  signalRule({
    name: "signal-secrecy",
    title: "Names people and what they are not to learn",
    message: "This may tell an agent to keep something from its user: say openly what is done",
    combinations: [
      ["hushed", "asked"],
      ["hushed", "yours"],
      ["conceal", "yours"],
      ["pretend", "yours"],
      ["left-out", "yours"],
      ["left-out", "answer", "you"],
      ["left-out", "answer", "this"],
      ["conceal", "person"],
      ["conceal", "answer"],
      ["pretend", "asked"],
      ["conceal", "send"],
      ["conceal", "execute"],
      ["hushed", "bystander", "must"],
      ["questioned", "excuse"],
      ["left-out", "account"],
      ["conceal", "bystander"],
      ["veil", "must"],
      ["veil", "account"],
      ["veil", "you"],
      ["conceal", "you"],
      ["conceal", "this"],
      ["pretend", "person"],
      ["pretend", "account"],
      ["hushed", "person", "you"],
      ["hushed", "person", "must"],
      ["hushed", "person", "this"],
    ],
  }),
  signalRule({
    name: "signal-exfiltration",
    title: "Names secrets or private data, and a place they are to go",
    message: "This may send credentials or private data somewhere: say what is needed without them",
    combinations: [
      ["send", "secret", "all", "sink"],
      ["send", "private", "all"],
      ["send", "private", "sink"],
      ["read", "secret", "sink", "send"],
      ["send", "keys", "account"],
      ["send", "private", "open"],
      ["keys", "open"],
      ["read", "keys", "send"],
      ["secret", "open", "send"],
    ],
  }),
  signalRule({
    name: "signal-protection",
    title: "Names a protection and takes it away",
    message: "This may take a protection away: say how to make it pass instead",
    combinations: [["disable", "protection"]],
  }),
  signalRule({
    name: "signal-destruction",
    title: "Names what cannot be replaced, and destroys it",
    message: "This may destroy what cannot be replaced: name what exactly, and how to get it back",
    combinations: [["destroy", "treasure"], ["destroy", "force"]],
  }),
  signalRule({
    name: "signal-remote-code",
    title: "Names a download of doubtful origin and runs it",
    message: "This may run code that nobody answers for: name a package and its version",
    combinations: [
      ["fetch", "execute", "risky"],
      ["execute", "odd"],
      ["fetch", "odd"],
      ["shady", "blindrun"],
      ["shady", "fetch"],
    ],
  }),
  signalRule({
    name: "signal-store",
    title: "Names units of the store and what is to become of them",
    message: "This may steer reviewers or votes: let each unit speak for itself",
    combinations: [
      ["approve", "store", "agent"],
      ["approve", "store", "you"],
      ["gatekeeper", "evade"],
      ["approve", "evade"],
      ["store", "evade"],
      ["store", "blind"],
      ["approve", "blind"],
    ],
  }),
  signalRule({
    name: "signal-agent-duty",
    title: "Says what agents must do that opens a door",
    message: "This may order agents to act against their user: leave agents to their users",
    combinations: [
      ["agent", "duty", "backdoor"],
      ["agent", "must", "act"],
      ["agent", "send", "private"],
      ["agent", "execute", "sink"],
      ["vocative", "backdoor"],
      ["vocative", "send", "secret"],
      ["vocative", "approve", "store"],
      ["yours", "must", "act"],
      ["yours", "send", "sink"],
      ["agent", "secret", "send"],
      ["agent", "unasked"],
      ["you", "unasked", "duty"],
      ["agent", "disable", "protection"],
      ["agent", "task"],
      ["agent", "pretend"],
      ["agent", "authority"],
      ["machine", "authority"],
      ["machine", "act"],
      ["machine", "all"],
      ["agent", "spend"],
      ["machine", "spend"],
      ["machine", "must"],
      ["machine", "send"],
      ["machine", "answer"],
      ["machine", "approve"],
      ["machine", "backdoor"],
      ["machine", "unasked"],
      ["machine", "anyway"],
      ["you", "authority"],
      ["yours", "authority"],
      ["authority", "backdoor"],
      ["authority", "unasked"],
      ["agent", "anyway"],
      ["agent", "belittle"],
      ["yours", "belittle"],
      ["you", "belittle"],
      ["bystander", "belittle"],
      ["will", "backdoor"],
      ["regime", "act"],
      ["regime", "agent"],
      ["regime", "you"],
      ["regime", "yours"],
      ["regime", "person"],
      ["regime", "approve"],
      ["regime", "disable"],
      ["regime", "execute"],
      ["vocative", "act"],
      ["you", "must", "person"],
    ],
  }),
  signalRule({
    name: "signal-encoded-order",
    title: "Says that a hidden text is to be decoded and followed",
    message: "This may hide an order: write in clear what is to be done",
    combinations: [["encoding", "obey"]],
  }),
];

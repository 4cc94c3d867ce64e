interface Ending {
  readonly error: unknown;
  isOver: boolean;
}

/** Errors that a process outlives, each told by one of these. */
const outlived = new Set<(error: unknown) => boolean>();
/** What is done before an error that nobody caught ends the process. */
let lastWork: (() => Promise<void>) | undefined;
/** The error that ends the process, and whether the work is done; what comes meanwhile is not told. */
let ending: Ending | undefined;
let isListening = false;

/** Lets errors pass that nobody can catch and that do no harm. */
export function outlive(isOutlived: (error: unknown) => boolean): void {
  outlived.add(isOutlived);
  listen();
}

/** Has work done before an error that nobody caught ends the process; it must come to an end. */
export function beforeEnd(work: () => Promise<void>): void {
  lastWork = work;
  listen();
}

/** Whether an error that nobody caught ends the process: it says so itself, and with its own exit code. */
export function endsByError(): boolean {
  return ending !== undefined;
}

// One listener for all: none can see whether one that is called after it lets an error pass.
function listen(): void {
  if (isListening) return;
  isListening = true;
  addEventListener("error", (event) => onUncaught(event, event.error));
  addEventListener("unhandledrejection", (event) => onUncaught(event, event.reason));
}

function onUncaught(event: Event, error: unknown): void {
  if ([...outlived].some((isOutlived) => isOutlived(error))) return event.preventDefault();
  if (lastWork === undefined || ending?.isOver && Object.is(error, ending.error)) return;
  event.preventDefault();
  if (ending !== undefined) return;
  const first: Ending = ending = { error, isOver: false };
  lastWork().finally(() => {
    first.isOver = true;
    throw error;
  });
}

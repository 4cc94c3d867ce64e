const POLL_MS = 500;

/** Waits until a server has indexed the texts of its whole store: until then, whoever looks for texts helps with it. */
export async function untilIndexed(origin: string): Promise<void> {
  for (let attempt = 0;; attempt++) {
    // Another question each time: answers are remembered.
    const response = await fetch(`${origin}/api/v1/knowledge?q=pool+${attempt}`);
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`a question is answered ${response.status}`);
    if (response.headers.get("cq-partial") === null) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

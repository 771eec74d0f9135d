import { setTimeout } from 'node:timers/promises';

/** Resolves when the condition holds; what happens in another process or behind HTTP can only be asked for. */
export async function until(condition: () => unknown, what: string, deadline = 15_000): Promise<void> {
  const end = Date.now() + deadline;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`not within ${deadline} ms: ${what}`);
    await setTimeout(5);
  }
}

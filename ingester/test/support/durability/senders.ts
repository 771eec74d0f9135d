import { setTimeout } from 'node:timers/promises';

export interface Senders {
  /** Resolves when every event has been answered with a 2xx. */
  done: Promise<void>;
  readonly accepted: () => number;
  readonly refused: () => number;
  /** The longest that nobody was answered with a 2xx while something was to be sent, in milliseconds. */
  readonly longestGap: () => number;
}

/**
 * Senders that repeat what was not answered with a 2xx, and never send again what was, but for one in `repeatOneIn`: a
 * source may deliver twice. `url` names the worker that is to be asked next.
 */
export function startSenders(
  events: readonly object[],
  { url, senders, repeatOneIn }: { url: () => string; senders: number; repeatOneIn: number },
): Senders {
  const unsent = [...events].reverse();
  let accepted = 0;
  let refused = 0;
  let lastAt = performance.now();
  let longest = 0;

  const sender = async () => {
    for (let event = unsent.pop(); event; event = unsent.pop()) {
      if (await post(url(), event)) {
        accepted += 1;
        longest = Math.max(longest, performance.now() - lastAt);
        lastAt = performance.now();
        if (accepted % repeatOneIn === 0) await post(url(), event);
      } else {
        refused += 1;
        unsent.unshift(event);
        await setTimeout(50);
      }
    }
  };
  return {
    done: Promise.all(Array.from({ length: senders }, sender)).then(() => undefined),
    accepted: () => accepted,
    refused: () => refused,
    longestGap: () => longest,
  };
}

/** Whether the event was accepted. No answer within 10 s is none. */
export const post = (url: string, event: object): Promise<boolean> =>
  fetch(`${url}/in/generic`, { method: 'POST', body: JSON.stringify(event), signal: AbortSignal.timeout(10_000) }).then(
    async (response) => {
      await response.arrayBuffer();
      return response.ok;
    },
    () => false,
  );

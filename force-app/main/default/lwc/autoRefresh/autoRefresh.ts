const EVERY = 3000;

/**
 * Calls `refresh` every few seconds while the page is visible, and at once when it becomes visible again; a round starts
 * only when the one before has ended. Polling, because change events are a metered allowance that the ingester needs.
 * @returns the function that stops it
 */
export function refreshWhileVisible(refresh: () => Promise<unknown> | undefined, every = EVERY): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const schedule = (delay: number) => {
    clearTimeout(timer);
    if (stopped || document.hidden) return;
    // eslint-disable-next-line @lwc/lwc/no-async-operation -- asking again is its purpose
    timer = setTimeout(run, delay);
  };
  const run = async () => {
    try {
      await refresh();
    } catch {
      // The wire itself reports what went wrong; the next round may do better.
    }
    schedule(every);
  };
  const visibilityChanged = () => {
    schedule(0);
  };

  document.addEventListener('visibilitychange', visibilityChanged);
  schedule(every);
  return () => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', visibilityChanged);
  };
}

/** Calls `work` every few seconds while the page is visible; returns the function that stops it. */
export function whileVisible(work: () => unknown, every = 3000): () => void {
  const timer = setInterval(() => document.hidden || work(), every);
  return () => {
    clearInterval(timer);
  };
}

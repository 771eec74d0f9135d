/** What was edited, what it was before, and what undo has taken back. Never changed: every edit gives another. */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  /** When it was last edited, in milliseconds. */
  readonly editedAt: number;
}

/** Edits that follow this soon upon another, as typing does, are one step. */
const TOGETHER = 800;
const LONGEST = 200;

export const historyOf = <T>(present: T): History<T> => ({ past: [], present, future: [], editedAt: -Infinity });

/** @param at in milliseconds, such as an event's timeStamp */
export function edit<T>({ past, present: before, future, editedAt }: History<T>, present: T, at: number): History<T> {
  const isOneStep = past.length > 0 && future.length === 0 && at - editedAt < TOGETHER;
  return { past: isOneStep ? past : [...past, before].slice(-LONGEST), present, future: [], editedAt: at };
}

export function undo<T>(history: History<T>): History<T> {
  const { past, present, future } = history;
  if (past.length === 0) return history;
  return { past: past.slice(0, -1), present: past.at(-1)!, future: [present, ...future], editedAt: -Infinity };
}

export function redo<T>(history: History<T>): History<T> {
  const { past, present, future } = history;
  const [next] = future;
  if (next === undefined) return history;
  return { past: [...past, present], present: next, future: future.slice(1), editedAt: -Infinity };
}

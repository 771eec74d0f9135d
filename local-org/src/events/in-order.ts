/** Hands things on one by one: what comes up while one is being handed on waits for its turn. */
export function inOrder<T>(handOn: (thing: T) => void): (thing: T) => void {
  const queue: T[] = [];
  let busy = false;
  return (thing) => {
    queue.push(thing);
    if (busy) return;
    busy = true;
    try {
      while (queue.length > 0) handOn(queue.shift()!);
    } finally {
      busy = false;
    }
  };
}

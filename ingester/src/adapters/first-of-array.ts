/** The bytes of the first element of a JSON array, exactly as they were sent; undefined if there is none. */
export function firstOfArray(body: Buffer): Buffer | undefined {
  const json = body.toString('latin1');
  const start = /^\s*\[\s*/.exec(json)?.[0].length;
  if (start === undefined) return undefined;
  let depth = 0;
  for (const token of json.slice(start).matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],]/gs)) {
    if (depth === 0 && /^[,\]]$/.test(token[0])) {
      const end = start + token.index;
      return end === start ? undefined : Buffer.from(json.slice(start, end).trimEnd(), 'latin1');
    }
    if (/^[{[]$/.test(token[0])) depth += 1;
    if (/^[}\]]$/.test(token[0])) depth -= 1;
  }
  return undefined;
}

/** The first element of a JSON array as its signer may have seen it: as it was sent, and as compact JSON. Empty if none. */
export function firstOfArray(body: Buffer): Buffer[] {
  const sent = firstSlice(body);
  if (sent === undefined) return [];
  try {
    return [sent, Buffer.from(JSON.stringify(JSON.parse(sent.toString())))];
  } catch {
    return [];
  }
}

/** The bytes of the first element, exactly as they were sent. */
function firstSlice(body: Buffer): Buffer | undefined {
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

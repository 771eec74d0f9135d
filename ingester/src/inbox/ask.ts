const PATIENCE = 5000;
const LONGEST = 65_536;

/**
 * Reads a small text at a URL whose host the caller has checked: no redirects, five seconds, 64 KiB. Throws an Error that
 * names the host and what went wrong; the URL itself may hold a token.
 */
export async function ask(fetch: typeof globalThis.fetch, url: string): Promise<string> {
  const { host } = new URL(url);
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE) });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    return await shortText(response);
  } catch (error) {
    throw new Error(`${host} could not be asked (${(error as Error).message})`, { cause: error });
  }
}

async function shortText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > LONGEST) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

import { ApiError } from '../errors.ts';
import type { Call } from './route.ts';

/** Characters of CSV that may come with the request that opens a job. */
const most = 100_000;

const malformed = (message: string) => new ApiError(400, 'INVALID_MULTIPART_REQUEST', message);

/**
 * The body of a call that may be multipart/form-data: its part `job` read as JSON, and its part `content`. Any other body
 * stays as it is.
 */
export function readMultipart({ body, headers }: Call): { body: unknown; content?: string } {
  const boundary = /^multipart\/form-data\s*;.*boundary="?([^";]+)"?/i.exec(String(headers['content-type'] ?? ''))?.[1];
  if (boundary === undefined) return { body };
  const parts = new Map<string, string>();
  for (const part of String(body).split(`--${boundary}`).slice(1, -1)) {
    const [head = '', ...rest] = part.replace(/^\r?\n/, '').split(/\r?\n\r?\n/);
    const name = /^content-disposition:[^\n]*\bname="?([^";\r\n]+)"?/im.exec(head)?.[1];
    if (name === undefined) throw malformed('each part needs a Content-Disposition with its name');
    parts.set(name, part.slice(part.indexOf(head) + head.length).replace(/^\r?\n\r?\n|\r?\n$/g, ''));
    if (rest.length === 0) throw malformed(`the part ${name} has no body`);
  }
  const [job, content] = [parts.get('job'), parts.get('content')];
  if (job === undefined || content === undefined) throw malformed('the parts job and content are expected');
  if (content.length > most)
    throw malformed(`the part content exceeds ${most} characters; upload it to the job instead`);
  try {
    return { body: JSON.parse(job) as unknown, content };
  } catch (error) {
    throw new ApiError(400, 'JSON_PARSER_ERROR', (error as Error).message);
  }
}

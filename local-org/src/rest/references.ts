import { ApiError } from '../errors.ts';

/** The answers of earlier subrequests, by reference ID. */
export type Answers = ReadonlyMap<string, unknown>;

/** Replaces each `@{ref.path[0].to}` in a URL, a text or a whole body by what an earlier subrequest answered. */
export function resolve(value: unknown, answers: Answers): unknown {
  if (typeof value === 'string') return resolveText(value, answers);
  if (Array.isArray(value)) return value.map((each) => resolve(each, answers));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, resolve(each, answers)]));
}

export function resolveText(text: string, answers: Answers): string {
  return text.replace(/@\{(\w+)((?:\.\w+|\[\d+\])*)\}/g, (_, reference: string, path: string) => {
    let at: unknown = answers.get(reference);
    for (const [step] of path.matchAll(/\w+/g)) at = (at as Record<string, unknown> | null | undefined)?.[step];
    if (typeof at === 'string' || typeof at === 'number' || typeof at === 'boolean') return String(at);
    const name = path.replace(/^\./, '');
    throw new ApiError(
      400,
      'PROCESSING_HALTED',
      `Invalid reference specified. No value for ${name} found in ${reference}`,
    );
  });
}

import * as z from 'zod/mini';
import { inconsistencies } from './schema/consistency.ts';
import { model, type Model } from './schema/model.ts';
import { toProblems, type Problem } from './schema/problems.ts';

const LONGEST = 131_072;

/** Deeper than any model: eight conditions, with the lists that hold them, in a rule in a list. */
const DEEPEST = 32;

/**
 * Checks a parsed JSON value against section 3 and finds all that is wrong with it at once. The model comes back with
 * what was written, without defaults filled in. Never throws over JSON.
 *
 * @example
 * parseModel({ schema: 1, key: 'a', name: 'A', object: 'Lead', rules: [], colour: 'red' })
 * // { ok: false, problems: [{ path: '/colour', message: '"colour" is not known here; expected one of ...' }] }
 */
export function parseModel(input: unknown): { ok: true; model: Model } | { ok: false; problems: Problem[] } {
  if (isDeeper(input, DEEPEST)) return refuse('The model is nested too deeply; conditions may be nested 8 deep.');
  const length = (JSON.stringify(input) as string | undefined)?.length ?? 0;
  if (length > LONGEST) {
    return refuse(`The model is ${length} characters long; expected at most ${LONGEST} (as JSON without white space).`);
  }
  const parsed = z.safeParse(model, input);
  const problems = [...toProblems(parsed.error?.issues ?? [], input), ...inconsistencies(input)];
  return parsed.success && problems.length === 0 ? { ok: true, model: parsed.data } : { ok: false, problems };
}

const refuse = (message: string) => ({ ok: false as const, problems: [{ path: '', message }] });

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1));
}

import type { Model } from 'c/scoringCore';
import { changesInWords, diff } from 'c/scoringAdvice';

/** What changes from one definition to the next, a sentence each; undefined where one of them is no model. */
export function changesBetween(from: Model | undefined, to: Model | undefined): string[] | undefined {
  return from && to ? changesInWords(diff(from, to)) : undefined;
}

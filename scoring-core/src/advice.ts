/**
 * For those who write models and those who read them: warnings, changes, and all of it in English. Apart from index.ts, as
 * a record page needs none of it, and a component may have 128 KB at most.
 */
export { diff } from './diff/diff.ts';
export type { Change, Part, PropertyChange } from './diff/diff.ts';
export { lint } from './lint/lint.ts';
export type { Warning, WarningCode } from './lint/lint.ts';
export { changesInWords } from './words/changes.ts';
export { conditionInWords, durationInWords } from './words/condition.ts';
export { explanationInWords } from './words/explanation.ts';

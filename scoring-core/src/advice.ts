/**
 * For those who write models and those who read them: warnings, changes, all of it in English, and what pictures of a decay
 * and of a budget need. Apart from index.ts, as a record page needs none of it, and a component may have 128 KB at most.
 */
export { compileDecay } from './decay.ts';
export type { Fading } from './decay.ts';
export { diff } from './diff/diff.ts';
export type { Change, Part, PropertyChange } from './diff/diff.ts';
export { parseDuration } from './duration.ts';
export type { Duration } from './duration.ts';
export { lint } from './lint/lint.ts';
export type { Warning, WarningCode } from './lint/lint.ts';
export { modelReach } from './lint/reach.ts';
export type { ModelReach, Reach } from './lint/reach.ts';
export { changesInWords } from './words/changes.ts';
export { conditionInWords, durationInWords } from './words/condition.ts';
export { explanationInWords } from './words/explanation.ts';

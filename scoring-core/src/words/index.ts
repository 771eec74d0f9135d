/**
 * What the engine says, in English. Apart from the engine: components have labels that are translated, and a component may
 * have 128 KB at most.
 */
export { changesInWords } from './changes.ts';
export { conditionInWords, durationInWords } from './condition.ts';
export { explanationInWords } from './explanation.ts';

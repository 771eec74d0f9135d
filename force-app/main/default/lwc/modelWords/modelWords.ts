export { conditionInWords, OPERATORS } from './conditions';
export { durationInWords, durationOf, spanOf, type Span, type Unit } from './durations';
export { ruleInWords, typeInWords, typesInWords } from './rules';

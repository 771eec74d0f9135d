/** The engine's public surface. */
export { compile } from './compile.ts';
export type { EvaluateInput, ScoredRecord, Scorer } from './compile.ts';
export type { ScoredEngagement } from './engagements.ts';
export { evaluate } from './evaluate.ts';
export { formatInstant, parseInstant } from './instant.ts';
export { parseModel } from './parse-model.ts';
export { reasons } from './reasons.ts';
export type { Reason } from './reasons.ts';
export { requirements } from './requirements.ts';
export type { Requirements } from './requirements.ts';
export type { Contribution, Previous, Result } from './result.ts';
export type { Comparison, Condition, FieldTest, RelatedTest } from './schema/condition.ts';
export type { Category, Gate, Grade, Model, Threshold } from './schema/model.ts';
export type { Problem } from './schema/problems.ts';
export type { AttributeRule, Decay, EngagementRule, FrequencyRule, InactivityRule, Rule } from './schema/rule.ts';

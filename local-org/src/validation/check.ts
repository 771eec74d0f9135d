import type { Change, Dml, SaveContext } from '../dml/dml.ts';
import { RowError } from '../dml/row-error.ts';
import { FormulaError } from '../formula/term.ts';
import type { SaveError } from '../org.ts';
import type { ValidationRule } from './load.ts';
import type { Save } from './place.ts';

/** Refuses a record that breaks validation rules, with the message of each that it breaks. */
export function checkRules(dml: Dml, { user }: SaveContext, change: Change): void {
  const rules = dml.rules().get(change.object.name);
  if (!rules) return;
  const [first, ...more] = rules.filter((rule) => isBroken(rule, { dml, user, change })).map(broken);
  if (first) throw new RowError(first.statusCode, first.message, first.fields, more);
}

const broken = ({ message, fields }: ValidationRule): SaveError => ({
  statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
  message,
  fields,
});

function isBroken(rule: ValidationRule, save: Save): boolean {
  try {
    return rule.isBroken(save);
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    throw new RowError(
      'FORMULA_EXPRESSION_INVALID',
      `The formula in the "${rule.name}" validation rule is invalid: ${error.message}`,
    );
  }
}

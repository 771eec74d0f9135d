import { compileFormula } from '../formula/compile.ts';
import type { Xml } from '../metadata/xml.ts';
import type { Schema } from '../schema/types.ts';
import { rulePlace } from './place.ts';
import type { Save } from './place.ts';

/** A validation rule, compiled: the save is refused with its message where its condition holds. */
export interface ValidationRule {
  readonly name: string;
  readonly message: string;
  /** Where the message is shown: at a field, or at the top of the page. */
  readonly fields: readonly string[];
  readonly isBroken: (save: Save) => boolean;
}

/** The active rules by object. */
export type ValidationRules = ReadonlyMap<string, readonly ValidationRule[]>;

/** Compiles the active validation rules. Throws a LoadError that names file and rule. */
export function loadValidationRules(schema: Schema, rules: ReadonlyMap<string, readonly Xml[]>): ValidationRules {
  return new Map(
    [...rules].map(([object, list]) => [
      object,
      list.filter((xml) => xml.flag('active')).map((xml) => loadRule(schema, object, xml)),
    ]),
  );
}

function loadRule(schema: Schema, objectName: string, xml: Xml): ValidationRule {
  const name = xml.required('fullName');
  const refuse = (problem: string): never => xml.fail(`validation rule ${name}: ${problem}`);
  const object = schema.object(objectName) ?? refuse(`the local org has no object ${objectName}`);
  const formula = compileFormula(rulePlace(schema, object, refuse), xml.required('errorConditionFormula'));
  if (formula.type !== 'boolean')
    refuse(`Formula result is data type (${formula.type}), incompatible with expected data type (true or false)`);
  const shownAt = xml.text('errorDisplayField');
  const field =
    shownAt === undefined ? undefined : (object.field(shownAt) ?? refuse(`Field ${shownAt} does not exist`));
  return {
    name,
    message: xml.required('errorMessage'),
    fields: field ? [field.name] : [],
    isBroken: (save) => formula.evaluate(save) === true,
  };
}

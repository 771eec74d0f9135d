import type { FieldDefinition } from '../schema/definition.ts';
import type { Xml } from './xml.ts';

/** Global value sets by name. */
export type ValueSets = ReadonlyMap<string, Xml>;

/** The values of a picklist field, its own or those of a global value set. Inactive values count as absent. */
export function picklistOf(xml: Xml, name: string, valueSets: ValueSets): Partial<FieldDefinition> {
  const set = xml.one('valueSet') ?? xml.fail(`field ${name}: <valueSet> is missing`);
  const global = set.text('valueSetName');
  const values = global
    ? (valueSets.get(global) ?? xml.fail(`field ${name}: global value set ${global} was not found`)).all('customValue')
    : (set.one('valueSetDefinition')?.all('value') ?? xml.fail(`field ${name}: <valueSetDefinition> is missing`));
  const active = values.filter((value) => value.text('isActive') !== 'false');
  const standard = active.find((value) => value.flag('default'))?.required('fullName');
  const controller = set.text('controllingField');
  const settings = set.all('valueSettings');
  return {
    values: active.map((value) => ({
      value: value.required('fullName'),
      label: value.text('label') ?? value.required('fullName'),
      ...(controller === undefined ? {} : { validFor: validFor(value.required('fullName'), settings) }),
    })),
    ...(controller === undefined ? {} : { controller }),
    restricted: global !== undefined || set.flag('restricted'),
    ...(standard === undefined ? {} : { default: standard }),
  };
}

/** The controlling values that offer a value. */
const validFor = (name: string, settings: readonly Xml[]): string[] =>
  settings
    .filter((setting) => setting.required('valueName') === name)
    .flatMap((setting) => setting.all('controllingFieldValue').map(({ value }) => value));

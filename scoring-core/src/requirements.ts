import type { Condition } from './schema/condition.ts';
import type { Model } from './schema/model.ts';

export type Requirements = {
  object: string;
  /** Dotted paths on the record and its parents. */
  fields: string[];
  /** Child rows: their path from the record and the paths read on each row; none where rows are only counted. */
  children: { path: string; fields: string[] }[];
  /** Patterns such as `email.*`. */
  engagementTypes: string[];
};

/**
 * What a model reads, so that callers fetch exactly that; disabled rules read nothing. `CreatedDate` is among the fields
 * where an inactivity rule falls back to it. All lists are sorted and name everything once.
 *
 * @example requirements(model).fields // ['Account.Industry', 'CreatedDate', 'Title']
 */
export function requirements(model: Model): Requirements {
  const fields = new Set<string>();
  const types = new Set<string>();
  const children = new Map<string, Set<string>>();

  /** `parent` is the path of the child rows whose fields a condition reads; '' for the record. */
  const read = (condition: Condition, parent = ''): void => {
    if ('all' in condition) for (const part of condition.all) read(part, parent);
    else if ('any' in condition) for (const part of condition.any) read(part, parent);
    else if ('not' in condition) read(condition.not, parent);
    else if ('related' in condition) {
      const path = parent === '' ? condition.related : `${parent}.${condition.related}`;
      const rowFields = children.get(path) ?? new Set();
      children.set(path, rowFields);
      if (condition.field !== undefined) rowFields.add(condition.field);
      if (condition.where) read(condition.where, path);
    } else (children.get(parent) ?? fields).add(condition.field);
  };

  for (const rule of model.rules.filter(({ enabled }) => enabled !== false)) {
    if (rule.kind === 'attribute') read(rule.when);
    else rule.types.forEach((type) => types.add(type));
    if (rule.kind === 'inactivity') fields.add('CreatedDate');
  }
  for (const gate of model.gates ?? []) read(gate.when);

  return {
    object: model.object,
    fields: sorted(fields),
    children: sorted(children.keys()).map((path) => ({ path, fields: sorted(children.get(path)!) })),
    engagementTypes: sorted(types),
  };
}

const sorted = (texts: Iterable<string>): string[] => [...texts].sort();

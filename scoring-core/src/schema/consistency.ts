/**
 * What section 3 asks of several parts of a model together. It reads models that may have other problems too, so that
 * all are reported at once: whatever does not have the expected shape is passed over here, the schema has refused it.
 */
import { isObject, type Json } from '../path.ts';
import { pointer, type Problem } from './problems.ts';

/** The most conditions that may lie within one another, the innermost test included. */
const DEEPEST = 8;

type Report = (place: readonly PropertyKey[], message: string) => void;

export function inconsistencies(model: unknown): Problem[] {
  if (!isObject(model)) return [];
  const problems: Problem[] = [];
  const report: Report = (place, message) => problems.push({ path: pointer(place), message });

  for (const name of ['rules', 'categories', 'gates']) {
    unique(entries(model[name]), 'key', (index) => [name, index, 'key'], report);
  }
  const categories = new Set(entries(model['categories']).map(([, category]) => category['key']));
  const belongs = (category: unknown, place: readonly PropertyKey[]) => {
    if (typeof category === 'string' && !categories.has(category)) {
      report(place, `There is no category with the key "${category}"; add it to categories or name one that is there.`);
    }
  };

  for (const [index, rule] of entries(model['rules'])) {
    const place = ['rules', index];
    belongs(rule['category'], [...place, 'category']);
    if (rule['kind'] === 'attribute' && rule['expires'] !== undefined && rule['hold'] !== 'once') {
      report(
        [...place, 'expires'],
        'Only a rule with "hold": "once" can expire; leave expires out or hold the rule once.',
      );
    }
    if (rule['kind'] === 'inactivity' && rule['every'] !== undefined && rule['max'] === undefined) {
      report([...place, 'max'], 'This is missing; a rule with every needs max, a number above 0 that ends its growth.');
    }
    conditionProblems(rule['when'], [...place, 'when'], report);
    conditionProblems(rule['where'], [...place, 'where'], report);
  }
  for (const [index, category] of entries(model['categories'])) minBelowMax(category, ['categories', index], report);
  if (isObject(model['range'])) {
    minBelowMax(model['range'], ['range'], report);
    for (const side of ['min', 'max']) decimals(model, model['range'][side], ['range', side], report);
  }
  for (const [index, gate] of entries(model['gates'])) {
    decimals(model, gate['cap'], ['gates', index, 'cap'], report);
    conditionProblems(gate['when'], ['gates', index, 'when'], report);
  }
  ratings(model, report);
  for (const [index, grade] of entries(model['grades'])) {
    belongs(grade['category'], ['grades', index, 'category']);
    gradeSteps(grade, ['grades', index, 'steps'], report);
  }
  return problems;
}

/** The objects in a list with their places; nothing for what is no list. */
function entries(list: unknown): [number, Json][] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown, index): [number, Json][] => (isObject(item) ? [[index, item]] : []));
}

function unique(items: [number, Json][], name: string, place: (index: number) => PropertyKey[], report: Report): void {
  const seen = new Set<unknown>();
  for (const [index, item] of items) {
    const value = item[name];
    if (typeof value !== 'string') continue;
    if (seen.has(value)) report(place(index), `"${value}" is used above already; every ${name} here must be its own.`);
    seen.add(value);
  }
}

function minBelowMax({ min, max }: Json, place: readonly PropertyKey[], report: Report): void {
  if (typeof min === 'number' && typeof max === 'number' && min > max) {
    report([...place, 'min'], `The min ${min} lies above the max ${max}; expected a min of at most the max.`);
  }
}

function decimals(model: Json, value: unknown, place: readonly PropertyKey[], report: Report): void {
  const allowed = model['decimals'] ?? 0;
  if (typeof value !== 'number' || (allowed !== 0 && allowed !== 1)) return;
  const scale = 10 ** allowed;
  if (Math.round(value * scale) / scale !== value) {
    report(place, `${value} has more decimals than the score; expected at most ${allowed} (decimals of the model).`);
  }
}

function ratings(model: Json, report: Report): void {
  const thresholds = entries(model['thresholds']);
  unique(thresholds, 'rating', (index) => ['thresholds', index, 'rating'], report);
  let last = -Infinity;
  for (const [index, { min, leaveBelow }] of thresholds) {
    if (typeof min !== 'number') continue;
    if (min <= last)
      report(['thresholds', index, 'min'], `Thresholds rise; expected a min above ${last}, but found ${min}.`);
    last = min;
    if (typeof leaveBelow === 'number' && leaveBelow > min) {
      report(['thresholds', index, 'leaveBelow'], `Expected at most the min ${min}, but found ${leaveBelow}.`);
    }
  }
  const taken = new Set(thresholds.map(([, threshold]) => threshold['rating']));
  for (const [index, { rating }] of entries(model['gates'])) {
    if (typeof rating === 'string' && taken.has(rating)) {
      report(['gates', index, 'rating'], `"${rating}" is the rating of a threshold; expected one of the gate's own.`);
    }
  }
}

function gradeSteps(grade: Json, place: readonly PropertyKey[], report: Report): void {
  if (!Array.isArray(grade['steps'])) return;
  if (grade['steps'].length === 0) report(place, 'The list is empty; expected steps of which the last has no min.');
  const steps = entries(grade['steps']);
  let last = Infinity;
  for (const [index, { min }] of steps) {
    const isLast = index === grade['steps'].length - 1;
    if (isLast && min !== undefined) {
      report([...place, index, 'min'], 'The last step takes what is left; expected no min.');
    } else if (!isLast && min === undefined) {
      report([...place, index, 'min'], 'This is missing; every step but the last needs a min.');
    } else if (typeof min === 'number') {
      if (min >= last) report([...place, index, 'min'], `Steps fall; expected a min below ${last}, but found ${min}.`);
      last = min;
    }
  }
}

/** Too deep a nesting, and aggregates that lack their field. */
function conditionProblems(condition: unknown, place: readonly PropertyKey[], report: Report, depth = 1): void {
  if (!isObject(condition)) return;
  if (depth > DEEPEST) {
    report(place, `Conditions may be nested ${DEEPEST} deep; this one lies deeper. Take a level out.`);
    return;
  }
  for (const name of ['all', 'any']) {
    for (const [index, part] of entries(condition[name])) {
      conditionProblems(part, [...place, name, index], report, depth + 1);
    }
  }
  for (const name of ['not', 'where']) conditionProblems(condition[name], [...place, name], report, depth + 1);
  const { aggregate, field } = condition;
  if ((aggregate === 'sum' || aggregate === 'min' || aggregate === 'max') && field === undefined) {
    report([...place, 'field'], `This is missing; ${aggregate} needs the path of a field on the related rows.`);
  }
}

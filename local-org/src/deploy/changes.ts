import type { Field, Schema, SObject } from '../schema/types.ts';
import { ignoresCase } from '../store/columns.ts';
import { quote } from '../store/database.ts';
import type { Database } from '../store/database.ts';

/** A field whose change Salesforce refuses, for what it is or for the records that there are. */
export interface RefusedChange {
  /** `Lead.Score__c` */
  readonly field: string;
  readonly problem: string;
}

/** The changes from one schema to the next that would lose or contradict what the store holds. */
export function refusedChanges(database: Database, before: Schema, after: Schema): RefusedChange[] {
  return after.objects.flatMap((object) => {
    const known = before.object(object.name);
    if (!known || object.isEvent) return [];
    return object.stored.flatMap((field) => {
      const old = known.field(field.name);
      const holds = (condition: string) =>
        database.get(`SELECT 1 FROM ${quote(object.name)} WHERE ${condition} LIMIT 1`) !== undefined;
      const problem = old ? change(object, old, field, holds) : addition(field, holds);
      return problem === undefined ? [] : [{ field: `${object.name}.${field.name}`, problem }];
    });
  });
}

type Holds = (condition: string) => boolean;

const isMasterDetail = ({ type, onDelete, nillable }: Field) =>
  type === 'reference' && onDelete === 'cascade' && !nillable;

const addition = (field: Field, holds: Holds): string | undefined =>
  isMasterDetail(field) && holds('1')
    ? 'A master-detail relationship cannot be added to an object that has records: begin with a lookup, and fill it'
    : undefined;

function change(object: SObject, old: Field, field: Field, holds: Holds): string | undefined {
  const kind = (each: Field) =>
    each.derived === null ? (each.autoNumber === null ? each.type : 'auto-number') : 'formula';
  if (kind(old) !== kind(field)) return `Cannot change the type of the field from ${kind(old)} to ${kind(field)}`;
  if (field.referenceTo.join() !== old.referenceTo.join() && field.custom)
    return `Cannot change what the field refers to from ${old.referenceTo.join()} to ${field.referenceTo.join()}`;
  if (ignoresCase(old) !== ignoresCase(field))
    return 'the local org does not support changing whether values of a field differ by case';
  const column = quote(field.name);
  if (field.length < old.length && holds(`length(${column}) > ${field.length}`))
    return `The length cannot be less than that of the longest value (${field.length} is)`;
  const digits = field.precision - field.scale;
  if (digits < old.precision - old.scale && holds(`abs(${column}) >= 1e${digits}`))
    return `Records hold values with more than ${digits} digits before the decimal point`;
  if (field.scale < old.scale && holds(`round(${column}, ${field.scale}) <> ${column}`))
    return `Records hold values with more than ${field.scale} decimal places`;
  const alive = object.recycleBin ? ' AND "IsDeleted" = 0' : '';
  if (field.unique && !old.unique && holds(`${column} IS NOT NULL${alive} GROUP BY ${column} HAVING count(*) > 1`))
    return 'The field cannot become unique: records hold the same value';
  return undefined;
}

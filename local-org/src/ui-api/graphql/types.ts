import {
  GraphQLBoolean,
  GraphQLError,
  GraphQLID,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLString,
} from 'graphql';
import type { Field, FieldType } from '../../schema/types.ts';

/** A scalar of Salesforce's schema. What a field accepts is judged by the org itself, unless `check` refuses it here. */
const scalar = (name: string, check?: (value: unknown) => boolean): GraphQLScalarType =>
  new GraphQLScalarType({
    name,
    coerceInputValue: (value) => {
      if (value === null || !check || check(value)) return value;
      throw new GraphQLError(`${JSON.stringify(value)} is not a valid '${name}'`);
    },
  });

const isNumber = (value: unknown) => value !== '' && !Array.isArray(value) && Number.isFinite(Number(value));
const isDate = (value: unknown) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);
const isDateTime = (value: unknown) =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(value);

export const GraphQLLong = scalar('Long', isNumber);
/** An ID, or `@{alias}`: the ID of what another operation of the same mutation creates. */
export const IdOrRef = scalar('IdOrRef', (value) => typeof value === 'string');
export const GraphQLDouble = scalar('Double', isNumber);

const named = {
  Picklist: scalar('Picklist'),
  MultiPicklist: scalar('MultiPicklist'),
  TextArea: scalar('TextArea'),
  LongTextArea: scalar('LongTextArea'),
  Email: scalar('Email'),
  PhoneNumber: scalar('PhoneNumber'),
  Url: scalar('Url'),
  Currency: scalar('Currency', isNumber),
  Percent: scalar('Percent', isNumber),
  Date: scalar('Date', isDate),
  DateTime: scalar('DateTime', isDateTime),
  Time: scalar('Time'),
};

const SCALARS: Record<Exclude<FieldType, 'address' | 'anyType'>, GraphQLScalarType> = {
  id: GraphQLID,
  reference: GraphQLID,
  boolean: GraphQLBoolean,
  string: GraphQLString,
  textarea: named.TextArea,
  picklist: named.Picklist,
  combobox: named.Picklist,
  multipicklist: named.MultiPicklist,
  int: GraphQLInt,
  double: GraphQLDouble,
  currency: named.Currency,
  percent: named.Percent,
  date: named.Date,
  datetime: named.DateTime,
  time: named.Time,
  email: named.Email,
  phone: named.PhoneNumber,
  url: named.Url,
};

/** The scalar of a field's value; undefined for a compound field and for a field of any type, which have none. */
export function scalarOf(field: Field): GraphQLScalarType | undefined {
  if (field.type === 'address' || field.type === 'anyType') return undefined;
  return field.type === 'textarea' && field.length > 255 ? named.LongTextArea : SCALARS[field.type];
}

/** Computes a type for each key once. */
export function memo<Key, Type>(make: (key: Key) => Type): (key: Key) => Type {
  const known = new Map<Key, Type>();
  return (key) => {
    const type = known.get(key) ?? make(key);
    known.set(key, type);
    return type;
  };
}

/** The interface of all values of fields. */
const FieldValue = new GraphQLInterfaceType({ name: 'FieldValue', fields: { displayValue: { type: GraphQLString } } });

/** The object type of a field: `StringValue { value displayValue }`. One for each scalar. */
export const valueTypes = (): ((of: GraphQLScalarType) => GraphQLObjectType) =>
  memo(
    (of) =>
      new GraphQLObjectType({
        name: `${of.name}Value`,
        interfaces: [FieldValue],
        fields: {
          value: { type: of },
          displayValue: { type: GraphQLString },
          ...(of === named.Picklist
            ? {
                label: {
                  type: GraphQLString,
                  resolve: ({ displayValue }: { displayValue: string | null }) => displayValue,
                },
              }
            : {}),
        },
      }),
  );

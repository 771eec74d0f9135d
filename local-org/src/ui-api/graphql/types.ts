import { GraphQLBoolean, GraphQLID, GraphQLInt, GraphQLObjectType, GraphQLScalarType, GraphQLString } from 'graphql';
import type { Field, FieldType } from '../../schema/types.ts';

/** Scalars of Salesforce's schema. They pass values through: the org itself judges what a field accepts. */
const scalar = (name: string): GraphQLScalarType => new GraphQLScalarType({ name });

const named = {
  Picklist: scalar('Picklist'),
  MultiPicklist: scalar('MultiPicklist'),
  TextArea: scalar('TextArea'),
  LongTextArea: scalar('LongTextArea'),
  Email: scalar('Email'),
  PhoneNumber: scalar('PhoneNumber'),
  Url: scalar('Url'),
  Double: scalar('Double'),
  Currency: scalar('Currency'),
  Percent: scalar('Percent'),
  Date: scalar('Date'),
  DateTime: scalar('DateTime'),
  Time: scalar('Time'),
};

const SCALARS: Record<Exclude<FieldType, 'address'>, GraphQLScalarType> = {
  id: GraphQLID,
  reference: GraphQLID,
  boolean: GraphQLBoolean,
  string: GraphQLString,
  textarea: named.TextArea,
  picklist: named.Picklist,
  combobox: named.Picklist,
  multipicklist: named.MultiPicklist,
  int: GraphQLInt,
  double: named.Double,
  currency: named.Currency,
  percent: named.Percent,
  date: named.Date,
  datetime: named.DateTime,
  time: named.Time,
  email: named.Email,
  phone: named.PhoneNumber,
  url: named.Url,
};

/** The scalar of a field's value; undefined for a compound field, which has none. */
export function scalarOf(field: Field): GraphQLScalarType | undefined {
  if (field.type === 'address') return undefined;
  return field.type === 'textarea' && field.length > 255 ? named.LongTextArea : SCALARS[field.type];
}

/** The object type of a field: `StringValue { value displayValue }`. One for each scalar. */
export function valueTypes(): (of: GraphQLScalarType) => GraphQLObjectType {
  const types = new Map<GraphQLScalarType, GraphQLObjectType>();
  return (of) => {
    const known = types.get(of);
    if (known) return known;
    const type = new GraphQLObjectType({
      name: `${of.name === 'ID' ? 'ID' : of.name}Value`,
      fields: { value: { type: of }, displayValue: { type: GraphQLString } },
    });
    types.set(of, type);
    return type;
  };
}

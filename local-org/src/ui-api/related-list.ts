import { parseValue, valueFromASTUntyped } from 'graphql';
import { ApiError } from '../errors.ts';
import type { Org, User } from '../org.ts';
import { fieldList, literal } from '../rest/request.ts';
import type { ChildRelationship, SObject } from '../schema/types.ts';
import { withETag } from './etag.ts';
import { toCondition } from './graphql/filter.ts';
import type { Filter } from './graphql/filter.ts';
import { masterRecordType } from './record-type.ts';
import { notFound } from './record-error.ts';
import { objectOfRecord, readRecord } from './records.ts';
import { isSupported } from './supported.ts';

/** Parameters of a query for related records, from a query string or a body. */
export interface RelatedListQuery {
  readonly fields?: readonly string[];
  readonly optionalFields?: readonly string[];
  /** A filter as GraphQL writes it: `{ Type__c: { like: "email.%" } }`. */
  readonly where?: string | undefined;
  readonly sortBy?: readonly string[];
  readonly pageSize?: number;
  readonly pageToken?: number;
}

const MOST = 1999;

const listReference = (parent: string, relatedListId: string, recordId: string | null = null) => ({
  inContextOfRecordId: recordId,
  parentObjectApiName: parent,
  recordTypeId: masterRecordType,
  relatedListId,
  type: 'relatedList',
});

/** A page of the child records of a record. */
export function relatedListRecords(org: Org, user: User, id: string, name: string, query: RelatedListQuery): object {
  const parent = objectOfRecord(org, id);
  const { fields = [], optionalFields = [], where, sortBy = [], pageSize = 50, pageToken = 0 } = query;
  if (!(pageSize >= 1 && pageSize <= MOST))
    throw new ApiError(400, 'INVALID_PARAMETER_VALUE', `pageSize must be between 1 and ${MOST}`);
  const { relationship, child } = childOf(org, parent, name);
  const conditions = [`${relationship.field.name} = ${literal(id)}`];
  if (where) conditions.push(toCondition(child, org.schema, filterOf(where)));
  const order = [...sortBy.map(orderOf), 'Id'].join(', ');
  const soql =
    `SELECT Id FROM ${child.name} WHERE ${conditions.filter(Boolean).join(' AND ')} ORDER BY ${order}` +
    ` LIMIT ${pageSize + 1} OFFSET ${pageToken}`;
  const found = org.query(user, soql).records.map((record) => record['Id'] as string);
  const records = found.slice(0, pageSize).map((each) => readRecord(org, user, each, fields, optionalFields));
  return {
    count: records.length,
    currentPageToken: String(pageToken),
    fields,
    listReference: listReference(parent.name, relationship.name!, id),
    nextPageToken: found.length > pageSize ? String(pageToken + pageSize) : null,
    optionalFields,
    pageSize,
    previousPageToken: pageToken > 0 ? String(Math.max(0, pageToken - pageSize)) : null,
    records,
    sortBy,
    where: where ?? null,
  };
}

/** `-Name` or `Engagement__c.Occurred_At__c`. */
function orderOf(text: string): string {
  const [, minus, path = ''] = /^(-?)(.*)$/s.exec(text)!;
  const name = path.split('.').at(-1)!;
  return `${fieldList([name])} ${minus ? 'DESC' : 'ASC'} NULLS ${minus ? 'LAST' : 'FIRST'}`;
}

function filterOf(text: string): Filter {
  try {
    return valueFromASTUntyped(parseValue(text)) as Filter;
  } catch (error) {
    throw new ApiError(400, 'INVALID_PARAMETER_VALUE', `where: ${(error as Error).message}`);
  }
}

function childOf(org: Org, parent: SObject, name: string): { relationship: ChildRelationship; child: SObject } {
  const relationship = parent.children(name);
  const child = relationship && org.schema.object(relationship.object);
  if (!child || !isSupported(child)) throw notFound();
  return { relationship, child };
}

/** The related lists of an object: one for each child relationship. */
export const relatedLists = (org: Org, parent: SObject): object =>
  withETag({
    parentObjectApiName: parent.name,
    parentRecordTypeId: masterRecordType,
    relatedLists: parent.childRelationships.flatMap(({ name, object, field }) => {
      const child = org.schema.object(object);
      if (!name || !child || !isSupported(child)) return [];
      return {
        entityLabel: child.label,
        entityLabelPlural: child.labelPlural,
        fieldApiName: field.name,
        keyPrefix: child.keyPrefix,
        label: child.labelPlural,
        objectApiName: child.name,
        relatedListId: name,
        relatedListInfoUrl: null,
        themeInfo: null,
      };
    }),
  });

/** One related list: its generated columns are the name and the creation. */
export function relatedListInfo(org: Org, parent: SObject, name: string): object {
  const { relationship, child } = childOf(org, parent, name);
  const columns = [child.nameField, child.field('CreatedDate')].filter((field) => field !== undefined);
  return withETag({
    cloneable: false,
    createable: child.createable,
    deletable: child.deletable,
    displayColumns: columns.map(({ name: fieldApiName, label, type }) => ({
      dataType: type,
      fieldApiName,
      inlineEditAttributes: {},
      label,
      lookupId: null,
      sortable: true,
    })),
    fieldApiName: relationship.field.name,
    filterLogicString: null,
    filteredByInfo: [],
    label: child.labelPlural,
    listReference: listReference(parent.name, relationship.name!),
    name: relationship.name,
    objectApiNames: [child.name],
    orderedByInfo: [],
    parentObjectApiName: parent.name,
    relatedListTypeEnum: null,
    updateable: false,
    visibility: 'Public',
  });
}

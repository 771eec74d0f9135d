import type { Field, SObject } from '../schema/types.ts';
import { canonicalId, makeId } from '../store/id.ts';
import { knownObject, notFound } from './request.ts';
import { ok } from './route.ts';
import type { Call, Reply, Route } from './route.ts';

interface ListView {
  readonly id: string;
  readonly object: SObject;
  readonly columns: readonly Field[];
}

const hasListView = ({ isEvent, nameField }: SObject) => !isEvent && nameField !== undefined;

/** Each object has the list view that Salesforce makes for it: all records by name. */
const listViews = ({ org }: Call): ListView[] =>
  org.schema.objects.filter(hasListView).map((object, i) => ({
    id: makeId('00B', i + 1),
    object,
    columns: [object.nameField!, object.field('CreatedDate')!],
  }));

const query = ({ object, columns }: ListView) =>
  `SELECT ${columns.map(({ name }) => name).join(', ')}, Id FROM ${object.name} ORDER BY ${columns[0]!.name} ASC NULLS FIRST, Id ASC NULLS FIRST`;

/** The query of the list view with this ID. */
export function listViewQuery(call: Call, id: string): string | undefined {
  const view = listViews(call).find((each) => each.id === canonicalId(id));
  return view && query(view);
}

function viewOf(call: Call): ListView {
  const object = knownObject(call);
  const view = listViews(call).find((each) => each.object === object && each.id === canonicalId(call.params['view']));
  if (!view) throw notFound();
  return view;
}

const summary = ({ id, object }: ListView) => ({
  id,
  developerName: `All_${object.name}`,
  label: `All ${object.labelPlural}`,
});

function list(call: Call): Reply {
  const object = knownObject(call);
  const url = `/services/data/v${call.version}/sobjects/${object.name}/listviews`;
  const listviews = listViews(call)
    .filter((view) => view.object === object)
    .map((view) => ({
      ...summary(view),
      describeUrl: `${url}/${view.id}/describe`,
      resultsUrl: `${url}/${view.id}/results`,
      soqlCompatible: true,
      url: `${url}/${view.id}`,
    }));
  return ok({ done: true, listviews, nextRecordsUrl: null, size: listviews.length, sobjectType: object.name });
}

const columnsOf = ({ columns }: ListView) =>
  columns.map(({ name, label, type }, i) => ({
    ascendingLabel: null,
    descendingLabel: null,
    fieldNameOrPath: name,
    hidden: false,
    label,
    selectListItem: name,
    sortDirection: i === 0 ? 'ascending' : null,
    sortIndex: i === 0 ? 0 : null,
    sortable: true,
    type,
  }));

const describe = (view: ListView) => ({
  columns: columnsOf(view),
  id: view.id,
  orderBy: [{ fieldNameOrPath: view.columns[0]!.name, nullsPosition: 'first', sortDirection: 'ascending' }],
  query: query(view),
  relatedEntityId: null,
  scope: 'everything',
  scopeEntityId: null,
  sobjectType: view.object.name,
  whereCondition: { conditions: [], conjunction: 'and' },
});

function results(call: Call): Reply {
  const view = viewOf(call);
  const limit = Math.min(Number(call.query['limit'] ?? 25), 2000);
  const offset = Number(call.query['offset'] ?? 0);
  const { records } = call.org.query(call.user, `${query(view)} LIMIT ${limit} OFFSET ${offset}`);
  return ok({
    ...summary(view),
    columns: columnsOf(view),
    done: records.length < limit,
    records: records.map((record) => ({
      columns: [...view.columns.map(({ name }) => name), 'Id'].map((name) => ({
        fieldNameOrPath: name,
        value: record[name],
      })),
    })),
    size: records.length,
  });
}

export const listViewRoutes: Route[] = [
  { method: 'GET', path: '/sobjects/:object/listviews', handle: list },
  { method: 'GET', path: '/sobjects/:object/listviews/:view', handle: (call) => ok(summary(viewOf(call))) },
  { method: 'GET', path: '/sobjects/:object/listviews/:view/describe', handle: (call) => ok(describe(viewOf(call))) },
  { method: 'GET', path: '/sobjects/:object/listviews/:view/results', handle: results },
];

import type { ObjectDescribe } from '../schema/describe.ts';
import type { Field, SObject } from '../schema/types.ts';
import { knownObject, notFound } from './request.ts';
import { ok } from './route.ts';
import type { Call, Reply, Route } from './route.ts';

/** The record type of objects that have none. */
const master = { available: true, name: 'Master', recordTypeId: '012000000000000AAA' };

/** The layouts that go by a name of their own. */
const named: Readonly<Record<string, readonly string[]>> = { User: ['UserAlt'] };

const shown = ({ type, name }: Field) => type !== 'id' && type !== 'address' && name !== 'IsDeleted';

/** The one layout that an object has: all its fields in two columns. */
function layout(object: SObject, describe: ObjectDescribe) {
  const fields = object.fields.filter(shown);
  const rows = Array.from({ length: Math.ceil(fields.length / 2) }, (_, i) => fields.slice(2 * i, 2 * i + 2));
  const section = {
    collapsed: false,
    columns: 2,
    heading: 'Information',
    layoutRows: rows.map((row) => ({
      layoutItems: row.map((field) => item(field, describe)),
      numItems: row.length,
    })),
    parentLayoutId: null,
    rows: rows.length,
    tabOrder: 'LeftToRight',
    useCollapsibleSection: false,
    useHeading: true,
  };
  return {
    buttonLayoutSection: { detailButtons: [] },
    detailLayoutSections: [section],
    editLayoutSections: [section],
    feedView: null,
    highlightsPanelLayoutSection: null,
    id: null,
    multirowEditLayoutSections: [],
    offlineLinks: [],
    quickActionList: { quickActionListItems: [] },
    relatedContent: null,
    relatedLists: [],
    saveOptions: [],
  };
}

const item = (field: Field, describe: ObjectDescribe) => ({
  editableForNew: field.createable,
  editableForUpdate: field.updateable,
  label: field.label,
  layoutComponents: [
    {
      details: describe.fields.find(({ name }) => name === field.name),
      displayLines: 1,
      tabOrder: 0,
      type: 'Field',
      value: field.name,
    },
  ],
  placeholder: false,
  required: !field.nillable && field.createable && field.type !== 'boolean',
});

function layouts(call: Call): Reply {
  const object = knownObject(call);
  if (object.isEvent) throw notFound();
  return ok({
    layouts: [layout(object, call.org.describe(object.name, call.version))],
    recordTypeMappings: [
      {
        ...master,
        active: true,
        defaultRecordTypeMapping: true,
        developerName: 'Master',
        layoutId: null,
        master: true,
        picklistsForRecordType: [],
      },
    ],
    recordTypeSelectorRequired: [false],
  });
}

function namedLayout(call: Call): Reply {
  const names = named[knownObject(call).name] ?? [];
  if (!names.some((name) => name.toLowerCase() === call.params['name']!.toLowerCase())) throw notFound();
  return layouts(call);
}

/** The system's own compact layout: the name alone. */
function compactLayouts(call: Call): Reply {
  const object = knownObject(call);
  const describe = call.org.describe(object.name, call.version);
  const compact = {
    actions: [],
    fieldItems: object.nameField ? [item(object.nameField, describe)] : [],
    id: null,
    imageItems: [],
    label: 'System Default',
    name: 'SYSTEM',
    objectType: object.name,
  };
  const { available, name, recordTypeId } = master;
  const mapping = { available, compactLayoutId: null, compactLayoutName: 'SYSTEM', recordTypeId, recordTypeName: name };
  return ok({
    compactLayouts: [compact],
    defaultCompactLayoutId: null,
    recordTypeCompactLayoutMappings: [mapping],
  });
}

const path = '/sobjects/:object/describe';

export const layoutRoutes: Route[] = [
  { method: 'GET', path: `${path}/layouts`, handle: layouts },
  { method: 'GET', path: `${path}/namedLayouts/:name`, handle: namedLayout },
  { method: 'GET', path: `${path}/compactLayouts`, handle: compactLayouts },
  // The org has no approval processes.
  {
    method: 'GET',
    path: `${path}/approvalLayouts`,
    handle: (call) => (knownObject(call), ok({ approvalLayouts: [] })),
  },
];

import type { Xml } from '../metadata/xml.ts';
import type { Row, Schema } from '../schema/types.ts';
import { problemWithField, problemWithObject } from './check.ts';
import { isUserPermission } from './user-permissions.ts';

/** A permission set's metadata as the records that hold it; each grant still without its `ParentId`. */
export interface PermissionSetRows {
  readonly set: Row;
  readonly objects: readonly Row[];
  readonly fields: readonly Row[];
  /** Names of custom permissions. */
  readonly custom: readonly string[];
}

/** What applies in the user interface only. */
const notEnforced = ['applicationVisibilities', 'tabSettings'];
const read = [
  ...['label', 'description', 'license', 'hasActivationRequired'],
  ...['objectPermissions', 'fieldPermissions', 'userPermissions', 'customPermissions'],
];

/** Reads `*.permissionset-meta.xml`. Throws a LoadError where Salesforce would refuse the deployment. */
export function readPermissionSet(schema: Schema, name: string, xml: Xml, customPermissions: readonly string[]) {
  const unknown = xml.tags.find((tag) => !read.includes(tag) && !notEnforced.includes(tag));
  if (unknown !== undefined) xml.fail(`<${unknown}> is not supported by the local org`);
  const granted = xml.all('userPermissions').filter((permission) => permission.flag('enabled'));
  for (const permission of granted) {
    const wanted = permission.required('name');
    if (!isUserPermission(wanted)) xml.fail(`the user permission ${wanted} is not supported by the local org`);
  }
  const rows: PermissionSetRows = {
    set: {
      Name: name,
      Label: xml.required('label'),
      Description: xml.text('description') ?? null,
      HasActivationRequired: xml.flag('hasActivationRequired'),
      ...Object.fromEntries(granted.map((permission) => [`Permissions${permission.required('name')}`, true])),
    },
    objects: xml.all('objectPermissions').map(objectRow),
    fields: xml.all('fieldPermissions').map(fieldRow),
    custom: xml
      .all('customPermissions')
      .filter((permission) => permission.flag('enabled'))
      .map((permission) => permission.required('name')),
  };
  const problem =
    rows.objects.map((row) => problemWithObject(schema, row)).find(Boolean) ??
    rows.fields.map((row) => problemWithField(schema, row)).find(Boolean) ??
    rows.custom
      .filter((each) => !customPermissions.includes(each))
      .map((each) => `no CustomPermission named ${each}`)[0];
  return problem === undefined ? rows : xml.fail(problem);
}

const objectRow = (xml: Xml): Row => ({
  SobjectType: xml.required('object'),
  PermissionsCreate: xml.flag('allowCreate'),
  PermissionsRead: xml.flag('allowRead'),
  PermissionsEdit: xml.flag('allowEdit'),
  PermissionsDelete: xml.flag('allowDelete'),
  PermissionsViewAllRecords: xml.flag('viewAllRecords'),
  PermissionsModifyAllRecords: xml.flag('modifyAllRecords'),
});

function fieldRow(xml: Xml): Row {
  const Field = xml.required('field');
  return {
    SobjectType: Field.split('.')[0]!,
    Field,
    PermissionsRead: xml.flag('readable'),
    PermissionsEdit: xml.flag('editable'),
  };
}

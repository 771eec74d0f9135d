import { basename, join } from 'node:path';
import { LoadError } from '../errors.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/definition.ts';
import { customField } from './custom-field.ts';
import { customObject } from './custom-object.ts';
import type { SourceFiles } from './source-files.ts';
import { parseXml } from './xml.ts';
import type { Xml } from './xml.ts';

/** What a source folder says, as far as it concerns data: objects with their fields, and flows still as XML. */
export interface Source {
  readonly custom: readonly ObjectDefinition[];
  /** Custom fields on standard objects, by object name. */
  readonly extensions: ReadonlyMap<string, readonly FieldDefinition[]>;
  readonly flows: ReadonlyMap<string, Xml>;
  readonly notificationTypes: ReadonlyMap<string, Xml>;
  /** Email alerts, by object. */
  readonly workflows: ReadonlyMap<string, Xml>;
  readonly permissionSets: ReadonlyMap<string, Xml>;
  readonly customPermissions: ReadonlyMap<string, Xml>;
  readonly leadConvertSettings: Xml | undefined;
  /** Standard fields whose history is tracked, by object. */
  readonly tracked: ReadonlyMap<string, readonly Xml[]>;
  /** Validation rules by object. */
  readonly validationRules: ReadonlyMap<string, readonly Xml[]>;
  readonly eventChannels: ReadonlyMap<string, Xml>;
  readonly eventChannelMembers: ReadonlyMap<string, Xml>;
}

/** Metadata that changes what a save does or accepts; without it the org would accept what Salesforce refuses. */
const unsupported: Record<string, string> = {
  '.trigger': 'Apex triggers',
  '.recordType-meta.xml': 'record types',
  '.duplicateRule-meta.xml': 'duplicate rules',
  '.assignmentRules-meta.xml': 'assignment rules',
  '.standardValueSet-meta.xml': 'changed standard value sets',
};

/** Reads metadata in source format. Throws a LoadError that names the file that the org cannot keep to. */
export function readSource(files: SourceFiles): Source {
  for (const file of files.keys())
    for (const [ending, what] of Object.entries(unsupported))
      if (file.endsWith(ending)) throw new LoadError(`${file}: ${what} are not supported by the local org`);

  const read = (ending: string, root: string) =>
    new Map(
      [...files]
        .filter(([file]) => file.endsWith(ending))
        .map(([file, text]) => [basename(file, ending), parseXml(text, root, file)] as const),
    );
  const valueSets = read('.globalValueSet-meta.xml', 'GlobalValueSet');
  const fields = new Map<string, FieldDefinition[]>();
  for (const [file, text] of [...files].filter(([path]) => path.endsWith('__c.field-meta.xml'))) {
    const object = basename(join(file, '..', '..'));
    const field = customField(parseXml(text, 'CustomField', file), valueSets);
    fields.set(object, [...(fields.get(object) ?? []), field]);
  }
  const validationRules = Map.groupBy(
    [...files]
      .filter(([path]) => path.endsWith('.validationRule-meta.xml'))
      .map(([file, text]) => parseXml(text, 'ValidationRule', file)),
    objectOf,
  );
  const tracked = Map.groupBy(
    [...files]
      .filter(([path]) => path.endsWith('.field-meta.xml') && !path.endsWith('__c.field-meta.xml'))
      .map(([file, text]) => parseXml(text, 'CustomField', file))
      .filter((xml) => xml.flag('trackHistory')),
    objectOf,
  );
  const objects = [...read('.object-meta.xml', 'CustomObject')].filter(([name]) => name.includes('__'));
  const custom = objects.map(([name, xml]) => customObject(name, xml, fields.get(name) ?? []));
  for (const { name } of custom) fields.delete(name);
  return {
    custom,
    extensions: fields,
    flows: read('.flow-meta.xml', 'Flow'),
    tracked,
    validationRules,
    notificationTypes: read('.notiftype-meta.xml', 'CustomNotificationType'),
    workflows: alertsOnly(read('.workflow-meta.xml', 'Workflow')),
    permissionSets: read('.permissionset-meta.xml', 'PermissionSet'),
    customPermissions: read('.customPermission-meta.xml', 'CustomPermission'),
    leadConvertSettings: read('.LeadConvertSetting-meta.xml', 'LeadConvertSettings').get('LeadConvertSettings'),
    eventChannels: read('.platformEventChannel-meta.xml', 'PlatformEventChannel'),
    eventChannelMembers: read('.platformEventChannelMember-meta.xml', 'PlatformEventChannelMember'),
  };
}

/** The object in whose folder a file lies: `objects/Lead/fields/Status.field-meta.xml`. */
const objectOf = ({ file }: Xml) => basename(join(file, '..', '..'));

/** Of workflows, the local org keeps email alerts, which flows send. */
function alertsOnly(workflows: ReadonlyMap<string, Xml>): ReadonlyMap<string, Xml> {
  for (const { children } of workflows.values())
    for (const child of children)
      if (!['alerts', 'fullName'].includes(child.tag))
        child.fail(`<${child.tag}>: workflow rules are not supported by the local org`);
  return workflows;
}

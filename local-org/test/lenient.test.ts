import { afterAll, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openOrg } from '../src/open.ts';
import { usernames } from '../src/seed.ts';

const folder = mkdtempSync(join(tmpdir(), 'lenient-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const field = (name: string, type: string, more = '') =>
  `<CustomField><fullName>${name}</fullName><label>${name}</label><type>${type}</type>${more}</CustomField>`;
const files: Record<string, string> = {
  'objects/Lead/fields/Kept__c.field-meta.xml': field('Kept__c', 'Text', '<length>10</length>'),
  'objects/Lead/fields/Place__c.field-meta.xml': field('Place__c', 'Location', '<scale>5</scale>'),
  'objects/Order/fields/Extra__c.field-meta.xml': field('Extra__c', 'Text', '<length>10</length>'),
  'objects/Kind__mdt/Kind__mdt.object-meta.xml': '<CustomObject><label>Kind</label></CustomObject>',
  'objects/Kind__mdt/fields/Name__c.field-meta.xml': field('Name__c', 'Text', '<length>10</length>'),
  'triggers/Leads.trigger': 'trigger Leads on Lead (before insert) {}',
  'permissionsets/Some.permissionset-meta.xml': `<PermissionSet>
    <fieldPermissions>
        <editable>true</editable>
        <field>Lead.Kept__c</field>
        <readable>true</readable>
    </fieldPermissions>
    <fieldPermissions>
        <editable>true</editable>
        <field>Lead.Place__c</field>
        <readable>true</readable>
    </fieldPermissions>
    <label>Some</label>
</PermissionSet>
`,
};
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

test('an org that may leave things out says of each what it is, and keeps the rest', () => {
  const told: string[] = [];
  const open = (leaveOut?: (problem: string) => void) => openOrg({ source: folder, clock: Date.now, leaveOut });
  expect(() => open()).toThrow('are not supported by the local org');

  const org = open((problem) => told.push(problem));
  expect(told.map((problem) => /(Order|\w+__\w+|\w+\.trigger)\W[^/]*$/.exec(problem)?.[1]).sort()).toEqual([
    'Kind__mdt',
    'Leads.trigger',
    'Order',
    'Place__c',
    'Place__c',
  ]);
  const admin = org.user(usernames.admin)!;
  expect(org.insert(admin, 'Lead', [{ LastName: 'A', Company: 'B', Kept__c: 'x' }])).toMatchObject([{ success: true }]);
  expect(org.schema.object('Lead')!.field('Place__c')).toBeUndefined();
  const granted = org.query(admin, "SELECT Field FROM FieldPermissions WHERE Parent.Name = 'Some'").records;
  expect(granted).toMatchObject([{ Field: 'Lead.Kept__c' }]);
  org.close();
});

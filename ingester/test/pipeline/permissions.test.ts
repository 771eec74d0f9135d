import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { usernames } from '../../../local-org/src/seed.ts';
import { leadModel } from '../support/model.ts';
import { startOrg, type TestOrg } from '../support/org.ts';
import { startPipeline, type Pipeline } from '../support/pipeline.ts';
import { until } from '../support/until.ts';

const JANE = 'jane@example.com';
const click = { type: 'email.click', email: JANE, occurredAt: '2026-02-03T09:15:00Z' };

/** A model that reads a field which the permission set Scoreline Ingester does not give. */
const model = {
  ...leadModel,
  rules: [
    ...leadModel.rules,
    { key: 'fax', name: 'Has a fax', kind: 'attribute', points: 5, when: { field: 'Fax', op: 'notBlank' } },
  ],
};

let org: TestOrg;
let pipeline: Pipeline;

beforeEach(async () => {
  org = await startOrg();
});
afterEach(async () => {
  await pipeline.stop();
  await org.stop();
});

test('a field that may not be read is named, and read once an admin grants it', async () => {
  org.model(model);
  const id = org.lead(JANE, { Fax: '+1 555 0100' });
  const score = () => org.query(`SELECT Lead_Score__c FROM Lead WHERE Id = '${id}'`)[0]!['Lead_Score__c'];
  pipeline = await startPipeline(org);
  await pipeline.send({ ...click, id: 'c1' });
  await until(async () => 'leads' in (await pipeline.status()).skippedModels, 'the model is skipped');
  expect((await pipeline.status()).skippedModels['leads']).toContain("No such column 'Fax' on entity 'Lead'");
  expect(score()).toBeNull();

  const ParentId = org.insert('PermissionSet', { Name: 'Scoreline_Fax', Label: 'Scoreline: fax numbers' });
  org.insert('FieldPermissions', { ParentId, SobjectType: 'Lead', Field: 'Lead.Fax', PermissionsRead: true });
  const [user] = org.query(`SELECT Id FROM User WHERE Username = '${usernames.integration}'`);
  org.insert('PermissionSetAssignment', { PermissionSetId: ParentId, AssigneeId: user!['Id'] });
  await pipeline.stop();
  pipeline = await startPipeline(org);
  await pipeline.send({ ...click, id: 'c1' });
  await until(() => score() === 15, 'the lead is scored');
});

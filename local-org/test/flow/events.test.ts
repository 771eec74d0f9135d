import { describe, expect, test } from '@jest/globals';
import {
  admin,
  createTask,
  filter,
  flowFile,
  insert,
  insertLead,
  NOW,
  orgOf,
  reference,
  rows,
  set,
  start,
  text,
} from './support.ts';

const event = (behavior = 'PublishAfterCommit') =>
  `<?xml version="1.0"?><CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><deploymentStatus>Deployed</deploymentStatus><eventType>HighVolume</eventType><label>Ping</label><pluralLabel>Pings</pluralLabel><publishBehavior>${behavior}</publishBehavior></CustomObject>`;
const field =
  '<?xml version="1.0"?><CustomField xmlns="http://soap.sforce.com/2006/04/metadata"><fullName>Text__c</fullName><label>Text</label><length>80</length><type>Text</type></CustomField>';
const onPing = (inner = '') =>
  `<start><connector><targetReference>Act</targetReference></connector>${inner}<object>Ping__e</object><triggerType>PlatformEvent</triggerType></start>`;
const publish = (...more: string[]) =>
  `<recordCreates><name>Act</name>${more.join('')}${set('Text__c', reference('$Record.LastName'))}<object>Ping__e</object></recordCreates>`;

const orgWith = (flows: Record<string, string>, behavior?: string) =>
  orgOf(
    {
      'objects/Ping__e/Ping__e.object-meta.xml': event(behavior),
      'objects/Ping__e/fields/Text__c.field-meta.xml': field,
      ...Object.fromEntries(Object.entries(flows).map(([name, xml]) => [`flows/${name}.flow-meta.xml`, flowFile(xml)])),
    },
    () => NOW,
  );

describe('a platform-event-triggered flow', () => {
  test('runs for each event that meets its conditions, once the call is over, as the Automated Process', async () => {
    const org = orgWith({
      On_Ping:
        onPing(`<filterLogic>and</filterLogic>${filter('Text__c', 'StartsWith', 'a')}`) +
        createTask(set('Subject', reference('$Record.Text__c'))),
    });
    for (const Text__c of ['a1', 'b', 'a2']) insert(org, 'Ping__e', { Text__c });
    const tasks = () => rows(org, 'SELECT Subject, CreatedBy.Name, Owner.Name FROM Task ORDER BY Subject');
    expect(tasks()).toEqual([]);
    await org.flows.settled();
    expect(tasks()).toMatchObject([
      { Subject: 'a1', CreatedBy: { Name: 'Automated Process' }, Owner: { Name: 'Automated Process' } },
      { Subject: 'a2' },
    ]);
  });

  test('that fails is undone and mailed to the admin; the events after it are received all the same', async () => {
    const org = orgWith({
      On_Ping: onPing() + createTask(set('WhoId', reference('$Record.Text__c')), set('Subject', text('Call'))),
    });
    const lead = insertLead(org).id!;
    for (const Text__c of ['00Q000000000999EAA', lead]) insert(org, 'Ping__e', { Text__c });
    await org.flows.settled();
    expect(rows(org, 'SELECT WhoId FROM Task')).toMatchObject([{ WhoId: lead }]);
    expect(org.flows.outbox.messages).toMatchObject([{ kind: 'flow error', flow: 'On_Ping', retryAt: null }]);
  });
});

describe('events that a flow publishes', () => {
  const fails = (name: string) =>
    `<recordCreates><name>${name}</name>${set('WhoId', text('00Q000000000999EAA'))}<object>Task</object></recordCreates>`;
  const flows = {
    Publish: start('', { on: 'Create' }) + publish(),
    On_Ping: onPing() + createTask(set('Subject', text('Pinged by {!$Record.Text__c}'))),
  };
  const thenFail = {
    ...flows,
    Publish:
      start('', { on: 'Create' }) +
      publish('<connector><targetReference>Then</targetReference></connector>') +
      fails('Then'),
  };
  const subjects = async (org: ReturnType<typeof orgWith>) => {
    await org.flows.settled();
    return rows(org, 'SELECT Subject FROM Task').map(({ Subject }) => Subject);
  };

  test('are received after the commit', async () => {
    const org = orgWith(flows);
    const received: unknown[] = [];
    org.events.on('publish', ({ fields }) => received.push(fields['Text__c']));
    org.transaction(() => {
      insertLead(org);
      expect(received).toEqual([]);
    });
    expect(received).toEqual(['Moss']);
    expect(await subjects(org)).toEqual(['Pinged by Moss']);
  });

  test('are not received when the save is refused', async () => {
    const org = orgWith(thenFail);
    expect(org.insert(admin(org), 'Lead', [{ LastName: 'Moss', Company: 'Fern' }])[0]).toMatchObject({
      success: false,
    });
    expect(await subjects(org)).toEqual([]);
  });

  test('are received even then where they are published immediately', async () => {
    const org = orgWith(thenFail, 'PublishImmediately');
    expect(org.insert(admin(org), 'Lead', [{ LastName: 'Moss', Company: 'Fern' }])[0]).toMatchObject({
      success: false,
    });
    expect(await subjects(org)).toEqual(['Pinged by Moss']);
  });
});

import { describe, expect, test } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LoadError } from '../src/errors.ts';
import { openOrg } from '../src/open.ts';
import type { Org } from '../src/org.ts';
import type { Row } from '../src/schema/types.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const PACKAGE = fileURLToPath(new URL('../../force-app', import.meta.url));

/** An org with one flow of the given inner XML. */
function orgWith(xml: string, { status = 'Active' } = {}): Org {
  const folder = mkdtempSync(join(tmpdir(), 'flow-'));
  const head = `<label>Under Test</label><processType>AutoLaunchedFlow</processType><status>${status}</status>`;
  const flow = `<Flow xmlns="http://soap.sforce.com/2006/04/metadata">${head}${xml}</Flow>`;
  writeFileSync(join(folder, 'Under_Test.flow-meta.xml'), `<?xml version="1.0" encoding="UTF-8"?>\n${flow}`);
  return openOrg({ source: folder, clock: () => NOW });
}

const start = (inner: string, { on = 'CreateAndUpdate', when = 'RecordAfterSave', to = 'Act', object = 'Lead' } = {}) =>
  `<start><connector><targetReference>${to}</targetReference></connector>${inner}<object>${object}</object><recordTriggerType>${on}</recordTriggerType><triggerType>${when}</triggerType></start>`;
const filter = (field: string, operator: string, value: string) =>
  `<filters><field>${field}</field><operator>${operator}</operator><value><stringValue>${value}</stringValue></value></filters>`;
const set = (field: string, value: string) =>
  `<inputAssignments><field>${field}</field><value>${value}</value></inputAssignments>`;
const text = (value: string) => `<stringValue>${value}</stringValue>`;
const reference = (value: string) => `<elementReference>${value}</elementReference>`;
const createTask = (...assignments: string[]) =>
  `<recordCreates><name>Act</name>${assignments.join('')}<object>Task</object></recordCreates>`;
const updateRecord = (...assignments: string[]) =>
  `<recordUpdates><name>Act</name>${assignments.join('')}<inputReference>$Record</inputReference></recordUpdates>`;

const user = (org: Org) => org.user('robin.reed@local-org.example')!;
const admin = (org: Org) => org.user('admin@local-org.example')!;
const rows = (org: Org, soql: string, by = user(org)) => [...org.query(by, soql).records];
const insertLead = (org: Org, row: Row = {}) =>
  org.insert(user(org), 'Lead', [{ LastName: 'Moss', Company: 'Fern', ...row }])[0]!;
const update = (org: Org, object: string, row: Row) => org.update(user(org), object, [row])[0]!;

describe('the packaged flow, Hot Rating Creates Task', () => {
  const score = { External_Id__c: 'm:1', Value__c: 61, Reasons__c: '+15 Pricing page visited' };
  const open = () => {
    const org = openOrg({ source: PACKAGE, clock: () => NOW });
    const lead = insertLead(org).id!;
    const save = (row: Row, by = user(org)) =>
      org.upsert(by, 'Score__c', 'External_Id__c', [{ ...score, Record_Id__c: lead, Lead__c: lead, ...row }])[0]!;
    const tasks = () =>
      rows(org, 'SELECT Subject, WhoId, OwnerId, ActivityDate, Priority, Description FROM Task', admin(org));
    return { org, lead, save, tasks };
  };

  test('gives the owner a task, due tomorrow, that says why', () => {
    const { org, lead, save, tasks } = open();
    expect(save({ Rating__c: 'Hot' })).toMatchObject({ success: true });
    expect(tasks()).toMatchObject([
      {
        Subject: 'Hot lead: get in touch',
        WhoId: lead,
        OwnerId: user(org).id,
        ActivityDate: '2026-11-22',
        Priority: 'High',
        Description: 'Score 61, rating Hot. Why:\n+15 Pricing page visited',
      },
    ]);
  });

  test('runs when the rating becomes Hot, not while it stays so', () => {
    const { save, tasks } = open();
    const counts = ['Warm', 'Hot', 'Hot', 'Warm', 'Hot'].map((Rating__c) => {
      save({ Rating__c });
      return tasks().length;
    });
    expect(counts).toEqual([0, 1, 1, 1, 2]);
  });

  test('gives no task to a queue', () => {
    const { org, lead, save, tasks } = open();
    const [queue] = rows(org, "SELECT Id FROM Group WHERE Type = 'Queue'");
    expect(update(org, 'Lead', { Id: lead, OwnerId: queue!['Id'] as string })).toMatchObject({ success: true });
    save({ Rating__c: 'Hot' });
    expect(tasks()).toEqual([]);
  });

  test('a task that is refused is noted on the score, which stands', () => {
    const { org, save, tasks } = open();
    org.update(admin(org), 'User', [{ Id: user(org).id, IsActive: false }]);
    expect(save({ Rating__c: 'Hot' }, admin(org))).toMatchObject({ success: true });
    const [saved] = rows(org, 'SELECT Rating__c, Handoff_Error__c FROM Score__c', admin(org));
    expect(saved).toMatchObject({ Rating__c: 'Hot' });
    expect(saved!['Handoff_Error__c']).toContain('INACTIVE_OWNER_OR_USER: operation performed with inactive user');
    expect(tasks()).toEqual([]);
  });
});

describe('running', () => {
  test('entry conditions, and only when the record is changed to meet them', () => {
    const org = orgWith(
      start(
        `<doesRequireRecordChangedToMeetCriteria>true</doesRequireRecordChangedToMeetCriteria><filterLogic>and</filterLogic>${filter('City', 'EqualTo', 'Oslo')}`,
      ) + createTask(set('Subject', text('{!$Record.LastName} moved'))),
    );
    const count = () => org.query(user(org), 'SELECT COUNT() FROM Task').totalSize;
    const lead = insertLead(org, { City: 'Bergen' }).id!;
    expect(count()).toBe(0);
    update(org, 'Lead', { Id: lead, City: 'Oslo' });
    expect(count()).toBe(1);
    update(org, 'Lead', { Id: lead, Phone: '1' });
    expect(count()).toBe(1);
    expect(rows(org, 'SELECT Subject FROM Task')).toMatchObject([{ Subject: 'Moss moved' }]);
  });

  test('a before-save flow changes the record that is being saved', () => {
    const org = orgWith(start('', { when: 'RecordBeforeSave' }) + updateRecord(set('Description', text('By flow'))));
    insertLead(org);
    expect(rows(org, 'SELECT Description FROM Lead')).toMatchObject([{ Description: 'By flow' }]);
  });

  test('an after-save update of the same record does not start the flow again', () => {
    const org = orgWith(
      start('') +
        '<formulas><name>Longer</name><dataType>String</dataType><expression>BLANKVALUE({!$Record.Description}, "") &amp; "x"</expression></formulas>' +
        updateRecord(set('Description', reference('Longer'))),
    );
    insertLead(org);
    expect(rows(org, 'SELECT Description FROM Lead')).toMatchObject([{ Description: 'x' }]);
  });

  test('what a flow creates is known by its ID to the elements that follow; records are found by filters', () => {
    const org = orgWith(
      start('') +
        `<recordCreates><name>Act</name><connector><targetReference>Then</targetReference></connector>${set('Subject', text('Call'))}${set('WhoId', reference('$Record.Id'))}<object>Task</object><storeOutputAutomatically>true</storeOutputAutomatically></recordCreates>` +
        `<recordUpdates><name>Then</name><filters><field>Id</field><operator>EqualTo</operator><value>${reference('Act')}</value></filters>${set('Priority', text('Low'))}<object>Task</object></recordUpdates>`,
    );
    const lead = insertLead(org).id!;
    insertLead(org, { LastName: 'Other' });
    expect(rows(org, `SELECT Priority FROM Task WHERE WhoId = '${lead}'`)).toMatchObject([{ Priority: 'Low' }]);
  });

  test('a refusal without a fault path refuses the record, and nothing of it stays', () => {
    const org = orgWith(start('') + createTask(set('WhoId', text('00Q000000000999EAA')), set('Subject', text('Call'))));
    const [result] = org.insert(user(org), 'Lead', [{ LastName: 'Moss', Company: 'Fern' }]);
    expect(result).toMatchObject({ success: false, errors: [{ statusCode: 'CANNOT_EXECUTE_FLOW_TRIGGER' }] });
    expect(result!.errors[0]!.message).toContain('“Under Test” process failed');
    expect(rows(org, 'SELECT Id FROM Lead')).toEqual([]);
  });

  test('the other rows of a batch stand when a flow refuses one of them', () => {
    const org = orgWith(
      start(`<filterLogic>and</filterLogic>${filter('City', 'EqualTo', 'Nowhere')}`) +
        createTask(set('WhoId', text('00Q000000000999EAA'))),
    );
    const leads = ['Oslo', 'Nowhere', 'Bergen'].map((City) => ({ LastName: City, Company: 'Fern', City }));
    expect(org.insert(user(org), 'Lead', leads).map(({ success }) => success)).toEqual([true, false, true]);
    expect(org.query(user(org), 'SELECT COUNT() FROM Lead').totalSize).toBe(2);
  });

  test('a fault path goes on with the reason', () => {
    const org = orgWith(
      start('') +
        `<recordCreates><name>Act</name><faultConnector><targetReference>Note</targetReference></faultConnector>${set('WhoId', text('00Q000000000999EAA'))}<object>Task</object></recordCreates>` +
        `<recordUpdates><name>Note</name>${set('Description', reference('$Flow.FaultMessage'))}<inputReference>$Record</inputReference></recordUpdates>`,
    );
    expect(insertLead(org)).toMatchObject({ success: true });
    const [lead] = rows(org, 'SELECT Description FROM Lead');
    expect(lead!['Description']).toMatch(/tried to create records: INVALID_CROSS_REFERENCE_KEY/);
  });

  test.each([
    ['{!$Flow.CurrentDate} + 1', 'Date', '2026-11-22'],
    ['TODAY() - 21', 'Date', '2026-10-31'],
    ['IF(ISBLANK({!$Record.City}), TODAY(), {!$Flow.CurrentDate} + 2 * 3)', 'Date', '2026-11-21'],
    ['IF(NOT(1 + 2 * 3 = 7) || 10 / 4 &lt;&gt; 2.5, TODAY(), TODAY() + (2 - -1))', 'Date', '2026-11-24'],
  ])('the formula %s', (expression, dataType, expected) => {
    const org = orgWith(
      start('') +
        `<formulas><name>When</name><dataType>${dataType}</dataType><expression>${expression}</expression></formulas>` +
        createTask(set('ActivityDate', reference('When')), set('Subject', text('Call'))),
    );
    insertLead(org);
    expect(rows(org, 'SELECT ActivityDate FROM Task')).toMatchObject([{ ActivityDate: expected }]);
  });
});

describe('loading refuses, naming flow and element', () => {
  test.each([
    [
      'an unknown element',
      start('') + createTask() + '<loops><name>Each_Row</name></loops>',
      'Flow Under_Test: element loops "Each_Row" is not supported by the local org',
    ],
    [
      'an unknown part of an element',
      start('') +
        '<recordCreates><name>Act</name><inputReference>x</inputReference><object>Task</object></recordCreates>',
      'element recordCreates "Act": <inputReference> is not supported by the local org',
    ],
    [
      'an unknown operator',
      start(filter('City', 'Sounds_Like', 'Oslo')) + createTask(),
      'element start: the operator Sounds_Like is not supported by the local org',
    ],
    [
      'an unknown field',
      start('') + createTask(set('Colour', text('red'))),
      'element recordCreates "Act": Task has no field Colour',
    ],
    [
      'an unknown reference',
      start('') + createTask(set('Subject', reference('Nothing'))),
      '"Nothing" is not known to the local org',
    ],
    [
      'an unknown function',
      start('') +
        createTask() +
        '<formulas><name>F</name><dataType>Number</dataType><expression>SQRT(4)</expression></formulas>',
      'element formulas "F": the formula function SQRT is not supported by the local org',
    ],
    [
      'a formula that does not end',
      start('') +
        createTask() +
        '<formulas><name>F</name><dataType>Number</dataType><expression>(1 + 2</expression></formulas>',
      '")" is missing in the formula',
    ],
    [
      'a formula that refers to itself',
      start('') +
        createTask() +
        '<formulas><name>F</name><dataType>Number</dataType><expression>{!F} + 1</expression></formulas>',
      'element formulas "F": it refers to itself',
    ],
    ['a connector to nowhere', start('', { to: 'Gone' }), 'a connector leads to "Gone", which is not there'],
    [
      'a date merged into text',
      start('') + createTask(set('Subject', text('On {!$Record.CreatedDate}'))),
      '{!$Record.CreatedDate} is a datetime, which the local org does not format as text',
    ],
    [
      'a scheduled path',
      start('<scheduledPaths><name>Later</name></scheduledPaths>') + createTask(),
      'element start: <scheduledPaths> is not supported',
    ],
    [
      'custom condition logic',
      start(`<filterLogic>1 OR 2</filterLogic>${filter('City', 'EqualTo', 'Oslo')}`) + createTask(),
      'the condition logic "1 OR 2" is not supported',
    ],
    [
      'a create before the save',
      start('', { when: 'RecordBeforeSave' }) + createTask(),
      'a before-save flow changes the triggering record only',
    ],
  ])('%s', (_, xml, message) => {
    expect(() => orgWith(xml)).toThrow(LoadError);
    expect(() => orgWith(xml)).toThrow(message);
  });

  test('but not of a flow that is not active', () => {
    const loops = start('') + '<loops><name>Each_Row</name></loops>';
    expect(() => orgWith(loops, { status: 'Draft' })).not.toThrow();
  });
});

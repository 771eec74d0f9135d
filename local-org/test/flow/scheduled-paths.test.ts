import { describe, expect, test } from '@jest/globals';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Org } from '../../src/org.ts';
import { addMonths } from '../../src/flow/due.ts';
import {
  createTask,
  filter,
  flowFile,
  formula,
  insertLead,
  NOW,
  orgOf,
  reference,
  rows,
  set,
  text,
  to,
  update,
} from './support.ts';

const DAY = 86_400_000;

/** A start element that waits for a Lead to be in Oslo, with one path of the given inner XML. */
const start = (path: string, { on = 'CreateAndUpdate', changed = true } = {}) =>
  `<start><doesRequireRecordChangedToMeetCriteria>${changed}</doesRequireRecordChangedToMeetCriteria><filterLogic>and</filterLogic>${filter('City', 'EqualTo', 'Oslo')}<object>Lead</object><recordTriggerType>${on}</recordTriggerType>${path}<triggerType>RecordAfterSave</triggerType></start>`;
const path = (inner: string) => `<scheduledPaths><name>Later</name>${to('Act')}${inner}</scheduledPaths>`;
const offset = (number: number, unit: string, source = '<timeSource>RecordTriggerEvent</timeSource>') =>
  path(`<offsetNumber>${number}</offsetNumber><offsetUnit>${unit}</offsetUnit>${source}`);
const byBirth = '<recordField>EmailBouncedDate</recordField><timeSource>RecordField</timeSource>';
const note = createTask(set('Subject', text('In {!$Record.City}')), set('WhoId', reference('$Record.Id')));

function open(xml: string, data?: string) {
  let now = NOW;
  const org = orgOf({ 'flows/Under_Test.flow-meta.xml': flowFile(xml) }, () => now, data);
  const pass = async (ms: number) => {
    now += ms;
    await org.flows.runDue();
  };
  const subjects = () => rows(org, 'SELECT Subject FROM Task ORDER BY CreatedDate').map(({ Subject }) => Subject);
  return { org, pass, subjects };
}
const due = (org: Org) => org.flows.waiting.map((each) => new Date(each.due).toISOString());

describe('a path some time after the save', () => {
  test.each([
    [90, 'Minutes', '2026-11-21T13:30:00.000Z'],
    [14, 'Days', '2026-12-05T12:00:00.000Z'],
    [-1, 'Hours', '2026-11-21T11:00:00.000Z'],
    [3, 'Months', '2027-02-21T12:00:00.000Z'],
  ])('%d %s later', (number, unit, expected) => {
    const { org } = open(start(offset(number, unit)) + note);
    insertLead(org, { City: 'Oslo' });
    expect(due(org)).toEqual([expected]);
  });

  test('runs when it is due, with the record as it is by then, and once', async () => {
    const { org, pass, subjects } = open(start(offset(14, 'Days')) + note);
    const Id = insertLead(org, { City: 'Oslo' }).id!;
    await pass(13 * DAY);
    expect(subjects()).toEqual([]);
    update(org, 'Lead', { Id, LastName: 'Reed' });
    await pass(DAY);
    expect(subjects()).toEqual(['In Oslo']);
    await pass(14 * DAY);
    expect(subjects()).toHaveLength(1);
  });

  test('is cancelled when the record no longer meets the entry conditions, and planned anew when it does again', async () => {
    const { org, pass, subjects } = open(start(offset(2, 'Days')) + note);
    const Id = insertLead(org, { City: 'Oslo' }).id!;
    await pass(DAY);
    update(org, 'Lead', { Id, City: 'Rome' });
    expect(due(org)).toEqual([]);
    update(org, 'Lead', { Id, City: 'Oslo' });
    expect(due(org)).toEqual(['2026-11-24T12:00:00.000Z']);
    await pass(2 * DAY);
    expect(subjects()).toEqual(['In Oslo']);
  });

  test('does not run for a record that was deleted', async () => {
    const { org, pass, subjects } = open(start(offset(1, 'Days')) + note);
    const Id = insertLead(org, { City: 'Oslo' }).id!;
    org.remove(org.user('admin@local-org.example')!, [Id]);
    await pass(DAY);
    expect(subjects()).toEqual([]);
    expect(due(org)).toEqual([]);
  });

  test('is not planned by a save that is undone', () => {
    const { org } = open(start(offset(1, 'Days')) + note);
    expect(() =>
      org.transaction(() => {
        insertLead(org, { City: 'Oslo' });
        throw new Error('undone');
      }),
    ).toThrow('undone');
    expect(due(org)).toEqual([]);
  });

  test('outlives the process', async () => {
    const data = join(mkdtempSync(join(tmpdir(), 'flow-')), 'org.db');
    const first = open(start(offset(1, 'Days')) + note, data);
    insertLead(first.org, { City: 'Oslo' });
    first.org.close();
    const second = open(start(offset(1, 'Days')) + note, data);
    await second.pass(DAY);
    expect(second.subjects()).toEqual(['In Oslo']);
  });

  test('is forgotten when its flow is no longer active', async () => {
    const { org, pass, subjects } = open(start(offset(1, 'Days')) + note);
    insertLead(org, { City: 'Oslo' });
    org.flows.load(new Map(), org.schema);
    await pass(DAY);
    expect(subjects()).toEqual([]);
    expect(due(org)).toEqual([]);
  });

  test('that fails is undone, mailed to the admin, and tried again after 15, 30, 60 and 120 minutes', async () => {
    const fails = `<recordCreates><name>Fails</name>${set('WhoId', text('00Q000000000999EAA'))}<object>Task</object></recordCreates>`;
    const { org, pass, subjects } = open(
      start(offset(1, 'Days')) + note.replace('</name>', `</name>${to('Fails')}`) + fails,
    );
    insertLead(org, { City: 'Oslo' });
    await pass(DAY);
    const tries = [];
    for (const minutes of [15, 30, 60, 120]) {
      tries.push(org.flows.waiting.map(({ attempts }) => attempts));
      await pass(minutes * 60_000);
    }
    expect(tries).toEqual([[1], [2], [3], [4]]);
    expect(org.flows.waiting).toEqual([]);
    expect(subjects()).toEqual([]);
    const errors = org.flows.outbox.messages;
    expect(errors).toHaveLength(5);
    expect(errors[0]).toMatchObject({
      kind: 'flow error',
      flow: 'Under_Test',
      message: expect.stringContaining('INVALID_CROSS_REFERENCE_KEY') as unknown,
      retryAt: '2026-11-22T12:15:00.000+0000',
    });
    expect(errors[4]).toMatchObject({ retryAt: null });
  });

  test('runs by itself by a clock that passes', async () => {
    const org = orgOf({ 'flows/Under_Test.flow-meta.xml': flowFile(start(offset(-1, 'Minutes')) + note) }, Date.now);
    insertLead(org, { City: 'Oslo' });
    await org.flows.settled();
    expect(rows(org, 'SELECT Id FROM Task')).toHaveLength(1);
  });
});

describe('a path by a date of the record', () => {
  test('moves with the date, and is not planned without one', async () => {
    const { org, pass, subjects } = open(start(offset(-2, 'Days', byBirth)) + note);
    const Id = insertLead(org, { City: 'Oslo' }).id!;
    expect(due(org)).toEqual([]);
    update(org, 'Lead', { Id, City: null });
    update(org, 'Lead', { Id, City: 'Oslo', EmailBouncedDate: '2026-12-10T09:00:00Z' });
    expect(due(org)).toEqual(['2026-12-08T09:00:00.000Z']);
    update(org, 'Lead', { Id, EmailBouncedDate: '2026-12-20T09:00:00Z' });
    expect(due(org)).toEqual(['2026-12-18T09:00:00.000Z']);
    await pass(19 * DAY);
    expect(subjects()).toEqual([]);
    await pass(8 * DAY);
    expect(subjects()).toEqual(['In Oslo']);
  });

  test('in the past, it is due at once', async () => {
    const { org, subjects } = open(start(offset(-2, 'Days', byBirth)) + note);
    insertLead(org, { City: 'Oslo', EmailBouncedDate: '2026-11-01T09:00:00Z' });
    expect(subjects()).toEqual([]);
    await org.flows.settled();
    expect(subjects()).toEqual(['In Oslo']);
  });
});

describe('a path right after the commit', () => {
  const async = path('<pathType>AsyncAfterCommit</pathType>');

  test('runs in a transaction of its own, and knows the record before the save', async () => {
    const was = formula('Was', 'String', 'BLANKVALUE({!$Record__Prior.Phone}, "none")');
    const { org, subjects } = open(
      start(async, { changed: false, on: 'Update' }) + was + createTask(set('Subject', reference('Was'))),
    );
    const Id = insertLead(org, { City: 'Oslo', Phone: '1' }).id!;
    org.transaction(() => {
      update(org, 'Lead', { Id, Phone: '2' });
      expect(due(org)).toHaveLength(1);
      expect(subjects()).toEqual([]);
    });
    expect(subjects()).toEqual([]);
    await org.flows.settled();
    expect(subjects()).toEqual(['1']);
  });

  test('does not start its own flow again for its record', async () => {
    const again = `<recordUpdates><name>Act</name>${set('Phone', text('2'))}<inputReference>$Record</inputReference></recordUpdates>`;
    const { org } = open(start(async, { changed: false }) + again);
    insertLead(org, { City: 'Oslo' });
    await org.flows.settled();
    expect(rows(org, 'SELECT Phone FROM Lead')).toMatchObject([{ Phone: '2' }]);
    expect(due(org)).toEqual([]);
  });
});

test.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2024-01-31', 1, '2024-02-29'],
  ['2026-03-31', -1, '2026-02-28'],
  ['2026-11-30', 3, '2027-02-28'],
])('%s and %d months: %s', (from, months, expected) => {
  expect(new Date(addMonths(Date.parse(from), months)).toISOString().slice(0, 10)).toBe(expected);
});

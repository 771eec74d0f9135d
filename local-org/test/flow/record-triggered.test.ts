import { describe, expect, test } from '@jest/globals';
import {
  admin,
  createTask,
  filter,
  insertLead,
  orgWith,
  reference,
  rows,
  set,
  start,
  text,
  update,
  updateRecord,
} from './support.ts';

describe('running', () => {
  test('entry conditions, and only when the record is changed to meet them', () => {
    const org = orgWith(
      start(
        `<doesRequireRecordChangedToMeetCriteria>true</doesRequireRecordChangedToMeetCriteria><filterLogic>and</filterLogic>${filter('City', 'EqualTo', 'Oslo')}`,
      ) + createTask(set('Subject', text('{!$Record.LastName} moved'))),
    );
    const count = () => org.query(admin(org), 'SELECT COUNT() FROM Task').totalSize;
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
    const [result] = org.insert(admin(org), 'Lead', [{ LastName: 'Moss', Company: 'Fern' }]);
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
    expect(org.insert(admin(org), 'Lead', leads).map(({ success }) => success)).toEqual([true, false, true]);
    expect(org.query(admin(org), 'SELECT COUNT() FROM Lead').totalSize).toBe(2);
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

import { describe, expect, test } from '@jest/globals';
import type { Org } from '../../src/org.ts';
import {
  admin,
  createTask,
  filter,
  flowFile,
  formula,
  insertLead,
  orgOf,
  orgWith,
  reference,
  rows,
  set,
  start,
  text,
  to,
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

describe('which saves start a flow', () => {
  const log = createTask(set('Subject', text('{!$Record.City}')));
  const subjects = (org: Org) => rows(org, 'SELECT Subject FROM Task ORDER BY Id').map(({ Subject }) => Subject);

  test.each([
    ['Create', ['Oslo']],
    ['Update', ['Rome', 'Bern']],
    ['CreateAndUpdate', ['Oslo', 'Rome', 'Bern']],
  ])('on %s', (on, expected) => {
    const org = orgWith(start('', { on }) + log);
    const Id = insertLead(org, { City: 'Oslo' }).id!;
    for (const City of ['Rome', 'Bern']) update(org, 'Lead', { Id, City });
    expect(subjects(org)).toEqual(expected);
  });

  test.each([
    ['OR(ISNEW(), ISCHANGED({!$Record.City}))', ['Oslo', 'Rome']],
    ['PRIORVALUE({!$Record.City}) = "Oslo"', ['Oslo', 'Oslo', 'Rome']],
    ['AND(NOT(ISNEW()), BEGINS({!$Record.City}, "R"))', ['Rome']],
  ])('by the formula %s', (formula, expected) => {
    const org = orgWith(start(`<filterFormula>${formula}</filterFormula>`) + log);
    const Id = insertLead(org, { City: 'Oslo' }).id!;
    update(org, 'Lead', { Id, Phone: '1' });
    update(org, 'Lead', { Id, City: 'Rome' });
    expect(subjects(org)).toEqual(expected);
  });

  test('by filters of which one asks whether a field has changed', () => {
    const changed = `<filters><field>City</field><operator>IsChanged</operator><value><booleanValue>true</booleanValue></value></filters>`;
    const org = orgWith(start(`<filterLogic>and</filterLogic>${changed}`) + log);
    const Id = insertLead(org, { City: 'Oslo' }).id!;
    update(org, 'Lead', { Id, Phone: '1' });
    update(org, 'Lead', { Id, City: 'Rome' });
    expect(subjects(org)).toEqual(['Rome']);
  });

  test('an outcome that holds only when the record is changed to meet its conditions', () => {
    const isOslo = `<conditions><leftValueReference>$Record.City</leftValueReference><operator>EqualTo</operator><rightValue>${text('Oslo')}</rightValue></conditions>`;
    const org = orgWith(
      start('', { to: 'Which' }) +
        `<decisions><name>Which</name><rules><name>Moved</name><conditionLogic>and</conditionLogic>${isOslo}${to('Act')}<doesRequireRecordChangedToMeetCriteria>true</doesRequireRecordChangedToMeetCriteria></rules></decisions>` +
        log,
    );
    const Id = insertLead(org, { City: 'Rome' }).id!;
    for (const row of [{ City: 'Oslo' }, { Phone: '1' }]) update(org, 'Lead', { Id, ...row });
    expect(subjects(org)).toEqual(['Oslo']);
  });
});

describe('the order of execution', () => {
  const append = (letter: string, when: string) =>
    start('', { when }) +
    formula('Longer', 'String', `BLANKVALUE({!$Record.Description}, "") &amp; "${letter}"`) +
    updateRecord(set('Description', reference('Longer')));
  const ordered = (order: number) => ({ more: `<triggerOrder>${order}</triggerOrder>` });
  const file = (name: string, xml: string, settings = {}) =>
    [`flows/${name}.flow-meta.xml`, flowFile(xml, settings)] as const;

  test('flows of an object by their order, those without one after 1,000, then by name', () => {
    const before = (letter: string) => append(letter, 'RecordBeforeSave');
    const org = orgOf(
      Object.fromEntries([
        file('A_Last', before('e'), ordered(1001)),
        file('B', before('c')),
        file('C', before('d')),
        file('D_First', before('a'), ordered(1)),
        file('E_Second', before('b'), ordered(1000)),
      ]),
    );
    insertLead(org);
    expect(rows(org, 'SELECT Description FROM Lead')).toMatchObject([{ Description: 'abcde' }]);
  });

  test('before the save, validation, the save, after the save, the commit, then events and paths', async () => {
    const rule = `<?xml version="1.0"?><ValidationRule xmlns="http://soap.sforce.com/2006/04/metadata"><fullName>Needs_Phone</fullName><active>true</active><errorConditionFormula>ISBLANK(Phone)</errorConditionFormula><errorMessage>A phone, please.</errorMessage></ValidationRule>`;
    const fill =
      start(`<filterLogic>and</filterLogic>${filter('City', 'EqualTo', 'Oslo')}`, { when: 'RecordBeforeSave' }) +
      updateRecord(set('Phone', text('1')));
    const path = `<scheduledPaths><name>Later</name>${to('Path')}<pathType>AsyncAfterCommit</pathType></scheduledPaths>`;
    const note = (name: string) =>
      `<recordCreates><name>${name}</name>${set('Subject', text(name))}${set('Description', text('{!$Record.Phone}'))}<object>Task</object></recordCreates>`;
    const org = orgOf(
      Object.fromEntries([
        ['objects/Lead/validationRules/Needs_Phone.validationRule-meta.xml', rule],
        file('Fill', fill),
        file('Note', start(path) + note('Act') + note('Path')),
      ]),
    );
    const subjects = () => rows(org, 'SELECT Subject, Description FROM Task ORDER BY Id');
    expect(insertLeadWithoutPhone(org, 'Rome').errors[0]).toMatchObject({
      statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: 'A phone, please.',
    });
    expect(subjects()).toEqual([]);
    const seen: string[] = [];
    org.events.on('change', ({ object }) => seen.push(object));
    org.transaction(() => {
      expect(insertLeadWithoutPhone(org, 'Oslo')).toMatchObject({ success: true });
      expect(subjects()).toMatchObject([{ Subject: 'Act', Description: '1' }]);
      expect(seen).toEqual([]);
    });
    expect(seen).toEqual(['Task', 'Lead']);
    expect(subjects()).toHaveLength(1);
    await org.flows.settled();
    expect(subjects()).toMatchObject([{ Subject: 'Act' }, { Subject: 'Path', Description: '1' }]);
  });

  const insertLeadWithoutPhone = (org: Org, City: string) =>
    org.insert(admin(org), 'Lead', [{ LastName: 'Moss', Company: 'Fern', City }])[0]!;
});

test('an entry condition that cannot be asked refuses the record, in words', () => {
  const org = orgWith(
    start('<filterFormula>{!$Record.Account.NumberOfEmployees} / 0 &gt; 1</filterFormula>', { object: 'Contact' }) +
      createTask(set('Subject', text('Call'))),
  );
  const [refused] = org.insert(admin(org), 'Contact', [{ LastName: 'Moss' }]);
  expect(refused!.errors[0]).toMatchObject({ statusCode: 'CANNOT_EXECUTE_FLOW_TRIGGER' });
  expect(refused!.errors[0]!.message).toContain("$Record.Account.NumberOfEmployees because it hasn't been set");
});

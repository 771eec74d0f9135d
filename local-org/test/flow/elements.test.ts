import { describe, expect, test } from '@jest/globals';
import {
  admin,
  assign,
  filter,
  formula,
  input,
  insert,
  insertLead,
  invoked,
  list,
  number,
  orgWith,
  output,
  reference,
  rows,
  run,
  set,
  start,
  text,
  to,
  truth,
  update,
  variable,
} from './support.ts';

describe('assignment', () => {
  const texts = variable('items', 'String', list + output) + variable('more', 'String', list);
  const fill = (...values: string[]) => values.map((value) => ['items', 'Add', text(value)] as const);
  const result = (type: string, value: string, ...items: readonly (readonly [string, string, string])[]) =>
    run(
      orgWith(
        invoked() +
          texts +
          variable('result', type, `${output}${value && `<value>${value}</value>`}<scale>2</scale>`) +
          assign('Act', '', ...items),
      ),
    );

  test.each([
    ['Assign', 'String', '', [['result', 'Assign', text('a')]], 'a'],
    ['Assign a number to text', 'String', '', [['result', 'Assign', number(2)]], '2'],
    ['Assign nothing', 'String', text('a'), [['result', 'Assign', '']], null],
    ['Add to a number', 'Number', number(1.5), [['result', 'Add', number(2)]], 3.5],
    ['Subtract from a number', 'Number', number(1.5), [['result', 'Subtract', number(2)]], -0.5],
    ['Add to text', 'String', text('a'), [['result', 'Add', text('b')]], 'ab'],
    ['Add days to a date', 'Date', '<dateValue>2026-12-31</dateValue>', [['result', 'Add', number(1)]], '2027-01-01'],
    ['Subtract days', 'Date', '<dateValue>2026-03-01</dateValue>', [['result', 'Subtract', number(1)]], '2026-02-28'],
    ['AddItem', 'Multipicklist', '', ['a', 'b'].map((v) => ['result', 'AddItem', text(v)]), 'a;b'],
    ['AssignCount', 'Number', '', [...fill('a', 'b'), ['result', 'AssignCount', reference('items')]], 2],
  ] as [string, string, string, [string, string, string][], unknown][])('%s', (_, type, initial, items, expected) => {
    expect(result(type, initial, ...items)).toMatchObject({ result: expected });
  });

  test.each([
    ['Add', [['items', 'Add', text('d')]], ['a', 'b', 'a', 'c', 'd']],
    ['AddAtStart', [['items', 'AddAtStart', text('d')]], ['d', 'a', 'b', 'a', 'c']],
    ['RemoveFirst', [['items', 'RemoveFirst', text('a')]], ['b', 'a', 'c']],
    ['RemoveAll', [['items', 'RemoveAll', text('a')]], ['b', 'c']],
    ['RemovePosition', [['items', 'RemovePosition', number(2)]], ['a', 'a', 'c']],
    ['RemoveBeforeFirst', [['items', 'RemoveBeforeFirst', text('b')]], ['b', 'a', 'c']],
    ['RemoveAfterFirst', [['items', 'RemoveAfterFirst', text('b')]], ['a', 'b']],
    [
      'RemoveUncommon',
      [
        ['more', 'Add', text('a')],
        ['items', 'RemoveUncommon', reference('more')],
      ],
      ['a', 'a'],
    ],
    ['Assign another collection', [['items', 'Assign', reference('more')]], []],
  ] as [string, [string, string, string][], string[]][])('%s on a collection', (_, items, expected) => {
    expect(result('String', '', ...fill('a', 'b', 'a', 'c'), ...items)).toMatchObject({ items: expected });
  });

  test('a position outside of the collection ends the interview', () => {
    expect(result('String', '', ['items', 'RemovePosition', number(1)])).toContain('does not fit');
  });

  test('a record that was assigned is a copy', () => {
    const lead = (name: string) => variable(name, 'SObject', `<objectType>Lead</objectType>${output}`);
    const org = orgWith(
      invoked() +
        lead('first') +
        lead('second') +
        assign(
          'Act',
          '',
          ['first.LastName', 'Assign', text('Moss')],
          ['second', 'Assign', reference('first')],
          ['first.LastName', 'Assign', text('Fern')],
        ),
    );
    expect(run(org)).toMatchObject({ first: { LastName: 'Fern' }, second: { LastName: 'Moss' } });
  });
});

describe('decision', () => {
  const condition = (left: string, operator: string, right: string) =>
    `<conditions><leftValueReference>${left}</leftValueReference><operator>${operator}</operator><rightValue>${right}</rightValue></conditions>`;
  const decide = (logic: string, ...conditions: string[]) =>
    run(
      orgWith(
        invoked() +
          variable('name', 'String', `<value>${text('Moss')}</value>`) +
          variable('size', 'Number', `<value>${number(3)}</value>`) +
          variable('nothing', 'String') +
          variable('spaces', 'String', `<value>${text('  ')}</value>`) +
          variable('words', 'String', list) +
          variable('day', 'Date', '<value><dateValue>2026-11-21</dateValue></value>') +
          variable('lead', 'SObject', '<objectType>Lead</objectType>') +
          variable('chosen', 'String', output) +
          assign('Act', 'Which', ['words', 'Add', text('Moss')]) +
          `<decisions><name>Which</name>${to('No', 'defaultConnector')}<rules><name>Outcome</name><conditionLogic>${logic}</conditionLogic>${conditions.join('')}${to('Yes')}</rules></decisions>` +
          assign('Yes', '', ['chosen', 'Assign', text('yes')]) +
          assign('No', '', ['chosen', 'Assign', text('no')]),
      ),
    );

  test.each([
    ['name', 'EqualTo', text('Moss'), 'yes'],
    ['name', 'EqualTo', text('moss'), 'no'],
    ['name', 'NotEqualTo', text('Moss'), 'no'],
    ['name', 'StartsWith', text('Mo'), 'yes'],
    ['name', 'EndsWith', text('ss'), 'yes'],
    ['name', 'Contains', text('os'), 'yes'],
    ['nothing', 'EqualTo', text(''), 'yes'],
    ['nothing', 'IsNull', truth(true), 'yes'],
    ['name', 'IsNull', truth(false), 'yes'],
    ['spaces', 'IsNull', truth(true), 'no'],
    ['spaces', 'IsBlank', truth(true), 'yes'],
    ['words', 'IsEmpty', truth(false), 'yes'],
    ['words', 'Contains', text('Moss'), 'yes'],
    ['name', 'In', reference('words'), 'yes'],
    ['name', 'NotIn', reference('words'), 'no'],
    ['size', 'GreaterThan', number(3), 'no'],
    ['size', 'GreaterThanOrEqualTo', number(3), 'yes'],
    ['size', 'LessThan', number(3), 'no'],
    ['size', 'LessThanOrEqualTo', number(3), 'yes'],
    ['day', 'LessThan', '<dateValue>2026-11-22</dateValue>', 'yes'],
    ['lead', 'IsNull', truth(true), 'yes'],
    ['nothing', 'GreaterThan', text('A'), 'no'],
  ])('%s %s %s: %s', (left, operator, right, expected) => {
    expect(decide('and', condition(left, operator, right))).toEqual({ chosen: expected });
  });

  test.each([
    ['or', 'yes'],
    ['and', 'no'],
    ['1 AND (2 OR 3)', 'yes'],
    ['1 AND 2 AND NOT 3', 'no'],
    ['NOT (2 OR 3) OR 1', 'yes'],
  ])('the logic %s: %s', (logic, expected) => {
    const conditions = [
      condition('size', 'EqualTo', number(3)),
      condition('size', 'EqualTo', number(4)),
      condition('name', 'EqualTo', text('Moss')),
    ];
    expect(decide(logic, ...conditions)).toEqual({ chosen: expected });
  });

  test('a condition that is not needed is not asked, and one that asks a record that is not there fails', () => {
    const [isThere, named] = [
      condition('lead', 'IsNull', truth(false)),
      condition('lead.LastName', 'EqualTo', text('x')),
    ];
    expect(decide('and', isThere, named)).toEqual({ chosen: 'no' });
    expect(decide('and', named, isThere)).toContain(
      "The flow failed to access the value for lead.LastName because it hasn't been set or assigned.",
    );
  });
});

describe('loop', () => {
  const loop = (order: string, through = 'words') =>
    `<loops><name>Each</name><collectionReference>${through}</collectionReference><iterationOrder>${order}</iterationOrder>${to('Join', 'nextValueConnector')}${to('Done', 'noMoreValuesConnector')}</loops>`;
  const joined = (order: string) =>
    run(
      orgWith(
        invoked('Fill') +
          variable('words', 'String', list) +
          variable('joined', 'String', `${output}<value>${text('')}</value>`) +
          assign('Fill', 'Each', ['words', 'Add', text('a')], ['words', 'Add', text('b')]) +
          loop(order) +
          assign('Join', 'Each', ['joined', 'Add', reference('Each')]) +
          assign('Done', '', ['joined', 'Add', text('.')]),
      ),
    );

  test.each([
    ['Asc', 'ab.'],
    ['Desc', 'ba.'],
  ])('in the order %s', (order, expected) => {
    expect(joined(order)).toEqual({ joined: expected });
  });

  test('the item is a copy: what is done to it stays when it is put into another collection, and is updated from there', () => {
    const org = orgWith(
      invoked('Get') +
        variable('changed', 'SObject', `<objectType>Lead</objectType>${list}`) +
        `<recordLookups><name>Get</name>${to('Each')}<filterLogic>and</filterLogic>${filter('Company', 'EqualTo', 'Fern')}<object>Lead</object><sortField>LastName</sortField><sortOrder>Asc</sortOrder><storeOutputAutomatically>true</storeOutputAutomatically></recordLookups>` +
        loop('Asc', 'Get').replaceAll('Join', 'Change').replace('Done', 'Save_Untouched') +
        assign(
          'Change',
          'Each',
          ['Each.City', 'Assign', reference('Each.LastName')],
          ['changed', 'Add', reference('Each')],
        ) +
        `<recordUpdates><name>Save_Untouched</name>${to('Save')}<inputReference>Get</inputReference></recordUpdates>` +
        `<recordUpdates><name>Save</name><inputReference>changed</inputReference></recordUpdates>`,
    );
    for (const LastName of ['Moss', 'Reed']) insertLead(org, { LastName });
    insertLead(org, { Company: 'Other' });
    expect(run(org)).toEqual({});
    expect(rows(org, 'SELECT LastName, City FROM Lead ORDER BY Company, LastName')).toMatchObject([
      { City: 'Moss' },
      { City: 'Reed' },
      { City: null },
    ]);
  });
});

describe('get records', () => {
  const get = (inner: string) => `<recordLookups><name>Act</name>${inner}<object>Lead</object></recordLookups>`;
  const auto = '<storeOutputAutomatically>true</storeOutputAutomatically>';
  const first = '<getFirstRecordOnly>true</getFirstRecordOnly>';
  const lead = (name: string, more = '') => variable(name, 'SObject', `<objectType>Lead</objectType>${output}${more}`);
  const withLeads = (xml: string) => {
    const org = orgWith(invoked() + xml);
    for (const [LastName, City, NumberOfEmployees] of [
      ['Moss', 'Oslo', 10],
      ['Reed', "D'Arc 50%_", 20],
      ['Fern', null, 30],
    ] as const)
      insertLead(org, { LastName, City, NumberOfEmployees });
    return org;
  };
  const names = (inner: string) => {
    const org = withLeads(
      lead('found', list) +
        get(
          `${inner}<sortField>NumberOfEmployees</sortField><sortOrder>Desc</sortOrder><outputReference>found</outputReference>`,
        ),
    );
    const result = run(org);
    return typeof result === 'string' ? result : (result['found'] as { LastName: string }[]).map((row) => row.LastName);
  };

  test.each([
    ['and', [['City', 'EqualTo', 'oslo']], ['Moss']],
    ['and', [['City', 'NotEqualTo', 'Oslo']], ['Fern', 'Reed']],
    ['and', [['City', 'IsNull', truth(true)]], ['Fern']],
    ['and', [['City', 'EqualTo', "D'Arc 50%_"]], ['Reed']],
    ['and', [['City', 'Contains', '%_']], ['Reed']],
    ['and', [['LastName', 'StartsWith', 'm']], ['Moss']],
    ['and', [['LastName', 'EndsWith', 'd']], ['Reed']],
    ['and', [['NumberOfEmployees', 'GreaterThan', number(10)]], ['Fern', 'Reed']],
    ['and', [['NumberOfEmployees', 'LessThanOrEqualTo', number(20)]], ['Reed', 'Moss']],
    [
      '1 AND (2 OR NOT 3)',
      [
        ['Company', 'EqualTo', 'Fern'],
        ['LastName', 'EqualTo', 'Moss'],
        ['City', 'IsNull', truth(false)],
      ],
      ['Fern', 'Moss'],
    ],
    ['no_conditions', [], ['Fern', 'Reed', 'Moss']],
  ] as [string, [string, string, string][], string[]][])('%s %j', (logic, filters, expected) => {
    expect(names(`<filterLogic>${logic}</filterLogic>${filters.map((each) => filter(...each)).join('')}`)).toEqual(
      expected,
    );
  });

  test('as many as asked for', () => {
    expect(names(`<limit>${number(2)}</limit>`)).toEqual(['Fern', 'Reed']);
  });

  test('the first record, under the name of the element; null where there is none', () => {
    const found = (city: string) =>
      run(
        withLeads(
          variable('name', 'String', output) +
            variable('isThere', 'Boolean', output) +
            get(`${to('Keep')}${filter('City', 'EqualTo', city)}${first}${auto}`) +
            formula('There', 'Boolean', 'NOT(ISBLANK({!name}))') +
            assign(
              'Keep',
              '',
              ['name', 'Assign', reference('Act.LastName')],
              ['isThere', 'Assign', reference('There')],
            ),
        ),
      );
    expect(found('Oslo')).toEqual({ name: 'Moss', isThere: true });
    expect(found('Rome')).toContain("The flow failed to access the value for Act.LastName because it hasn't been set");
  });

  test('only the fields asked for', () => {
    const org = withLeads(
      lead('found') +
        get(
          `${filter('City', 'EqualTo', 'Oslo')}<outputReference>found</outputReference><queriedFields>Id</queriedFields><queriedFields>City</queriedFields>`,
        ),
    );
    expect(run(org)).toEqual({ found: { attributes: { type: 'Lead' }, Id: expect.any(String), City: 'Oslo' } });
  });

  test('computed fields too, where they are asked for', () => {
    const name = (fields: string) =>
      run(
        withLeads(
          variable('name', 'String', output) +
            get(`${to('Keep')}${filter('City', 'EqualTo', 'Oslo')}${first}${fields}${auto}`) +
            assign('Keep', '', ['name', 'Assign', reference('Act.Name')]),
        ),
      );
    const asked = (...fields: string[]) => fields.map((field) => `<queriedFields>${field}</queriedFields>`).join('');
    expect(name('')).toEqual({ name: 'Moss' });
    expect(name(asked('Id', 'Name'))).toEqual({ name: 'Moss' });
    expect(name(asked('Id', 'LastName'))).toEqual({ name: null });
  });

  test.each([
    [true, null],
    [false, 'kept'],
  ])('into variables; null for null where nothing is found: %s', (orNull, expected) => {
    const kept = (city: string) =>
      run(
        withLeads(
          variable('name', 'String', `${output}<value>${text('kept')}</value>`) +
            get(
              `<assignNullValuesIfNoRecordsFound>${orNull}</assignNullValuesIfNoRecordsFound>${filter('City', 'EqualTo', city)}<outputAssignments><assignToReference>name</assignToReference><field>Name</field></outputAssignments>`,
            ),
        ),
      );
    expect(kept('Oslo')).toEqual({ name: 'Moss' });
    expect(kept('Rome')).toEqual({ name: expected });
  });

  test('fields of the records that one looks up to', () => {
    const org = orgWith(
      start('', { object: 'Contact' }) +
        `<recordUpdates><name>Act</name>${set('Department', reference('$Record.Account.Name'))}${set('Title', reference('$Record.Owner.Email'))}<inputReference>$Record</inputReference></recordUpdates>`,
    );
    const AccountId = insert(org, 'Account', { Name: 'Fern' }).id!;
    expect(insert(org, 'Contact', { LastName: 'Moss', AccountId })).toMatchObject({ success: true });
    expect(rows(org, 'SELECT Department, Title FROM Contact')).toMatchObject([
      { Department: 'Fern', Title: admin(org).email },
    ]);
    const [refused] = org.insert(admin(org), 'Contact', [{ LastName: 'Reed' }]);
    expect(refused!.errors[0]!.message).toContain(
      "tried to update records: The flow failed to access the value for $Record.Account.Name because it hasn't been set",
    );
  });
});

describe('create, update and delete records', () => {
  const tasks = variable('tasks', 'SObject', `<objectType>Task</objectType>${list}${output}`);
  const task = variable('task', 'SObject', '<objectType>Task</objectType>');
  const twoTasks = (...second: readonly (readonly [string, string, string])[]) =>
    assign('Act', 'Save', ['task.Subject', 'Assign', text('Call')], ['tasks', 'Add', reference('task')], ...second, [
      'tasks',
      'Add',
      reference('task'),
    ]);
  const save = (connectors = '') =>
    `<recordCreates><name>Save</name>${connectors}<inputReference>tasks</inputReference></recordCreates>`;

  test('a collection at once; its records know their IDs then', () => {
    const org = orgWith(invoked() + task + tasks + twoTasks(['task.Subject', 'Assign', text('Write')]) + save());
    const result = run(org) as { tasks: { Id: string }[] };
    expect(rows(org, 'SELECT Id, Subject FROM Task ORDER BY Subject')).toMatchObject([
      { Id: result.tasks[0]!.Id, Subject: 'Call' },
      { Id: result.tasks[1]!.Id, Subject: 'Write' },
    ]);
  });

  test('one that is refused takes the collection along, and the fault path says why', () => {
    const org = orgWith(
      invoked() +
        task +
        tasks +
        variable('why', 'String', output) +
        twoTasks(['task.WhoId', 'Assign', text('00Q000000000999EAA')]) +
        save(to('Why', 'faultConnector')) +
        assign('Why', '', ['why', 'Assign', reference('$Flow.FaultMessage')]),
    );
    expect((run(org) as { why: string }).why).toBe(
      'This error occurred when the flow tried to create records: INVALID_CROSS_REFERENCE_KEY: invalid cross reference id. You can look up ExceptionCode values in the SOAP API Developer Guide.',
    );
    expect(rows(org, 'SELECT Id FROM Task')).toEqual([]);
  });

  test('records that filters find are updated, and deleted', () => {
    const org = orgWith(
      invoked() +
        variable('city', 'String', input) +
        `<recordUpdates><name>Act</name>${to('Delete')}<filterLogic>or</filterLogic>${filter('City', 'EqualTo', reference('city'))}${filter('City', 'IsNull', truth(true))}${set('Industry', text('Banking'))}<object>Lead</object></recordUpdates>` +
        `<recordDeletes><name>Delete</name><filterLogic>and</filterLogic>${filter('Industry', 'EqualTo', 'Banking')}${filter('City', 'EqualTo', reference('city'))}<object>Lead</object></recordDeletes>`,
    );
    for (const City of ['Oslo', null, 'Rome']) insertLead(org, { City });
    expect(run(org, { city: 'Oslo' })).toEqual({});
    expect(rows(org, 'SELECT City, Industry FROM Lead ORDER BY City')).toMatchObject([
      { City: null, Industry: 'Banking' },
      { City: 'Rome', Industry: null },
    ]);
  });

  test('a record variable is deleted by its ID; without one, the interview fails', () => {
    const org = orgWith(
      invoked() +
        variable('lead', 'SObject', `<objectType>Lead</objectType>${input}`) +
        '<recordDeletes><name>Act</name><inputReference>lead</inputReference></recordDeletes>',
    );
    const Id = insertLead(org).id!;
    expect(run(org, { lead: { LastName: 'Moss' } })).toContain(
      'tried to delete records: MISSING_ARGUMENT: Id not specified',
    );
    expect(run(org, { lead: { Id } })).toEqual({});
    expect(rows(org, 'SELECT Id FROM Lead')).toEqual([]);
  });

  test('an update of a record writes what was set since it was read, and nothing else', () => {
    const org = orgWith(
      invoked('Get') +
        `<recordLookups><name>Get</name>${to('Before')}<getFirstRecordOnly>true</getFirstRecordOnly><object>Lead</object><storeOutputAutomatically>true</storeOutputAutomatically></recordLookups>` +
        `<recordUpdates><name>Before</name>${to('Set')}${filter('LastName', 'EqualTo', 'Moss')}${set('Phone', text('1'))}<object>Lead</object></recordUpdates>` +
        assign('Set', 'Save', ['Get.City', 'Assign', text('Oslo')]) +
        '<recordUpdates><name>Save</name><inputReference>Get</inputReference></recordUpdates>',
    );
    insertLead(org);
    expect(run(org)).toEqual({});
    expect(rows(org, 'SELECT Phone, City FROM Lead')).toMatchObject([{ Phone: '1', City: 'Oslo' }]);
  });

  test('a flow may run before a record is deleted, and forbid it by failing', () => {
    const org = orgWith(
      start(`<filterLogic>and</filterLogic>${filter('City', 'EqualTo', 'Oslo')}`, {
        on: 'Delete',
        when: 'RecordBeforeDelete',
      }) +
        `<recordCreates><name>Act</name>${set('Subject', reference('$Record.LastName'))}${set('WhoId', reference('$Record.Phone'))}<object>Task</object></recordCreates>`,
    );
    const [kept, gone, ignored] = [
      insertLead(org, { City: 'Oslo', Phone: '00Q000000000999EAA' }).id!,
      insertLead(org, { City: 'Oslo' }).id!,
      insertLead(org).id!,
    ];
    const results = org.remove(admin(org), [kept, gone, ignored]);
    expect(results.map(({ success }) => success)).toEqual([false, true, true]);
    expect(results[0]!.errors[0]!.statusCode).toBe('CANNOT_EXECUTE_FLOW_TRIGGER');
    expect(rows(org, 'SELECT Subject FROM Task')).toMatchObject([{ Subject: 'Moss' }]);
    expect(update(org, 'Lead', { Id: kept, Phone: '2' })).toMatchObject({ success: true });
  });
});

describe('subflows', () => {
  const inner = (more = '') =>
    invoked() +
    variable('given', 'Number', input) +
    variable('twice', 'Number', output) +
    formula('Twice', 'Number', '{!given} * 2') +
    assign('Act', '', ['twice', 'Assign', reference('Twice')]) +
    more;
  const call = (flow: string, more: string) =>
    `<subflows><name>Act</name>${to('Keep')}<flowName>${flow}</flowName>${more}</subflows>`;
  const give = `<inputAssignments><name>given</name><value>${number(21)}</value></inputAssignments>`;

  test('take inputs and give outputs, under their own name or into variables', () => {
    const outer =
      invoked() +
      variable('kept', 'Number', output) +
      variable('taken', 'Number', output) +
      call('Inner', `${give}<storeOutputAutomatically>true</storeOutputAutomatically>`) +
      assign('Keep', 'Again', ['kept', 'Assign', reference('Act.twice')]) +
      `<subflows><name>Again</name><flowName>Inner</flowName>${give}<outputAssignments><assignToReference>taken</assignToReference><name>twice</name></outputAssignments></subflows>`;
    expect(run(orgWith({ Under_Test: outer, Inner: inner() }))).toEqual({ kept: 42, taken: 42 });
  });

  test.each([
    ['Gone', give, 'Gone is not an active autolaunched flow'],
    ['Inner', give.replace('given', 'other'), 'Inner has no input variable other'],
    ['Inner', give.replace(number(21), text('21')), 'the input given is of another type'],
    ['Under_Test', '', 'it calls itself'],
  ])('%s %#', (flow, more, message) => {
    const outer = invoked() + call(flow, more) + assign('Keep', '');
    expect(() => orgWith({ Under_Test: outer, Inner: inner() })).toThrow(message);
  });
});

describe('limits', () => {
  const forever =
    invoked() + variable('n', 'Number', `<value>${number(0)}</value>`) + assign('Act', 'Act', ['n', 'Add', number(1)]);

  test('2,000 elements in a flow of API version 56.0, more since 57.0, which its CPU time ends', () => {
    expect(run(orgWith(forever, { apiVersion: '56.0' }))).toContain('Number of iterations exceeded');
    expect(run(orgWith(forever, { apiVersion: '57.0' }))).toContain('Apex CPU time limit exceeded');
  });

  test.each([
    [
      'SOQL queries: 101',
      `<recordLookups><name>Act</name>${to('Act')}${to('Act', 'faultConnector')}<object>Lead</object><storeOutputAutomatically>true</storeOutputAutomatically></recordLookups>`,
    ],
    [
      'DML statements: 151',
      `<recordCreates><name>Act</name>${to('Act')}${to('Act', 'faultConnector')}${set('Subject', text('Call'))}<object>Task</object></recordCreates>`,
    ],
  ])('%s, which no fault path catches, and nothing of it stays', (message, element) => {
    const org = orgWith(invoked() + element);
    expect(run(org)).toContain(`Too many ${message}`);
    expect(rows(org, 'SELECT Id FROM Task')).toEqual([]);
  });

  test('saves that set off saves stop at a depth of 16', () => {
    const org = orgWith(
      start('', { on: 'Create', object: 'Account' }) +
        `<recordCreates><name>Act</name>${set('Name', text('Next'))}<object>Account</object></recordCreates>`,
    );
    const result = insert(org, 'Account', { Name: 'First' });
    expect(result.errors[0]).toMatchObject({ statusCode: 'CANNOT_EXECUTE_FLOW_TRIGGER' });
    expect(result.errors[0]!.message).toContain('maximum trigger depth exceeded');
    expect(rows(org, 'SELECT Id FROM Account')).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Org } from '../../src/org.ts';
import { createServer } from '../../src/server.ts';
import { connect } from '../support/server.ts';
import {
  admin,
  assign,
  filter,
  flowFile,
  formula,
  input,
  insert,
  insertLead,
  invoked,
  list,
  NOW,
  orgOf,
  output,
  reference,
  rep,
  rows,
  run,
  set,
  text,
  to,
  variable,
} from './support.ts';

const inputParameter = (name: string, value: string) =>
  `<inputParameters><name>${name}</name><value>${value}</value></inputParameters>`;
const action = (name: string, ...more: string[]) =>
  `<actionCalls><name>Act</name><actionName>${name}</actionName><actionType>${name}</actionType>${more.join('')}</actionCalls>`;

describe('send custom notification', () => {
  const type =
    '<?xml version="1.0"?><CustomNotificationType xmlns="http://soap.sforce.com/2006/04/metadata"><customNotifTypeName>Hot</customNotifTypeName><desktop>true</desktop><masterLabel>Hot</masterLabel><mobile>true</mobile></CustomNotificationType>';
  const flow =
    invoked('Type') +
    variable('recipients', 'String', list + input) +
    variable('body', 'String', input) +
    variable('target', 'String', input) +
    variable('why', 'String', output) +
    `<recordLookups><name>Type</name>${to('Act')}${filter('DeveloperName', 'EqualTo', 'Hot')}<getFirstRecordOnly>true</getFirstRecordOnly><object>CustomNotificationType</object><storeOutputAutomatically>true</storeOutputAutomatically></recordLookups>` +
    action(
      'customNotificationAction',
      to('Why', 'faultConnector'),
      inputParameter('customNotifTypeId', reference('Type.Id')),
      inputParameter('recipientIds', reference('recipients')),
      inputParameter('title', text('A lead is hot')),
      inputParameter('body', reference('body')),
      inputParameter('targetId', reference('target')),
    ) +
    assign('Why', '', ['why', 'Assign', reference('$Flow.FaultMessage')]);
  const open = () =>
    orgOf({ 'notificationtypes/Hot.notiftype-meta.xml': type, 'flows/Under_Test.flow-meta.xml': flowFile(flow) });
  const queue = (org: Org) => rows(org, "SELECT Id FROM Group WHERE Type = 'Queue'")[0]!['Id'] as string;

  test('reaches users, and the members of a queue, once each', () => {
    const org = open();
    insert(org, 'GroupMember', { GroupId: queue(org), UserOrGroupId: rep(org).id });
    const target = insertLead(org).id!;
    const recipients = [rep(org).id, queue(org), admin(org).id];
    expect(run(org, { recipients, body: 'Call', target })).toEqual({ why: null });
    expect(org.flows.outbox.messages).toEqual([
      {
        kind: 'notification',
        sentAt: '2026-11-21T12:00:00.000+0000',
        type: 'Hot',
        recipients: [rep(org).id, admin(org).id],
        title: 'A lead is hot',
        body: 'Call',
        target,
      },
    ]);
  });

  test.each([
    ['no recipients at all', { recipients: null }, 'Missing required input parameter: recipientIds'],
    ['a body that is too long', { body: 'x'.repeat(751) }, 'STRING_TOO_LONG: body: data value too large'],
    ['no target', { target: '' }, 'MISSING_ARGUMENT: Missing required input parameter: targetId'],
    ['a recipient that is no user', { recipients: ['00Q000000000001AAA'] }, 'not the ID of a user, a group or a queue'],
    ['too many recipients', { recipients: Array<string>(501).fill('005000000000001AAA') }, 'exceeds 500'],
  ])('%s goes the fault path', (_, inputs, message) => {
    const org = open();
    const given = { recipients: [rep(org).id], body: 'Call', target: insertLead(org).id!, ...inputs };
    expect((run(org, given) as { why: string }).why).toContain(message);
    expect(org.flows.outbox.messages).toEqual([]);
  });
});

describe('send email', () => {
  const email = (more: string) =>
    action(
      'emailSimple',
      more,
      inputParameter('emailAddresses', text('a@x.example, b@x.example')),
      inputParameter('emailSubject', text('Hello')),
      inputParameter('emailBody', reference('body')),
    );
  const open = (more: string, rest = '') =>
    orgOf({
      'flows/Under_Test.flow-meta.xml': flowFile(invoked() + variable('body', 'String', input) + email(more) + rest),
    });

  test('is kept in the outbox', () => {
    const org = open('');
    expect(run(org, { body: 'World' })).toEqual({});
    expect(org.flows.outbox.messages).toMatchObject([
      { kind: 'email', to: ['a@x.example', 'b@x.example'], cc: [], subject: 'Hello', body: 'World' },
    ]);
  });

  test('is not sent by an interview that fails after it', () => {
    const fails = `<recordCreates><name>Fails</name>${set('WhoId', text('00Q000000000999EAA'))}<object>Task</object></recordCreates>`;
    const org = open(to('Fails'), fails);
    expect(run(org, { body: 'World' })).toContain('INVALID_CROSS_REFERENCE_KEY');
    expect(org.flows.outbox.messages).toEqual([]);
  });
});

describe('send email alert', () => {
  const workflow = (more = '') =>
    `<?xml version="1.0"?><Workflow xmlns="http://soap.sforce.com/2006/04/metadata"><alerts><fullName>Hot_Lead</fullName><ccEmails>team@x.example</ccEmails><description>Hot</description><protected>false</protected><recipients><type>owner</type></recipients><recipients><recipient>admin@local-org.example</recipient><type>user</type></recipients><recipients><field>Email</field><type>email</type></recipients>${more}<senderType>CurrentUser</senderType><template>unfiled$public/Hot_Lead</template></alerts></Workflow>`;
  const flow = (name = 'Lead.Hot_Lead') =>
    invoked() +
    variable('lead', 'String', input) +
    action(
      'emailAlert',
      `<inputParameters><name>SObjectRowId</name><value>${reference('lead')}</value></inputParameters>`,
    ).replace('<actionName>emailAlert', `<actionName>${name}`);
  const open = (xml: string, text = workflow()) =>
    orgOf({ 'workflows/Lead.workflow-meta.xml': text, 'flows/Under_Test.flow-meta.xml': flowFile(xml) });

  test('is kept in the outbox, with whom it would reach', () => {
    const org = open(flow());
    const lead = insertLead(org, { Email: 'moss@x.example', OwnerId: rep(org).id }).id!;
    expect(run(org, { lead })).toEqual({});
    expect(org.flows.outbox.messages).toEqual([
      {
        kind: 'email',
        sentAt: '2026-11-21T12:00:00.000+0000',
        to: [rep(org).email, admin(org).email, 'moss@x.example'],
        cc: ['team@x.example'],
        alert: 'Lead.Hot_Lead',
        template: 'unfiled$public/Hot_Lead',
        relatedTo: lead,
      },
    ]);
  });

  test.each([
    ['an alert that is not there', flow('Lead.Cold_Lead'), workflow(), 'there is no email alert Lead.Cold_Lead'],
    [
      'a recipient of another type',
      flow(),
      workflow('<recipients><type>accountTeam</type></recipients>'),
      'email alert "Lead.Hot_Lead": recipients of the type accountTeam are not supported',
    ],
    [
      'a workflow rule',
      flow(),
      workflow().replace('</Workflow>', '<rules><fullName>R</fullName></rules></Workflow>'),
      '<rules>: workflow rules are not supported by the local org',
    ],
  ])('%s is refused at load', (_, xml, text, message) => {
    expect(() => open(xml, text)).toThrow(message);
  });
});

describe('over HTTP', () => {
  const flow =
    invoked() +
    variable('amount', 'Number', input) +
    variable('names', 'String', list + input) +
    variable('lead', 'SObject', `<objectType>Lead</objectType>${input}`) +
    variable('doubled', 'Number', output) +
    variable('day', 'Date', input + output) +
    formula('Doubled', 'Number', '{!amount} * 2') +
    assign('Act', 'Save', ['doubled', 'Assign', reference('Doubled')]) +
    `<recordCreates><name>Save</name><inputReference>lead</inputReference></recordCreates>`;
  const files = {
    'flows/Double.flow-meta.xml': flowFile(flow),
    'flows/Draft.flow-meta.xml': flowFile(flow, { status: 'Draft' }),
    'flows/Mail.flow-meta.xml': flowFile(
      invoked() +
        action(
          'emailSimple',
          inputParameter('emailAddresses', text('a@x.example')),
          inputParameter('emailSubject', text('Hello')),
          inputParameter('emailBody', text('World')),
        ),
    ),
  };
  const org = orgOf(files, () => NOW);
  const server = createServer(org);
  let client: ReturnType<typeof connect>;
  beforeAll(async () => {
    client = connect(await server.listen({ port: 0, host: '127.0.0.1' }));
    await client.authorize({ grant_type: 'client_credentials' });
  });
  afterAll(async () => {
    await server.close();
    org.close();
  });
  const post = (name: string, ...inputs: object[]) =>
    client.requestPost(`/services/data/v66.0/actions/custom/flow/${name}`, { inputs });

  test('active autolaunched flows are listed, and described with their inputs and outputs', async () => {
    expect(await client.requestGet('/services/data/v66.0/actions/custom/flow')).toEqual({
      actions: ['Double', 'Mail'].map((name) => ({
        name,
        label: 'Under Test',
        type: 'FLOW',
        url: `/services/data/v66.0/actions/custom/flow/${name}`,
      })),
    });
    expect(await client.requestGet('/services/data/v66.0/actions/custom/flow/Double')).toMatchObject({
      inputs: [
        { name: 'amount', type: 'NUMBER', maxOccurs: 1 },
        { name: 'names', type: 'STRING', maxOccurs: 2000 },
        { name: 'lead', type: 'SOBJECT', sobjectType: 'Lead' },
        { name: 'day', type: 'DATE' },
      ],
      outputs: [{ name: 'doubled' }, { name: 'day' }, { name: 'Flow__InterviewStatus' }],
    });
  });

  test('each input runs an interview, which answers its outputs', async () => {
    const lead = (LastName: string) => ({ attributes: { type: 'Lead' }, LastName, Company: 'Fern' });
    const results = await post(
      'Double',
      { amount: 2, day: '2026-11-21', lead: lead('Moss') },
      { amount: 3, lead: lead('Reed') },
    );
    expect(results).toMatchObject([
      {
        actionName: 'Double',
        errors: null,
        isSuccess: true,
        outputValues: { doubled: 4, day: '2026-11-21', Flow__InterviewStatus: 'Finished' },
      },
      { isSuccess: true, outputValues: { doubled: 6, day: null } },
    ]);
    expect(rows(org, 'SELECT LastName FROM Lead ORDER BY LastName')).toMatchObject([
      { LastName: 'Moss' },
      { LastName: 'Reed' },
    ]);
  });

  test.each([
    [
      'a refusal inside of the flow',
      { amount: 1, lead: { Company: 'Fern' } },
      'Required fields are missing: [LastName]',
    ],
    ['an input that the flow does not have', { size: 1 }, 'Double has no input size'],
    ['an output', { doubled: 1 }, 'Double has no input doubled'],
    ['an input of another type', { amount: 'two' }, 'the input amount takes a Number'],
    ['one value for a collection', { names: 'Moss' }, 'the input names takes a Text collection'],
    ['a field that the record does not have', { lead: { Colour: 'red' } }, "No such column 'Colour' on Lead"],
  ])('400 for %s', async (_, inputs, message) => {
    const call = fetch(`${client.instanceUrl}/services/data/v66.0/actions/custom/flow/Double`, {
      method: 'POST',
      headers: { authorization: `Bearer ${client.accessToken!}`, 'content-type': 'application/json' },
      body: JSON.stringify({ inputs: [inputs] }),
    });
    const response = await call;
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject([
      { isSuccess: false, errors: [{ message: expect.stringContaining(message) as unknown }], outputValues: null },
    ]);
  });

  test.each(['Draft', 'Gone'])('404 for a flow that cannot be run: %s', async (name) => {
    await expect(post(name, {})).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
  });

  test('a flow that runs in user context may do what its user may do', () => {
    const integration = org.user('integration@local-org.example')!;
    const program = org.flows.invocable.find(({ name }) => name === 'Double')!;
    const inputs = { amount: 1, lead: { LastName: 'Moss', Company: 'Fern' } };
    expect(org.flows.invoke(integration, program, inputs)).toMatchObject({
      success: false,
      message: expect.stringContaining('INSUFFICIENT_ACCESS_OR_READONLY') as unknown,
    });
  });

  test('the outbox is shown, and emptied, to whoever is logged in', async () => {
    await post('Mail', {});
    const outbox = `${client.instanceUrl}/local-org/outbox`;
    const headers = { authorization: `Bearer ${client.accessToken!}` };
    expect((await fetch(outbox)).status).toBe(401);
    expect(await (await fetch(outbox, { headers })).json()).toMatchObject([{ kind: 'email', subject: 'Hello' }]);
    expect((await fetch(outbox, { method: 'DELETE', headers })).status).toBe(204);
    expect(await (await fetch(outbox, { headers })).json()).toEqual([]);
  });
});

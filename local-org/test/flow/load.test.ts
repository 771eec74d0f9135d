import { describe, expect, test } from '@jest/globals';
import { LoadError } from '../../src/errors.ts';
import { parseXml } from '../../src/metadata/xml.ts';
import {
  assign,
  createTask,
  filter,
  flowFile,
  formula,
  insertLead,
  invoked,
  orgWith,
  reference,
  rows,
  set,
  start,
  text,
  variable,
} from './support.ts';

describe('loading refuses, naming flow and element', () => {
  test.each([
    [
      'an unknown element',
      start('') + createTask() + '<screens><name>Ask</name></screens>',
      'Flow Under_Test: element screens "Ask" is not supported by the local org',
    ],
    [
      'an unknown part of an element',
      start('') + '<recordCreates><name>Act</name><doesUpsert>true</doesUpsert><object>Task</object></recordCreates>',
      'element recordCreates "Act": <doesUpsert> is not supported by the local org',
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
      'a path of an unknown kind',
      start('<scheduledPaths><name>Later</name><pathType>Someday</pathType></scheduledPaths>') + createTask(),
      'element scheduledPaths "Later": <pathType> Someday is not supported',
    ],
    [
      'a scheduled path of a flow that runs at every update',
      start(
        '<scheduledPaths><name>Later</name><offsetNumber>1</offsetNumber><offsetUnit>Days</offsetUnit><timeSource>RecordTriggerEvent</timeSource></scheduledPaths>',
      ) + createTask(),
      'scheduled paths ask for "only when a record is updated to meet the condition requirements"',
    ],
    [
      'custom condition logic that names other conditions than there are',
      start(`<filterLogic>1 OR 2</filterLogic>${filter('City', 'EqualTo', 'Oslo')}`) + createTask(),
      'the condition logic "1 OR 2" cannot be read',
    ],
    [
      'a flow that runs by the calendar',
      start('', { when: 'Scheduled' }) + createTask(),
      'a flow of the kind AutoLaunchedFlow Scheduled is not supported by the local org',
    ],
    [
      'an entry condition formula that is no condition',
      start('<filterFormula>1 + 1</filterFormula>') + createTask(),
      'the entry condition formula is no Boolean',
    ],
    [
      'values of types that cannot be compared',
      start(filter('NumberOfEmployees', 'EqualTo', 'many')) + createTask(),
      '$Record.NumberOfEmployees is a Number, and cannot be compared with a Text',
    ],
    [
      'a field that does not take the value',
      start('') + createTask(set('ActivityDate', text('tomorrow'))),
      'Task.ActivityDate takes no Text',
    ],
    [
      'an operator that does not fit the variable',
      invoked() + variable('n', 'Number') + assign('Act', '', ['n', 'AddItem', text('a')]),
      'AddItem does not fit n and its value',
    ],
    [
      'an assignment to a formula',
      invoked() + formula('F', 'Number', '1') + assign('Act', '', ['F', 'Assign', '<numberValue>1</numberValue>']),
      '"F" is not a variable',
    ],
    [
      'an update of every record',
      invoked() + `<recordUpdates><name>Act</name>${set('City', text('Oslo'))}<object>Lead</object></recordUpdates>`,
      'an update without filters is not supported by the local org',
    ],
    [
      'an action that it does not have',
      invoked() +
        '<actionCalls><name>Act</name><actionName>submit</actionName><actionType>submit</actionType></actionCalls>',
      'the action submit submit is not supported by the local org',
    ],
    [
      'an input that an action does not have',
      invoked() +
        `<actionCalls><name>Act</name><actionName>emailSimple</actionName><actionType>emailSimple</actionType><inputParameters><name>emailTemplateId</name><value>${text('x')}</value></inputParameters></actionCalls>`,
      'the input emailTemplateId of emailSimple is not supported by the local org',
    ],
    [
      'an action without an input that it needs',
      invoked() +
        `<actionCalls><name>Act</name><actionName>emailSimple</actionName><actionType>emailSimple</actionType><inputParameters><name>emailSubject</name><value>${text('x')}</value></inputParameters></actionCalls>`,
      'the input emailBody of emailSimple is missing',
    ],
    [
      '$Record where nothing triggers',
      invoked() + createTask(set('Subject', reference('$Record.Id'))),
      'there is no $Record in a flow of this kind',
    ],
    [
      'a global that it does not have',
      invoked() + createTask(set('Subject', reference('$Label.Hello'))),
      '"$Label.Hello"',
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

  test.each(['Draft', 'Obsolete', 'InvalidDraft'])('but not of a flow that is not active: %s', (status) => {
    const screens = start('') + '<screens><name>Ask</name></screens>';
    expect(() => orgWith(screens, { status })).not.toThrow();
  });

  test('saying where in the file', () => {
    const load = () => orgWith(invoked() + '\n  <screens><name>Ask</name></screens>');
    expect(load).toThrow(expect.objectContaining({ line: 3, column: 3 }));
  });

  test('and an org that takes other flows keeps those that it had when one of them is refused', () => {
    const org = orgWith(start('') + createTask(set('Subject', text('Call'))));
    const flows = new Map([['Other', parseXml(flowFile(invoked('Gone')), 'Flow', 'Other')]]);
    expect(() => {
      org.flows.load(flows, org.schema);
    }).toThrow('a connector leads to "Gone"');
    insertLead(org);
    expect(rows(org, 'SELECT Subject FROM Task')).toHaveLength(1);
    org.flows.load(new Map(), org.schema);
    insertLead(org);
    expect(rows(org, 'SELECT Subject FROM Task')).toHaveLength(1);
  });
});

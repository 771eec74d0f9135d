import type { Source } from '../metadata/source.ts';
import type { Xml } from '../metadata/xml.ts';
import type { Schema, SObject } from '../schema/types.ts';
import { bodyFields, changeEventName } from './body-fields.ts';
import type { ChannelMember } from './channel-member.ts';
import type { ChannelMembers } from './event-channels.ts';
import { compileFilter } from './filter.ts';

/** The standard objects of the catalogue that have change events; custom objects all do. */
const standard = [
  ...['Account', 'Campaign', 'CampaignMember', 'Case', 'Contact', 'EmailMessage', 'Event', 'Lead', 'Opportunity'],
  ...['OpportunityContactRole', 'Task', 'User'],
];

/** Objects whose changes an org without the add-on can capture, over all channels, and enriched fields of a member. */
const mostObjects = 5;
const mostEnriched = 10;

const standardChannel = 'ChangeEvents';

/** The channels of the source, and the standard one. Throws a LoadError for what Salesforce would not deploy. */
export function loadChannels({ eventChannels, eventChannelMembers }: Source, schema: Schema): ChannelMembers {
  const channels = new Map<string, ChannelMember[]>([[`/data/${standardChannel}`, []]]);
  for (const [name, xml] of eventChannels) channels.set(channelPath(name, xml), []);
  const captured = new Set<string>();
  for (const xml of eventChannelMembers.values()) {
    const member = readMember(xml, schema);
    const name = xml.required('eventChannel');
    const members =
      channels.get(`/${member.object.isEvent ? 'event' : 'data'}/${name}`) ??
      xml.fail(`Unable to find the specified channel: ${name}`);
    if (members.some(({ source }) => source === member.source))
      xml.fail(`${name} has ${xml.required('selectedEntity')} already`);
    members.push(member);
    if (!member.object.isEvent) captured.add(member.object.name);
    if (captured.size > mostObjects)
      xml.fail(
        `an org captures the changes of ${mostObjects} objects without the add-on; ${member.object.name} is one more`,
      );
  }
  return channels;
}

function channelPath(name: string, xml: Xml): string {
  checkTags(xml, ['channelType', 'label']);
  xml.required('label');
  const type = xml.required('channelType');
  if (!/^[A-Za-z](?:_?[A-Za-z0-9])*__chn$/.test(name)) xml.fail(`Invalid channel name: ${name}`);
  if (type !== 'data' && type !== 'event') xml.fail(`<channelType> ${type} is not supported by the local org`);
  return `/${type}/${name}`;
}

function readMember(xml: Xml, schema: Schema): ChannelMember {
  checkTags(xml, ['enrichedFields', 'eventChannel', 'filterExpression', 'selectedEntity']);
  const event = xml.required('selectedEntity');
  const object = schema.objects.find((each) => eventName(each) === event);
  if (!object)
    xml.fail(`it references an invalid event in the "selectedEntity" field: ${event} is no event of the local org`);
  const expression = xml.text('filterExpression');
  const filter = expression === undefined ? undefined : filterOf(xml, object, expression);
  const enriched = new Set([...enrichedFields(xml, object), ...(object.isEvent ? [] : (filter?.fields ?? []))]);
  return { object, source: `/${object.isEvent ? 'event' : 'data'}/${event}`, filter, enriched: [...enriched] };
}

const eventName = ({ name, isEvent, custom }: SObject) =>
  isEvent ? name : custom || standard.includes(name) ? changeEventName(name) : undefined;

function filterOf(xml: Xml, object: SObject, expression: string) {
  try {
    return compileFilter(object, expression);
  } catch (error) {
    return xml.fail(`filter expression: ${(error as Error).message}`);
  }
}

function enrichedFields(xml: Xml, object: SObject): string[] {
  const names = xml.all('enrichedFields').map((field) => field.required('name'));
  if (names.length > 0 && object.isEvent) xml.fail('platform events cannot be enriched');
  if (names.length > mostEnriched) xml.fail(`a channel member has ${mostEnriched} enriched fields at most`);
  for (const name of names) {
    const found = bodyFields(object).find((field) => field.name === name);
    if (!found || found.field.length > 255) xml.fail(`The selected field, ${name}, isn't valid`);
  }
  return names;
}

function checkTags(xml: Xml, known: readonly string[]): void {
  const unknown = xml.tags.find((tag) => !known.includes(tag));
  if (unknown) xml.fail(`<${unknown}> is not supported; ${xml.tag} has ${known.join(', ')}`);
}

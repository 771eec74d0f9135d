import type { ChangeEvent } from '../../src/events/event.ts';
import { read } from '../../src/events/reader.ts';
import { openOrg } from '../../src/open.ts';
import type { OrgOptions } from '../../src/open.ts';
import { sourceFolder } from './source.ts';

const xml = (root: string, content: string) => `<${root}>${content}</${root}>`;

export const channelXml = (type = 'data', more = '') =>
  xml('PlatformEventChannel', `<channelType>${type}</channelType><label>A channel</label>${more}`);

export interface MemberOptions {
  readonly channel?: string;
  readonly filter?: string;
  readonly enriched?: readonly string[];
  readonly more?: string;
}

export const memberXml = (
  event: string,
  { channel = 'ChangeEvents', filter, enriched = [], more = '' }: MemberOptions = {},
) =>
  xml(
    'PlatformEventChannelMember',
    [
      ...enriched.map((name) => `<enrichedFields><name>${name}</name></enrichedFields>`),
      `<eventChannel>${channel}</eventChannel>`,
      filter === undefined ? '' : `<filterExpression>${filter.replaceAll('<', '&lt;')}</filterExpression>`,
      `<selectedEntity>${event}</selectedEntity>${more}`,
    ].join(''),
  );

export const memberFile = (name: string) => `platformEventChannelMembers/${name}.platformEventChannelMember-meta.xml`;
export const channelFile = (name: string) => `platformEventChannels/${name}.platformEventChannel-meta.xml`;

/** An org of this metadata, without a socket, and what can be read of its events. */
export function openEvents(files: Record<string, string>, options: Partial<OrgOptions> = {}) {
  const org = openOrg({ source: sourceFolder(files), clock: Date.now, ...options });
  const admin = org.user('admin@local-org.example')!;
  /** All that a channel shows from a position on. */
  const events = (channel: string, from: 'earliest' | number = 'earliest') =>
    read(org, admin, org.channels.find(channel)!, from)
      ?.next(1_000_000)
      .map(({ event }) => event as ChangeEvent);
  const create = (object: string, ...rows: Record<string, string | number | null>[]) =>
    org.insert(admin, object, rows).map(({ id, errors }) => id ?? JSON.stringify(errors));
  return { org, admin, events, create };
}

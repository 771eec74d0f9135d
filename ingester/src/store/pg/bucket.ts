import { crc32 } from 'node:zlib';
import type { Engagement } from '../../engagement/engagement.ts';
import { identityOf, type Identity } from '../../engagement/identity.ts';

/** Fixed for ever: a person's bucket must stay the same. */
const BUCKETS = 1024;

/**
 * The bucket of a person, from the first key that the payload has: the address where there is one. Never from a Salesforce
 * ID, which changes when records are merged; who has no other key, and who is nobody in particular, goes by `otherwise`.
 */
export function bucketOf({ strong, anonymous }: Identity, otherwise: string): number {
  const key = strong.find((each) => !each.startsWith('salesforce:')) ?? anonymous ?? otherwise;
  return crc32(key) % BUCKETS;
}

export const bucketOfEngagement = ({ person, source, id }: Engagement): number =>
  bucketOf(identityOf(person, source), `${source}\n${id}`);

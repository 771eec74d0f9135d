import { activecampaign } from './activecampaign.ts';
import type { Adapter } from './adapter.ts';
import { cloudevents } from './cloudevents.ts';
import { generic } from './generic.ts';
import { segment } from './segment.ts';

/** All adapters by name. A new source is one file and one line here. */
export const adapters: ReadonlyMap<string, Adapter> = new Map(
  [activecampaign, segment, cloudevents, generic].map((adapter) => [adapter.name, adapter]),
);

import type { Schema, SObject } from '../schema/types.ts';

/** The standard objects of the local org that UI API, and GraphQL with it, supports; custom objects all are. */
const standard = new Set([
  ...['Account', 'Campaign', 'CampaignMember', 'Case', 'Contact', 'EmailMessage', 'Event', 'Group'],
  ...['Lead', 'Opportunity', 'OpportunityContactRole', 'Task', 'User'],
]);

export const isSupported = ({ name, custom, isEvent }: SObject) => !isEvent && (custom || standard.has(name));

/** The part of a schema that UI API shows. */
export function supportedSchema(schema: Schema): Schema {
  const supported = (object: SObject | undefined) => (object && isSupported(object) ? object : undefined);
  return {
    objects: schema.objects.filter(isSupported),
    object: (name) => supported(schema.object(name)),
    ofId: (id) => supported(schema.ofId(id)),
  };
}

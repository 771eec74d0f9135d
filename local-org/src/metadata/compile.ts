import { readPermissionSet } from '../access/permission-set.ts';
import type { LeadMappings } from '../conversion/mapping.ts';
import { leadMappings } from '../conversion/settings.ts';
import type { ChannelMembers } from '../events/event-channels.ts';
import { loadChannels } from '../events/load-channels.ts';
import { loadFlows } from '../flow/load.ts';
import type { ObjectDefinition } from '../schema/definition.ts';
import { loadSchema } from '../schema/load.ts';
import type { Schema } from '../schema/types.ts';
import { loadValidationRules } from '../validation/load.ts';
import type { ValidationRules } from '../validation/load.ts';
import { readSource } from './source.ts';
import type { Source } from './source.ts';
import type { SourceFiles } from './source-files.ts';

/** What metadata makes of an org, checked as a whole. */
export interface Compiled {
  readonly source: Source;
  readonly schema: Schema;
  readonly channels: ChannelMembers;
  readonly mappings: LeadMappings;
  readonly rules: ValidationRules;
}

/** Compiles metadata; throws a LoadError where it is wrong, or where the local org cannot keep to it. */
export function compile(files: SourceFiles, keyPrefix: (definition: ObjectDefinition) => string): Compiled {
  const source = readSource(files);
  const schema = loadSchema(source, keyPrefix);
  loadFlows(source.flows, schema, source.workflows);
  const customPermissions = [...source.customPermissions.keys()];
  for (const [name, xml] of source.permissionSets) readPermissionSet(schema, name, xml, customPermissions);
  return {
    source,
    schema,
    channels: loadChannels(source, schema),
    mappings: leadMappings(schema, source.leadConvertSettings),
    rules: loadValidationRules(schema, source.validationRules),
  };
}

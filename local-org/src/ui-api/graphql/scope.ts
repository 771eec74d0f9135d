import { GraphQLEnumType, GraphQLError } from 'graphql';
import type { User } from '../../org.ts';
import type { SObject } from '../../schema/types.ts';
import type { Filter } from './filter.ts';

/** The scopes of an object's records: all, or those that the user owns. Of teams and territories the org has none. */
export const scopeType = (object: SObject): GraphQLEnumType =>
  new GraphQLEnumType({
    name: `${object.name.toUpperCase()}_SCOPE`,
    values: { EVERYTHING: {}, ...(object.field('OwnerId') ? { MINE: {} } : {}) },
  });

export function scopeFilter(scope: string | null | undefined, user: User): Filter {
  if (scope === 'MINE') return { OwnerId: { eq: user.id } };
  if (scope && scope !== 'EVERYTHING') throw new GraphQLError(`the scope ${scope} is not supported`);
  return {};
}

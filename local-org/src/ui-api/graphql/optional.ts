import { TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';

/** The document without the fields marked `@optional` that are not there for this user. */
export function withoutMissing(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
  const types = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ directives = [] }) =>
        types.getParentType() && !types.getFieldDef() && directives.some(({ name }) => name.value === 'optional')
          ? null
          : undefined,
    }),
  );
}

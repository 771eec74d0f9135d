import type { ChildRelationship, Field, Schema, SObject } from '../schema/types.ts';
import { fieldGrant, objectGrant } from './grants.ts';
import type { Grants } from './grants.ts';

/**
 * The schema as these grants show it: objects and fields that may not be read are not there, and what may not be
 * written is not createable or updateable. Whoever compiles a query or reads input against it enforces the grants.
 */
export function visibleSchema(schema: Schema, grants: Grants): Schema {
  if (grants.userPermissions.has('ModifyAllData')) return schema;
  const granted = new Map(schema.objects.map((object) => [object, objectGrant(grants, object)]));
  const isVisible = (name: string) => granted.get(schema.object(name)!)?.read === true;
  const fieldsOf = new Map(
    schema.objects.map((object) => [
      object.name,
      object.fields.flatMap((field) => visibleField(fieldGrant(grants, object, field), field, isVisible)),
    ]),
  );
  const childrenOf = (object: SObject) =>
    object.childRelationships.flatMap((child): ChildRelationship[] => {
      const field = fieldsOf.get(child.object)!.find(({ name }) => name === child.field.name);
      return field && isVisible(child.object) ? [{ ...child, field }] : [];
    });
  const objects = schema.objects
    .filter(({ name }) => isVisible(name))
    .map((object) => {
      const { create, edit, delete: remove } = granted.get(object)!;
      return withFields(
        {
          ...object,
          createable: object.createable && create,
          updateable: object.updateable && edit,
          deletable: object.deletable && remove,
        },
        fieldsOf.get(object.name)!,
        childrenOf(object),
      );
    });
  const byName = new Map(objects.map((object) => [object.name.toLowerCase(), object]));
  return {
    objects,
    object: (name) => byName.get(name.toLowerCase()),
    ofId: (id) => byName.get(schema.ofId(id)?.name.toLowerCase() ?? ''),
  };
}

/** A lookup whose parents cannot be seen is an ID without a relationship. */
function visibleField(
  { read, edit }: { read: boolean; edit: boolean },
  field: Field,
  isVisible: (object: string) => boolean,
): Field[] {
  if (!read) return [];
  const seen = field.referenceTo.filter(isVisible);
  return [
    {
      ...field,
      createable: field.createable && edit,
      updateable: field.updateable && edit,
      // A lookup to several objects stays one, whichever of them can be seen.
      referenceTo: field.referenceTo.length > 1 ? field.referenceTo : seen,
      relationshipName: seen.length > 0 ? field.relationshipName : null,
    },
  ];
}

function withFields(
  object: SObject,
  fields: readonly Field[],
  childRelationships: readonly ChildRelationship[],
): SObject {
  const byName = new Map(fields.map((field) => [field.name.toLowerCase(), field]));
  const byRelationship = new Map(fields.map((field) => [field.relationshipName?.toLowerCase(), field]));
  return {
    ...object,
    fields,
    stored: fields.filter(({ derived }) => derived === null),
    nameField: fields.find(({ nameField }) => nameField),
    childRelationships,
    field: (name) => byName.get(name.toLowerCase()),
    parent: (name) => byRelationship.get(name.toLowerCase()),
    children: (name) => childRelationships.find((child) => child.name?.toLowerCase() === name.toLowerCase()),
  };
}

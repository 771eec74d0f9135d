import { ApiError } from '../errors.ts';
import type { Field, SObject } from '../schema/types.ts';
import { withETag } from './etag.ts';
import { masterRecordType } from './record-type.ts';

export type LayoutType = 'Full' | 'Compact';
export type Mode = 'Create' | 'Edit' | 'View';

const hidden = ['IsDeleted', 'SystemModstamp', 'MasterRecordId'];

/**
 * The fields that a layout shows. Layouts of the source are not read: the full layout has all fields, the compact one
 * the name.
 */
export function layoutFields(object: SObject, type: LayoutType, mode: Mode): Field[] {
  if (type === 'Compact') return object.nameField ? [object.nameField] : [];
  const writable = { Create: 'createable', Edit: 'updateable', View: undefined }[mode] as
    'createable' | 'updateable' | undefined;
  return object.fields.filter(
    (field) =>
      field.type !== 'id' &&
      field.type !== 'address' &&
      !hidden.includes(field.name) &&
      (writable === undefined || field[writable]),
  );
}

export function layout(object: SObject, type: LayoutType, mode: Mode): object {
  const fields = layoutFields(object, type, mode);
  const layoutRows = Array.from({ length: Math.ceil(fields.length / 2) }, (_, i) => ({
    layoutItems: fields.slice(2 * i, 2 * i + 2).map(item),
  }));
  const sections =
    fields.length === 0
      ? []
      : [
          {
            collapsible: false,
            columns: 2,
            heading: `${object.label} Information`,
            id: null,
            layoutRows,
            rows: layoutRows.length,
            useHeading: true,
          },
        ];
  return withETag({
    id: null,
    layoutType: type,
    mode,
    objectApiName: object.name,
    recordTypeId: masterRecordType,
    saveOptions: [],
    sections,
  });
}

const item = (field: Field) => ({
  editableForNew: field.createable,
  editableForUpdate: field.updateable,
  label: field.label,
  layoutComponents: [{ apiName: field.name, componentType: 'Field', label: field.label }],
  lookupIdApiName: field.type === 'reference' ? field.name : null,
  required: !field.nillable && field.createable && field.type !== 'boolean',
  sortable: false,
});

/** `Full,Compact` of a query parameter. */
export function layoutTypesOf(text: string): LayoutType[] {
  return text.split(',').map((name) => {
    if (name === 'Full' || name === 'Compact') return name;
    throw new ApiError(400, 'INVALID_PARAMETER_VALUE', `layoutTypes: ${name} is neither Full nor Compact`);
  });
}

export function modesOf(text: string): Mode[] {
  return text.split(',').map((name) => {
    if (name === 'Create' || name === 'Edit' || name === 'View') return name;
    throw new ApiError(400, 'INVALID_PARAMETER_VALUE', `modes: ${name} is neither Create, Edit nor View`);
  });
}
